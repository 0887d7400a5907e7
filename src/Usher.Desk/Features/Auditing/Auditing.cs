using System.Globalization;
using System.Text;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Auditing;

/// <summary>A manager wants to see what staff did.</summary>
/// <param name="Ticket">Only in this ticket; null for anywhere.</param>
/// <param name="By">Only what this person did; null for everybody.</param>
public sealed record ReadAudit(long? Ticket, UserId? By) : Command
{
    // Discord takes 4000 characters of text in one message; the newest are shown.
    private const int Room = 3600;
    private const int Most = 40;

    internal AuditQuery Query => new() { Ticket = Ticket, By = By, Limit = Most };

    internal static Decision Decide(ReadAudit command, Context context)
    {
        var language = context.Private;
        if (context.Audit.Count == 0) return Decision.Say(new Tell(Card.Saying(language.Say("audit.none")), Secret: true));
        var text = new StringBuilder();
        foreach (var entry in context.Audit)
        {
            var line = LineOf(entry);
            if (text.Length + line.Length + 1 > Room) break;
            text.Append(line).Append('\n');
        }
        return Decision.Say(new Tell(new Card([new Words(language.Say("audit.list")), new Line(), new Words(text.ToString().TrimEnd())]), Secret: true));
    }

    // Actions have the names that programs read too: somebody who looks for one must find the same word in both.
    private static string LineOf(AuditEntry entry)
    {
        var (deed, id) = (entry.Deed, entry.Id.ToString(CultureInfo.InvariantCulture));
        var line = new StringBuilder().Append(CultureInfo.InvariantCulture, $"`{id}` {Moment.Full(entry.At)} · {entry.Program ?? entry.By.Mention} · `{deed.Action}`");
        if (deed.Ticket is { } ticket) line.Append(" · #").Append(ticket.ToString("0000", CultureInfo.InvariantCulture));
        if (deed.Concerning is { } who) line.Append(" → ").Append(who.Mention);
        if (deed.Detail is { } detail) line.Append(" · ").Append(detail.CutTo(200));
        return line.ToString();
    }
}

internal static class AuditingFeature
{
    internal static Feature Feature { get; } = new("Auditing")
    {
        Commands = [CommandRule.OnDesk<ReadAudit>(Permission.Manager, ReadAudit.Decide) with { NeedsAudit = static command => ((ReadAudit)command).Query }],
        Triggers =
        [
            new Trigger(Door.Slash, "audit", input => new ReadAudit(NumberIn(input["number"]), input["member"] is null ? null : input.Member()))
            {
                Options = [new TriggerOption("number", OptionKind.Number, Required: false), new TriggerOption("member", OptionKind.Member, Required: false)],
            },
            new Trigger(Door.Typed, "audit", input => NumberIn(input.Rest) is { } number ? new ReadAudit(number, null) : new ReadAudit(null, input.Rest.Length == 0 ? null : input.Member())),
        ],
    };

    private static long? NumberIn(string? text) =>
        long.TryParse(text?.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1_000_000_000 ? number : null;
}
