using System.Globalization;
using Usher.Desk.Cards;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Opening;

/// <summary>Who may have one more ticket, and when: pauses, blocks, roles, how many at once, and how soon after the last.</summary>
internal static class Limits
{
    /// <summary>Why a member may open no ticket in a department now; null when they may.</summary>
    internal static Refusal? WhyNot(Department department, Actor opener, Context context) =>
        OfBlock(context) ?? OfPause(department, context) ?? OfRoles(department, opener, context) ?? OfCount(department, context) ?? OfDirectMessages(department, opener.User, context)
        ?? OfCooldown(department, context);

    /// <summary>Why staff can open no ticket for somebody in a department; null when they can. Pauses, cooldowns, roles and the guild's limit are for members to keep.</summary>
    internal static Refusal? WhyNotFor(Department department, UserId opener, Context context)
    {
        var language = context.Private;
        if (context.Block is not null) return new Refusal("open.for.blocked", language.Say("open.for.blocked", ("who", opener.Mention)));
        var already = context.OpenTickets.Where(ticket => ticket.Department == department.Key).ToList();
        return already.Count < Math.Max(1, department.OpenPerMember)
            ? OfDirectMessages(department, opener, context)
            : new Refusal("open.for.already", language.Say("open.for.already", ("who", opener.Mention), ("ticket", LinkTo(already[^1])), ("department", department.Name)));
    }

    /// <summary>Why somebody who is blocked goes on with no ticket; null when they are not blocked.</summary>
    internal static Refusal? OfBlock(Context context) => context.Block switch
    {
        null => null,
        { Reason: { } reason } => new Refusal("open.blocked", context.Private.Say("open.blocked.why", ("reason", reason))),
        _ => new Refusal("open.blocked", context.Private.Say("open.blocked")),
    };

    private static Refusal? OfPause(Department department, Context context) => (department.Paused ?? context.Settings.Paused) is { } why
        ? new Refusal("open.paused", context.Private.Say("open.paused", ("department", department.Name), ("why", why)))
        : null;

    private static Refusal? OfRoles(Department department, Actor opener, Context context)
    {
        var language = context.Private;
        if (department.BlockedRoles.FirstOrDefault(opener.Roles.Contains) is { Value: > 0 } blocked)
            return new Refusal("open.role_blocked", language.Say("open.role_blocked", ("role", blocked.Mention), ("department", department.Name)));
        if (department.RequiredRoles.Count == 0 || department.RequiredRoles.Any(opener.Roles.Contains)) return null;
        return new Refusal("open.role_required", language.Say("open.role_required", ("roles", string.Join(", ", department.RequiredRoles.Select(r => r.Mention))), ("department", department.Name)));
    }

    private static Refusal? OfCount(Department department, Context context)
    {
        var already = context.OpenTickets.Where(ticket => ticket.Department == department.Key).ToList();
        if (already.Count >= Math.Max(1, department.OpenPerMember))
            return new Refusal("open.already", context.Private.Say("open.already", ("ticket", LinkTo(already[^1])), ("department", department.Name)));
        return OfAll(context);
    }

    /// <summary>Why somebody may have no more tickets, in whichever department; null when they may.</summary>
    internal static Refusal? OfAll(Context context)
    {
        if (context.Settings.OpenPerMember is not { } most || context.OpenTickets.Count < most) return null;
        return new Refusal("open.limit", context.Private.Say(
            "open.limit", ("count", context.OpenTickets.Count.ToString(CultureInfo.InvariantCulture)), ("tickets", string.Join(' ', context.OpenTickets.Select(LinkTo)))));
    }

    // What somebody writes in direct messages must be of one ticket.
    private static Refusal? OfDirectMessages(Department department, UserId opener, Context context) =>
        department.Home.Kind == HomeKind.DirectMessage && context.OpenTickets.FirstOrDefault(ticket => ticket.TakesDirectMessages) is { } other
            ? new Refusal("open.direct_messages", context.Private.Say("open.direct_messages", ("who", opener.Mention), ("ticket", other.Label)))
            : null;

    private static Refusal? OfCooldown(Department department, Context context)
    {
        if (department.Cooldown <= TimeSpan.Zero || context.LatestTickets.FirstOrDefault(latest => latest.Department == department.Key) is not { } latest) return null;
        var free = latest.At + department.Cooldown;
        return context.Now >= free ? null : new Refusal("open.cooldown", context.Private.Say("open.cooldown", ("department", department.Name), ("when", Moment.Relative(free))));
    }

    private static string LinkTo(Ticket ticket) => ticket.Mention;
}
