using System.Globalization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Reopening;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Transcribing;

/// <summary>A ticket that ended is told where staff reads and to its opener, with its transcript. Closing never waits for it.</summary>
internal static class TranscribingFeature
{
    internal static Feature Feature { get; } = new("Transcribing")
    {
        Commands =
        [
            CommandRule.OnTicket<GiveTranscript>(Permission.Anyone, GiveTranscript.Decide),
            CommandRule.OnTicket<RevokeTranscript>(Permission.Staff, RevokeTranscript.Decide),
            CommandRule.OnDesk<ReadTranscripts>(Permission.Anyone, ReadTranscripts.Decide) with { Lists = ReadTranscripts.Wanted },
        ],
        Facts = [new FactKind("transcript_link_made", TranscribingJson.Default.TranscriptLinkMade), new FactKind("transcript_link_revoked", TranscribingJson.Default.TranscriptLinkRevoked)],
        Triggers =
        [
            new Trigger(Door.Button, "transcript", _ => new GiveTranscript()),
            new Trigger(Door.Slash, "transcript", _ => new GiveTranscript())
            {
                Options = [new TriggerOption("ticket", OptionKind.Words, Required: false)],
                MayNameTicket = true,
                WithoutTicket = static _ => new ReadTranscripts(null),
            },
            // Words that name no ticket are a mistake, not the wish for a list.
            new Trigger(Door.Typed, "transcript", _ => new GiveTranscript()) { MayNameTicket = true, WithoutTicket = static input => input.Rest.Length == 0 ? new ReadTranscripts(null) : null },
            new Trigger(Door.Button, "transcripts", input => new ReadTranscripts(ReadTranscripts.PlaceIn(input.Argument))),
            new Trigger(Door.Slash, "transcripts", _ => new ReadTranscripts(null)),
            new Trigger(Door.Typed, "transcripts", _ => new ReadTranscripts(null)),
            new Trigger(Door.Button, "revoke", _ => new RevokeTranscript()),
            new Trigger(Door.Slash, "revoke", _ => new RevokeTranscript()) { Options = [new TriggerOption("ticket", OptionKind.Words, Required: false)], MayNameTicket = true },
            new Trigger(Door.Typed, "revoke", _ => new RevokeTranscript()) { MayNameTicket = true },
        ],
        Menu =
        [
            new MenuItem("transcript", Permission.OpenerOrStaff, "📜") { Offered = static (_, _) => true },
            new MenuItem("revoke", Permission.Staff, "🔗") { Offered = static (_, _) => true },
        ],
        Reactions = [Reaction.On<TicketClosed>(Hand)],
        Listeners = [Listener.To<ReopenTicket>(TranscriptLinkRules.Renew)],
        Outcomes = [OutcomeRule.Of<SendDirectMessage>(Sent)],
    };

    private static Decision Hand(TicketClosed closed, Ticket ticket, Context context)
    {
        var decision = Decision.Nothing;
        if (context.Settings.LogChannel is { } log)
            decision = decision.Then(new PostCard(log, LogEntry(ticket, context), Mentions.None, PostPurpose.Log, WithTranscript: true));
        if (!ticket.OpenerLeft && !closed.Quietly)
            decision = decision.Then(new SendDirectMessage(ticket.Opener, Farewell(ticket, context), WithTranscript: true));
        return decision;
    }

    private static Card LogEntry(Ticket ticket, Context context)
    {
        var language = context.Public;
        var closing = ticket.Closing!;
        var lines = new List<string>
        {
            language.Say("log.opened", ("opener", ticket.Opener.Mention), ("when", Moment.Full(ticket.OpenedAt))),
            language.Say($"card.closed.{closing.Kind}", ("by", closing.By.Mention), ("when", Moment.Full(closing.At))),
        };
        if (ticket.Claim is { } claim) lines.Add(language.Say("log.claimed", ("staff", claim.By.Mention)));
        if (closing.Reason is { } reason) lines.Add(language.Say("card.reason", ("reason", reason)));
        if (ticket.Notes.Count > 0) lines.Add(language.Say("log.notes", ("count", ticket.Notes.Count.ToString(CultureInfo.InvariantCulture))));
        return WithLinks([new Words(Heading(ticket, context.Settings)), new Words(string.Join('\n', lines))], ticket, context, language, inGuild: true);
    }

    private static Card Farewell(Ticket ticket, Context context)
    {
        var language = ticket.OpenerLanguage ?? context.Public;
        var text = language.Say($"farewell.{ticket.Closing!.Kind}", ("ticket", ticket.Label));
        if (ticket.Closing.Reason is { } reason) text += "\n" + language.Say("card.reason", ("reason", reason));
        return WithLinks([new Words(Heading(ticket, context.Settings)), new Words(text)], ticket, context, language, inGuild: false);
    }

    private static Card WithLinks(ValueList<CardPart> parts, Ticket ticket, Context context, Language language, bool inGuild)
    {
        var row = new List<Button>();
        // Without a public address there is nothing that a browser could open, and Discord refuses the whole message.
        if (context.PublicAddress.Length > 0) row.Add(new Button(language.Say("button.transcript"), null, Link: context.TranscriptAddress(ticket)));
        if (ticket.IsHomeless || ticket is { Home: { Kind: HomeKind.Thread, Gone: false, Channel: not null }, Closing.Kind: not ClosingKind.Deleted })
            row.Add(new Button(language.Say("button.reopen"), new Press("reopen", ticket.Number, Guild: inGuild ? null : ticket.Guild), Emoji: "🔓"));
        return new Card(row.Count > 0 ? parts.Add(new Buttons(row.ToValueList())) : parts);
    }

    private static string Heading(Ticket ticket, DeskSettings settings) =>
        $"### {settings.Department(ticket.Department)?.Name ?? ticket.Department} {ticket.Label}";

    // Closed DMs are a fact of life, not a failure: staff reads that the opener was not reached.
    private static Decision Sent(SendDirectMessage effect, Outcome outcome, Ticket? ticket, Context context)
    {
        if (outcome is not CannotBeDone cannot || !effect.WithTranscript || ticket is null || effect.To != ticket.Opener || context.Settings.LogChannel is not { } log) return Decision.Nothing;
        var text = context.Public.Say("farewell.unreached", ("opener", ticket.Opener.Mention), ("ticket", ticket.Label), ("why", FailureWords.Why(cannot, context.Public)));
        return Decision.Nothing.Then(new PostCard(log, Card.Saying(text), Mentions.None, PostPurpose.Log));
    }
}
