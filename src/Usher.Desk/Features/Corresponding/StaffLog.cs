using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Corresponding;

/// <summary>Where staff reads of tickets that it is not in, and works on them.</summary>
internal static class StaffLog
{
    // Enough to see what it is about; the rest is in the transcript.
    private const int LongestQuote = 1000;

    /// <summary>An entry on such a ticket, with what can be done; null when there is no place for it.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="text">The text that says what happened.</param>
    /// <param name="more">What it says besides: why, or what was said; null for nothing.</param>
    /// <param name="context">Now.</param>
    internal static PostCard? Entry(Ticket ticket, string text, string? more, Context context)
    {
        if (context.Settings.LogChannel is not { } log) return null;
        var language = context.Public;
        var department = context.Settings.Department(ticket.Department);
        // Whoever has it hears of it; while nobody has, everybody who is called for a new one.
        var called = ticket.Claim is null ? department?.Called ?? [] : [];
        ValueList<UserId> claimer = ticket.Claim is { } claim ? [claim.By] : [];
        var words = language.Say(text, ("opener", ticket.Opener.Mention), ("ticket", ticket.Label), ("more", Quoted(text, more)));
        var mentions = string.Join(' ', called.Select(role => role.Mention).Concat(claimer.Select(user => user.Mention)));
        List<CardPart> parts = [new Words($"### {department?.Name ?? ticket.Department} {ticket.Label}"), new Words(words)];
        if (ticket.SaidSubject is { } subject) parts.Insert(1, new Words($"**{subject.CutTo(LongestQuote)}**"));
        if (mentions.Length > 0) parts.Add(new Words(mentions));
        parts.Add(new Buttons(Actions(ticket, language, context)));
        return new PostCard(log, new Card(parts.ToValueList()), new Mentions(claimer, called), PostPurpose.Log);
    }

    private static string Quoted(string text, string? more) => (text, more) switch
    {
        (_, null or "") => "",
        ("direct.log.answered", _) => "> " + more.CutTo(LongestQuote).ReplaceLineEndings("\n> "),
        _ => more,
    };

    private static ValueList<Button> Actions(Ticket ticket, Language language, Context context)
    {
        List<Button> row =
        [
            new(language.Say("button.reply"), new Press("reply", ticket.Number), ButtonLook.Primary, "💬"),
            new(language.Say("button.claim"), new Press("claim", ticket.Number), ButtonLook.Secondary, "🙋"),
            new(language.Say("button.note"), new Press("note", ticket.Number), ButtonLook.Secondary, "📝"),
            new(language.Say("button.close"), new Press("close", ticket.Number), ButtonLook.Danger, "🔒"),
        ];
        // No link, since that may be taken back; without a public address there is nothing that a browser could open.
        if (context.PublicAddress.Length > 0) row.Add(new Button(language.Say("button.transcript"), new Press("transcript", ticket.Number), ButtonLook.Secondary, "📜"));
        return row.ToValueList();
    }
}
