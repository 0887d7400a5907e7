using System.Text.Json.Serialization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Replying;

/// <summary>Somebody wrote in the ticket's home. Only a change of whose turn it is, or a mention that is waited for, is a fact; the words are in the archive.</summary>
/// <param name="Mentioned">The people whom the words mention.</param>
/// <param name="Said">The words themselves, for whoever waits for them; null when there are none.</param>
public sealed record HearMessage(ValueList<Named> Mentioned = default, Said? Said = null) : Command
{
    internal static Decision Decide(HearMessage command, Ticket ticket, Context context)
    {
        if (context.Actor.IsBot || !ticket.IsOpen) return Decision.Nothing;
        // Words that name somebody who is waited for are no answer to the opener.
        if (command.Mentioned.Count > 0 && ticket.Awaited?.IsOf(context.Actor.User, context.Now) == true) return Decision.Nothing;
        if (command.Said is not null && ticket.AwaitsNoteOf(context.Actor.User, context.Now)) return Decision.Nothing;
        if (context.Actor.User == ticket.Opener) return ticket.WaitsForStaff ? Decision.Nothing : Decision.That(new OpenerReplied(context.Now));
        if (!Access.IsStaff(context.Actor, context.Settings, ticket) || !ticket.WaitsForStaff) return Decision.Nothing;
        return Decision.That(new StaffReplied(context.Now));
    }
}

/// <summary>What was written, and where it stands.</summary>
public sealed record Said(ChannelId Channel, MessageId Message, string Text);

/// <summary>Staff wants to answer from where it reads: the form for the words opens.</summary>
public sealed record AskForReply : Command
{
    internal static Decision Decide(AskForReply command, Ticket ticket, Context context) =>
        ticket.IsOpen
            ? Decision.Say(new ShowForm(new Form(
                new Press("reply", ticket.Number),
                context.Private.Say("reply.form", ("ticket", ticket.Label)),
                [new FormField("text", context.Private.Say("reply.form.text"), FieldKind.Paragraph) { Required = true, Most = Reply.Longest }])))
            : Decision.Refuse("ticket.closed", context.Private.Say("refusal.closed"));
}

/// <summary>Staff answers by command: the desk posts it under the name of whoever wrote it.</summary>
public sealed record Reply(string Text) : Command
{
    // A message has 4000 characters; the names before the words take the rest.
    internal const int Longest = 3800;

    internal static Decision Decide(Reply command, Ticket ticket, Context context)
    {
        if (!ticket.IsOpen) return Decision.Refuse("ticket.closed", context.Private.Say("refusal.closed"));
        if (ticket.Status == TicketStatus.Opening) return Decision.Refuse("ticket.opening", context.Private.Say("refusal.opening"));
        if (command.Text.Length > Longest) return Decision.Refuse("reply.too_long", context.Private.Say("reply.too_long", ("most", "3800")));
        if (ticket.Home is not { Channel: not null, Gone: false } && !ticket.IsHomeless) return Decision.Refuse("ticket.no_home", context.Private.Say("refusal.no_home"));
        var said = context.Public.Say("reply.said", ("opener", ticket.Opener.Mention), ("who", context.Actor.Signature), ("text", command.Text));
        var decision = ticket.WaitsForStaff ? Decision.That(new StaffReplied(context.Now)) : Decision.Nothing;
        if (ticket.Home.Channel is not { } home)
            return decision.Changing(new CardKept(Card.Saying(said), null, null, context.Now)).Telling(context.Private.Say("reply.kept", ("opener", ticket.Opener.Mention)));
        decision = decision.Then(new PostCard(home, Card.Saying(said), new Mentions([ticket.Opener], []), PostPurpose.Line));
        // Typed in the ticket itself, the command would stand beside the reply and say it twice.
        return context.Typed is { } typed && typed.Channel == home
            ? decision.Then(new DeleteMessage(typed.Channel, typed.Message))
            : decision.Telling(context.Private.Say("reply.done"));
    }
}

/// <summary>Somebody answers in a ticket from elsewhere: staff to the opener; the opener to staff, also one who is staff elsewhere or here.</summary>
public sealed record AnswerTicket(string Text) : Command
{
    // Whoever guesses numbers learns nothing of tickets that are not theirs.
    internal static Decision Decide(AnswerTicket command, Ticket ticket, Context context)
    {
        if (context.Actor.User == ticket.Opener) return Decision.Giving(new ReplyAsOpener(command.Text)).Telling(context.Private.Say("reply.done"));
        return Access.IsStaff(context.Actor, context.Settings, ticket) ? Decision.Giving(new Reply(command.Text)) : Decision.Refuse("ticket.none", context.Private.Say("refusal.no_ticket"));
    }
}

/// <summary>The opener writes from outside Discord: the desk posts it under their name, and it is their turn no more.</summary>
public sealed record ReplyAsOpener(string Text) : Command
{
    internal static Decision Decide(ReplyAsOpener command, Ticket ticket, Context context)
    {
        if (!OpenHome.OrDirect(ticket, context, out var home, out var refused)) return refused;
        if (command.Text.Length > Reply.Longest) return Decision.Refuse("reply.too_long", context.Private.Say("reply.too_long", ("most", "3800")));
        var said = context.Public.Say("reply.said.opener", ("who", context.Actor.User.Mention), ("text", command.Text));
        var decision = ticket.WaitsForStaff ? Decision.Nothing : Decision.That(new OpenerReplied(context.Now));
        return home is { } channel
            ? decision.Then(new PostCard(channel, Card.Saying(said), Mentions.None, PostPurpose.Line))
            : decision.Changing(new CardKept(Card.Saying(said), null, null, context.Now));
    }
}

/// <summary>The opener wrote: staff owes an answer.</summary>
public sealed record OpenerReplied(DateTimeOffset At) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { WaitsForStaff = true, WaitingSince = At };
}

/// <summary>Staff answered: it is the opener's turn.</summary>
public sealed record StaffReplied(DateTimeOffset At) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with
    {
        WaitsForStaff = false,
        WaitingSince = At,
        FirstResponseAt = ticket.FirstResponseAt ?? At,
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OpenerReplied))]
[JsonSerializable(typeof(StaffReplied))]
internal sealed partial class ReplyingJson : JsonSerializerContext;

internal static class ReplyingFeature
{
    internal static Feature Feature { get; } = new("Replying")
    {
        Commands =
        [
            CommandRule.OnTicket<HearMessage>(Permission.Anyone, HearMessage.Decide),
            CommandRule.OnTicket<AskForReply>(Permission.Staff, AskForReply.Decide),
            CommandRule.OnTicket<Reply>(Permission.Staff, Reply.Decide) with { Audit = static _ => new Deed("replied") },
            CommandRule.OnTicket<AnswerTicket>(Permission.Anyone, AnswerTicket.Decide) with { Audit = static _ => new Deed("replied") },
            CommandRule.OnTicket<ReplyAsOpener>(Permission.Opener, ReplyAsOpener.Decide),
        ],
        Facts =
        [
            new FactKind("opener_replied", ReplyingJson.Default.OpenerReplied) { IsAudited = false },
            new FactKind("staff_replied", ReplyingJson.Default.StaffReplied) { IsAudited = false },
        ],
        Triggers =
        [
            new Trigger(Door.Button, "reply", _ => new AskForReply()),
            new Trigger(Door.Form, "reply", input => input["text"] is { } text ? new Reply(text) : null),
            new Trigger(Door.Slash, "reply", input => input["text"] is { } text ? new Reply(text) : null)
            {
                Options = [new TriggerOption("text", OptionKind.Words, Required: true)],
            },
            new Trigger(Door.Typed, "reply", input => input.Rest.Length > 0 ? new Reply(input.Rest) : null),
            new Trigger(Door.Slash, "ticket reply", input => input["text"] is { } text ? new AnswerTicket(text) : null)
            {
                Options = [new TriggerOption("ticket", OptionKind.Words, Required: true), new TriggerOption("text", OptionKind.Words, Required: true)],
                NamesTicket = true,
            },
            new Trigger(Door.Typed, "ticket_reply", input => input.Rest.Length > 0 ? new AnswerTicket(input.Rest) : null) { NamesTicket = true },
        ],
    };
}
