using Usher.Discord.Model;

namespace Usher.Sandbox.World;

/// <summary>What a channel is to be; what is not set stays, or takes Discord's default.</summary>
internal sealed record ChannelDraft
{
    public string? Name { get; init; }
    public ChannelType? Type { get; init; }
    public Change<string?> Topic { get; init; }
    public Change<ChannelState?> Parent { get; init; }
    public int? Position { get; init; }
    public int? RateLimitPerUser { get; init; }
    public bool? Nsfw { get; init; }
    public int? DefaultAutoArchiveDuration { get; init; }
    public int? DefaultThreadRateLimit { get; init; }
    public int? Bitrate { get; init; }
    public int? UserLimit { get; init; }
    public IReadOnlyList<OverwriteState>? Overwrites { get; init; }
    public IReadOnlyList<ForumTagState>? Tags { get; init; }
}

/// <summary>What a thread is to be; what is not set stays.</summary>
internal sealed record ThreadDraft
{
    public string? Name { get; init; }
    public bool? Archived { get; init; }
    public bool? Locked { get; init; }
    public bool? Invitable { get; init; }
    public int? AutoArchiveDuration { get; init; }
    public int? RateLimitPerUser { get; init; }
    public IReadOnlyList<Snowflake>? AppliedTags { get; init; }

    public bool OnlyUnarchives => Archived == false && this == new ThreadDraft { Archived = false };
}

/// <summary>A value to set, null among them, or none.</summary>
internal readonly record struct Change<T>(bool IsSet, T? Value)
{
    public static implicit operator Change<T>(T? value) => new(true, value);

    public T? Or(T? current) => IsSet ? Value : current;
}
