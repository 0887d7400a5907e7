using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Storage;

/// <summary>Something that became true elsewhere, before it was known here.</summary>
/// <param name="Fact">What.</param>
/// <param name="By">Who brought it about; zero when nobody in particular.</param>
public sealed record PastFact(Fact Fact, UserId By)
{
    /// <summary>Whether statistics count it; not so when nobody knows how long it took.</summary>
    public bool IsMeasured { get; init; } = true;
}

/// <summary>A ticket of another system that is taken over, or what is new of one that was.</summary>
public sealed record PastTicket
{
    /// <summary>The guild that it belongs to.</summary>
    public required GuildId Guild { get; init; }

    /// <summary>The system that it comes from.</summary>
    public required string System { get; init; }

    /// <summary>What that system calls it.</summary>
    public required string SourceId { get; init; }

    /// <summary>The ticket here; null when it begins.</summary>
    public Ticket? Before { get; init; }

    /// <summary>Whose it is.</summary>
    public required UserId Opener { get; init; }

    /// <summary>The key of its department here.</summary>
    public required string Department { get; init; }

    /// <summary>What became of it, by the number that it gets and its opener's place in the department. May be asked for twice.</summary>
    public required Func<long, int, ValueList<PastFact>> Facts { get; init; }

    /// <summary>What must be done about it, by what it is afterwards.</summary>
    public Func<Ticket, ValueList<Effect>> Effects { get; init; } = static _ => [];

    /// <summary>What was said in it; its number is put in.</summary>
    public IReadOnlyList<ArchivedMessage> Messages { get; init; } = [];

    /// <summary>Whether people went on with it here since it was taken over: then it is no more brought up to date but for what was said.</summary>
    public bool IsGoneOnWith { get; init; }

    /// <summary>Whether what was said in its home has still to be fetched from Discord.</summary>
    public bool HasGap { get; init; }

    /// <summary>When it is taken over.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>A ticket that was taken over.</summary>
/// <param name="SourceId">What the other system calls it, or what is left of that (<see cref="Erasing.ErasedSource"/>).</param>
/// <param name="Number">Its number here.</param>
/// <param name="Version">Its version when it was last brought up to date from there: a higher one was gone on with here.</param>
public sealed record PastTicketRow(string SourceId, long Number, int Version);
