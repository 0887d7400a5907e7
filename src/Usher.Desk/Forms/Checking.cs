using System.Globalization;
using System.Text.RegularExpressions;
using Usher.Desk.Settings;
using Usher.Desk.Texts;

namespace Usher.Desk.Forms;

/// <summary>Says what is wrong with an answer.</summary>
internal static partial class Checking
{
    // What a modal takes: https://discord.com/developers/docs/components/reference#text-input
    private const int LongestText = 4000;

    /// <summary>Why an answer cannot be taken, for whoever gave it; null when it can.</summary>
    internal static string? Fault(Question question, string value, Language language)
    {
        // Whether something must be chosen shows when it is known what there is to choose from.
        if (value.Length == 0 && question.OptionsFrom is not null) return null;
        if (value.Length == 0) return question.Required ? language.Say("form.fault.required", ("question", question.Text)) : null;
        if (question.Kind is not (QuestionKind.Line or QuestionKind.Paragraph)) return ChoiceFault(question, value, language);
        if (question.Least is { } least && value.Length < least) return Say(language, "form.fault.short", question, ("least", least.ToString(CultureInfo.InvariantCulture)));
        var longest = question.Most ?? LongestText;
        if (value.Length > longest) return Say(language, "form.fault.long", question, ("most", longest.ToString(CultureInfo.InvariantCulture)));
        if (question.Pattern is { } pattern && !Matches(pattern, value)) return question.PatternSays ?? Say(language, "form.fault.pattern", question);
        return question.Format switch
        {
            AnswerFormat.Number when !decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out _) => Say(language, "form.fault.number", question),
            AnswerFormat.Url when !(Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") => Say(language, "form.fault.url", question),
            AnswerFormat.Invite when InviteCode(value) is null => Say(language, "form.fault.invite", question),
            _ => null,
        };
    }

    /// <summary>The code of an invitation in any of the forms in which people know it; null when it is none.</summary>
    /// <remarks>https://discord.com/developers/docs/resources/invite</remarks>
    internal static string? InviteCode(string text)
    {
        var match = Invite().Match(text.Trim());
        return match.Success ? match.Groups["code"].Value : null;
    }

    private static string? ChoiceFault(Question question, string value, Language language)
    {
        var values = value.Split('\n');
        var chosen = values.Length;
        if (question.Kind is QuestionKind.Members or QuestionKind.Roles or QuestionKind.Channels && !values.All(IsId)) return Say(language, "form.fault.pattern", question);
        if (question.Least is { } least && chosen < least) return Say(language, "form.fault.few", question, ("least", least.ToString(CultureInfo.InvariantCulture)));
        if (question.Most is { } most && chosen > most) return Say(language, "form.fault.many", question, ("most", most.ToString(CultureInfo.InvariantCulture)));
        return null;
    }

    private static bool IsId(string value) => ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0;

    // Without backtracking no pattern can take long, whatever is typed.
    private static bool Matches(string pattern, string value)
    {
        var whole = Regex.Match(value, $"^(?:{pattern})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        return whole.Success;
    }

    private static string Say(Language language, string text, Question question, params (string, string)[] values) =>
        language.Say(text, [("question", question.Text), .. values]);

    [GeneratedRegex(@"^(?:https?://)?(?:(?:www\.|ptb\.|canary\.)?discord(?:app)?\.com/invite/|discord\.gg/(?:invite/)?)?(?<code>[A-Za-z0-9-]{2,100})/?(?:\?.*)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Invite();
}
