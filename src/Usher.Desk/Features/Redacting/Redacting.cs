using System.Globalization;
using System.Text.Json.Serialization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Redacting;

/// <summary>Staff is about to take a message's words away: the form for the reason opens.</summary>
/// <param name="Message">Which.</param>
public sealed record AskForRedaction(MessageId Message) : Command
{
    internal static Decision Decide(AskForRedaction command, Ticket ticket, Context context) => Redaction.WhyNot(command.Message, ticket, context) ?? Decision.Say(new ShowForm(new Form(
        new Press("redact", ticket.Number, command.Message.ToString()),
        context.Private.Say("redact.form"),
        [new FormField("reason", context.Private.Say("redact.form.reason"), FieldKind.Paragraph) { Most = RedactMessage.LongestReason }])));
}

/// <summary>Staff takes away what a message says: words, earlier versions, files. That it was written, by whom and when, stays.</summary>
/// <param name="Message">Which.</param>
/// <param name="Reason">Why, for staff; null when not said.</param>
public sealed record RedactMessage(MessageId Message, string? Reason) : Command
{
    internal const int LongestReason = 300;

    internal static Decision Decide(RedactMessage command, Ticket ticket, Context context)
    {
        var language = context.Private;
        if (Redaction.WhyNot(command.Message, ticket, context) is { } refusal) return refusal;
        if (command.Reason?.Length > LongestReason) return Decision.Refuse("redact.too_long", language.Say("redact.too_long", ("most", LongestReason.ToString(CultureInfo.InvariantCulture))));
        var decision = Decision.That(new MessageRedacted(context.Now, command.Message, context.Actor.User, context.Actor.Name, command.Reason))
            .Changing(new MessageEmptied(ticket.Number, command.Message, context.Actor.Name, context.Now));
        // Where it stands on Discord it goes too, but in direct messages nobody can take away what another wrote.
        if (context.Message is { Channel: var channel, IsDeleted: false } kept && ticket.Homes.Contains(channel) && !(ticket.IsHomeless && kept.Author == ticket.Opener)) decision = decision.Then(new DeleteMessage(channel, command.Message));
        var said = language.Say("redact.done");
        // What stands where the desk cannot delete it, or was quoted where nobody remembers.
        if (ticket.IsHomeless && context.Message?.Author == ticket.Opener) said += "\n" + language.Say("redact.direct");
        if (ticket.IsHomeless && context.Settings.LogChannel is { } log) said += "\n" + language.Say("redact.logged", ("channel", log.Mention));
        // Copies that were given away are nobody's to take back: whoever redacts must know of them.
        if (!ticket.IsOpen) said += "\n" + language.Say("redact.handed_over");
        return decision.Telling(said);
    }
}

/// <summary>A message has no words any more.</summary>
/// <param name="At">When.</param>
/// <param name="Message">Which.</param>
/// <param name="By">Who took them away.</param>
/// <param name="Name">Their name at the time.</param>
/// <param name="Reason">Why; null when not said.</param>
public sealed record MessageRedacted(DateTimeOffset At, MessageId Message, UserId By, string Name, string? Reason) : Fact(At)
{
    // The ticket itself never held the words.
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket;
}

internal static class Redaction
{
    internal static Decision? WhyNot(MessageId id, Ticket ticket, Context context)
    {
        var language = context.Private;
        if (context.Message is not { } message) return Decision.Refuse("redact.none", language.Say("redact.none"));
        if (message.IsRedacted) return Decision.Refuse("redact.already", language.Say("redact.already"));
        // It shows the ticket's state, and would be drawn again.
        return id == ticket.Card || id == ticket.Information ? Decision.Refuse("redact.card", language.Say("redact.card")) : null;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MessageRedacted))]
internal sealed partial class RedactingJson : JsonSerializerContext;

internal static class RedactingFeature
{
    internal static Feature Feature { get; } = new("Redacting")
    {
        Commands =
        [
            CommandRule.OnTicket<AskForRedaction>(Permission.Staff, AskForRedaction.Decide) with { NeedsMessage = static command => ((AskForRedaction)command).Message },
            CommandRule.OnTicket<RedactMessage>(Permission.Staff, RedactMessage.Decide) with { NeedsMessage = static command => ((RedactMessage)command).Message },
        ],
        Facts = [new FactKind("message_redacted", RedactingJson.Default.MessageRedacted) { Detail = static fact => $"message {((MessageRedacted)fact).Message}" }],
        Triggers =
        [
            new Trigger(Door.Message, "redact", input => input.Target is { } message ? new AskForRedaction(message.Id) : null),
            new Trigger(Door.Form, "redact", input => new RedactMessage(MessageIn(input.Argument) ?? default, input["reason"])),
            new Trigger(Door.Slash, "redact", input => MessageIn(input["message"]) is { } message ? new RedactMessage(message, input["why"]) : null)
            {
                Options =
                [
                    new TriggerOption("message", OptionKind.Words, Required: true), new TriggerOption("why", OptionKind.Words, Required: false),
                    new TriggerOption("number", OptionKind.Number, Required: false),
                ],
                MayNameTicket = true,
            },
            // Without a reason: whoever reads the ticket would read it too.
            new Trigger(Door.Typed, "redact", input => MessageIn(input.Rest) is { } message ? new RedactMessage(message, null) : null),
        ],
    };

    // An id, or the message's link, which ends in it.
    private static MessageId? MessageIn(string? text) =>
        ulong.TryParse(text?.Trim().TrimEnd('/').Split('/')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id is > 0 and <= long.MaxValue ? new MessageId(id) : null;
}
