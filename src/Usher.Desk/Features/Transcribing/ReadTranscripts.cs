using System.Globalization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;

namespace Usher.Desk.Features.Transcribing;

/// <summary>Somebody wants to see the transcripts of their own tickets.</summary>
/// <param name="After">Behind which ticket the list goes on; null for the newest.</param>
public sealed record ReadTranscripts(ListPlace? After) : Command
{
    internal const int OnPage = 10;
    private const int LongestSubject = 60;

    internal static Decision Decide(ReadTranscripts command, Context context)
    {
        var language = context.Private;
        if (context.Listed.Count == 0) return Decision.Say(new Tell(Card.Saying(language.Say("transcripts.none")), Secret: true));
        var page = context.Listed.Take(OnPage).ToList();
        var parts = new List<CardPart> { new Words(language.Say("transcripts.title")), new Line(), new Words(string.Join('\n', page.Select(ticket => LineOf(ticket, context)))) };
        if (context.Listed.Count > OnPage) parts.Add(new Buttons([new Button(language.Say("button.older"), Older(page[^1], context), Emoji: "⬇️")]));
        return Decision.Say(new Tell(new Card([.. parts]), Secret: true));
    }

    // One more than is shown tells whether there are more.
    internal static TicketList Wanted(Command command, Context context) => new(null, context.Actor.User, null, OnPage + 1, ((ReadTranscripts)command).After);

    // What was typed is answered by direct message, which stands in no guild: so the button names it.
    private static Press Older(Ticket last, Context context) =>
        new("transcripts", null, string.Create(CultureInfo.InvariantCulture, $"{last.Number}-{last.OpenedAt.ToUnixTimeMilliseconds()}"), context.Settings.Guild);

    /// <summary>The place that such a button carries; null when it carries none.</summary>
    internal static ListPlace? PlaceIn(string? argument) =>
        argument?.Split('-') is [var number, var at]
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var moment) && moment <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? new ListPlace(last, DateTimeOffset.FromUnixTimeMilliseconds(moment))
            : null;

    private static string LineOf(Ticket ticket, Context context)
    {
        var department = context.Settings.Department(ticket.Department)?.Name ?? ticket.Department;
        var subject = ticket.SaidSubject is { } words ? $" {words.ReplaceLineEndings(" ").CutTo(LongestSubject)}" : "";
        return $"**{ticket.Label}**{subject} · {department} · {LinkOf(ticket, context)}";
    }

    private static string LinkOf(Ticket ticket, Context context)
    {
        var language = context.Private;
        // Without a public address there is nothing that a browser could open.
        if (context.PublicAddress.Length == 0) return language.Say("transcripts.no_address");
        if (TranscriptLinks.AddressOf(ticket, context.Settings, context.PublicAddress, context.Now) is not { } address)
            return language.Say("transcripts.ended", ("ticket", TicketIds.Of(ticket)));
        var link = $"[{language.Say("button.transcript")}]({address})";
        return TranscriptLinks.EndOf(ticket, context.Settings) is { } end ? language.Say("transcripts.until", ("link", link), ("when", Moment.Relative(end))) : link;
    }
}
