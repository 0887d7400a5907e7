using Usher.Desk.People;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Engine;

/// <summary>Something that somebody of staff did, as the audit log keeps it for ever. It holds ids and keys of the settings, never what anybody said or is called.</summary>
/// <param name="Action">What: the name of the fact that tells of it, or one that its feature gives.</param>
/// <param name="Ticket">In which ticket; null when in none.</param>
/// <param name="Fact">The fact that tells more: the version of the ticket that it brought about.</param>
/// <param name="Concerning">To whom; null when to nobody.</param>
/// <param name="Detail">What else, such as a department's key.</param>
public sealed record Deed(string Action, long? Ticket = null, long? Fact = null, UserId? Concerning = null, string? Detail = null);

/// <summary>An entry of the audit log.</summary>
/// <param name="Id">Counted from 1 within the guild, without gaps.</param>
/// <param name="At">When.</param>
/// <param name="By">Who; zero for the desk itself and the command line.</param>
/// <param name="Program">What acted, where it was no person: an API key's name, or the command line and its user; null for people.</param>
/// <param name="Deed">What was done.</param>
/// <param name="Hash">The SHA-256 of this entry and of the hash before it, in 64 lower-case hexadecimal digits.</param>
public sealed record AuditEntry(long Id, DateTimeOffset At, UserId By, string? Program, Deed Deed, string Hash);

/// <summary>Which entries of the audit log are wanted.</summary>
public sealed record AuditQuery
{
    /// <summary>Only those of this ticket.</summary>
    public long? Ticket { get; init; }

    /// <summary>Only what this person did.</summary>
    public UserId? By { get; init; }

    /// <summary>Only what was done to this person.</summary>
    public UserId? Concerning { get; init; }

    /// <summary>Only these actions.</summary>
    public string? Action { get; init; }

    /// <summary>Only what was done at that time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only what was done before that time.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Only entries older than this one; null for the newest.</summary>
    public long? OlderThan { get; init; }

    /// <summary>The most entries.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>What of a decision goes into the audit log.</summary>
internal static class Deeds
{
    /// <summary>All that whoever acted did for the desk. The desk's own doings, and what members do for themselves, are none.</summary>
    /// <param name="rule">The command's rule.</param>
    /// <param name="command">The command.</param>
    /// <param name="decision">What it came to.</param>
    /// <param name="before">The ticket before; null when it begins, or none is concerned.</param>
    /// <param name="after">The ticket after.</param>
    /// <param name="context">Who acted.</param>
    /// <param name="kindOf">How a fact is stored.</param>
    internal static ValueList<Deed> Of(CommandRule? rule, Command command, Decision decision, Ticket? before, Ticket? after, Context context, Func<Fact, FactKind?> kindOf)
    {
        if (context.Actor.IsDesk) return [];
        var isOpener = after is not null && after.Opener == context.Actor.User;
        if (isOpener && !Access.IsStaff(context.Actor, context.Settings, after)) return [];
        var deeds = new List<Deed>();
        var version = before?.Version ?? 0;
        foreach (var fact in decision.Facts)
        {
            version++;
            if (kindOf(fact) is { IsAudited: true } kind) deeds.Add(new Deed(kind.Name, after!.Number, version, kind.Concerning(fact), kind.Detail(fact)));
        }
        var isDone = decision.Facts.Count + decision.Effects.Count + decision.Changes.Count > 0;
        if (isDone && rule?.Audit(command) is { } deed) deeds.Add(deed with { Ticket = after?.Number });
        return deeds.ToValueList();
    }
}
