using Usher.Desk.Values;

namespace Usher.Storage;

/// <summary>A key with which a program calls the API. The secret itself is nowhere.</summary>
/// <param name="Guild">The guild that it is for.</param>
/// <param name="Number">Its number in the guild, from 1.</param>
/// <param name="Name">What it is called; it signs what the program writes.</param>
/// <param name="Scopes">What it may ask for.</param>
/// <param name="RequestsPerMinute">How often it may ask.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record ApiKey(GuildId Guild, long Number, string Name, ValueList<string> Scopes, int RequestsPerMinute, DateTimeOffset CreatedAt)
{
    /// <summary>The departments whose staff it counts as.</summary>
    public ValueList<string> Departments { get; init; }

    /// <summary>Whether it may do what managers may.</summary>
    public bool IsManager { get; init; }

    /// <summary>The member in whose name it acts; null when in its own.</summary>
    public UserId? ActsAs { get; init; }

    /// <summary>When it ends; null when never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was taken back; null when it holds.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When it was used last, to the minute; null when never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Whether it opens anything now.</summary>
    public bool Holds(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is not { } end || now < end);
}

/// <summary>Something that was done to a key.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who, as the machine knows them.</param>
/// <param name="What">What.</param>
public sealed record ApiKeyEvent(DateTimeOffset At, string By, string What);
