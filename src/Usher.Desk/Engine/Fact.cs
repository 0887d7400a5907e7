using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Engine;

/// <summary>What is now true of a ticket. Named in the past; stored for ever; applies itself.</summary>
/// <param name="At">When it became true.</param>
public abstract record Fact(DateTimeOffset At)
{
    /// <summary>The ticket after this fact.</summary>
    /// <param name="ticket">The ticket before; null when this fact begins it.</param>
    /// <exception cref="InvalidOperationException">A first fact on a ticket that exists, or a later one on none.</exception>
    public Ticket ApplyTo(Ticket? ticket) => ticket is null ? Begin() : Change(ticket) with { Version = ticket.Version + 1 };

    /// <summary>The ticket that this fact begins.</summary>
    protected virtual Ticket Begin() => throw new InvalidOperationException($"{GetType().Name} begins no ticket.");

    /// <summary>The ticket that this fact changes.</summary>
    protected abstract Ticket Change(Ticket ticket);
}

/// <summary>How a kind of fact is stored.</summary>
/// <param name="Name">Its name in the history; never changed once released.</param>
/// <param name="Type">How it is written as JSON.</param>
public sealed record FactKind(string Name, JsonTypeInfo Type)
{
    /// <summary>Whether the audit log tells of it when staff brought it about; false for what comes of ordinary talk.</summary>
    public bool IsAudited { get; init; } = true;

    /// <summary>Whom it was done to, for the audit log; null when nobody.</summary>
    public Func<Fact, UserId?> Concerning { get; init; } = static _ => null;

    /// <summary>What the audit log says of it besides: a key or a name of the settings, never words of anybody's.</summary>
    public Func<Fact, string?> Detail { get; init; } = static _ => null;

    /// <summary>Writes a fact of this kind.</summary>
    public string Write(Fact fact) => JsonSerializer.Serialize(fact, Type);

    /// <summary>Reads a fact of this kind.</summary>
    public Fact Read(string json) => (Fact)JsonSerializer.Deserialize(json, Type)!;
}
