using Usher.Desk.Settings;
using Usher.Desk.Values;

namespace Usher.Engine.Settings;

/// <summary>Reads what can be asked for and is decided by others.</summary>
internal static class ApprovalReader
{
    private const int LongestName = 80;
    private const int LongestEmoji = 64;

    // The label of a field: https://discord.com/developers/docs/components/reference#label
    private const int LongestQuestion = 45;
    private const int MostDeciders = 20;

    internal static ValueList<Approval> ReadAll(Section section, GuildId guild, Reading reading)
    {
        if (section.Inner("approvals", "Write each approval under its key, such as refund:.") is not { } inner) return [];
        var approvals = new List<Approval>();
        foreach (var entry in inner.Entries)
        {
            Keys.Check(entry, inner, reading);
            if (inner.Inner(entry.Key, "Give it at least name:, channel: and roles:.") is { } one) approvals.Add(Read(entry.Key, one, guild));
        }
        return approvals.ToValueList();
    }

    private static Approval Read(string key, Section section, GuildId guild)
    {
        section.Require("name", "Write name:, what people call it.");
        section.Require("channel", "Write channel: \"id\", the text channel where it is decided.");
        var approval = new Approval { Key = key, Name = Names.Read(section, "name", LongestName) ?? key, Channel = section.Id<ChannelId>("channel", "a text channel") ?? default };
        approval = approval with
        {
            Emoji = Emojis.Read(section, LongestEmoji),
            Roles = RoleList.Read(section, "roles", guild, "Name the roles of those who decide; everybody would decide."),
            Mention = section.Piece("mention") is null ? null : RoleList.Read(section, "mention", guild),
            Needed = section.Number("needed", 1, MostDeciders) ?? approval.Needed,
            Denials = section.Number("denials", 1, MostDeciders) ?? approval.Denials,
            AskedBy = section.Parsed<ApprovalAsker>("asked_by", TryAsker, "may not ask.", "Write staff or opener.") ?? approval.AskedBy,
            Own = section.YesNo("own") ?? approval.Own,
            Button = section.YesNo("button") ?? approval.Button,
            Form = Form(section),
        };
        section.Finish();
        return approval;
    }

    private static FormSettings? Form(Section section)
    {
        if (FormReader.Read(section, []) is not { } form) return null;
        var place = section.Inner("form", "");
        if (place is not null && place.Has("place")) place.Fault("place", "An approval's questions come when it is asked for.", "Remove place.");
        if (form.Questions.Count > Approval.MostQuestions)
            section.Fault("form", $"There are {form.Questions.Count} questions; they come in one modal, which has room for {Approval.MostQuestions}.", "Ask fewer.");
        foreach (var question in form.Questions)
        {
            var wrong = question switch
            {
                { When.Count: > 0 } => "asked only sometimes; a modal cannot change while it is filled in",
                { Lookup: not null } or { OptionsFrom: not null } => "looked up; an approval looks nothing up",
                { Kind: QuestionKind.Buttons } => "asked by buttons; a modal has none",
                { Text.Length: > LongestQuestion } => $"longer than {LongestQuestion} characters",
                _ => null,
            };
            if (wrong is not null) section.Fault("form", $"The question {question.Key} is {wrong}.", "Ask it plainly: as: line, paragraph, select, members, roles, channels, radio, checkboxes, checkbox or files.");
        }
        return form;
    }

    private static bool TryAsker(string text, out ApprovalAsker asker)
    {
        asker = text == "opener" ? ApprovalAsker.Opener : ApprovalAsker.Staff;
        return text is "staff" or "opener";
    }
}
