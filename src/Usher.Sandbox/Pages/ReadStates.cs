using System.Collections.Concurrent;
using Usher.Discord.Model;

namespace Usher.Sandbox.Pages;

/// <summary>How far each person has read each channel. Discord keeps it for its own clients only; bots never see it, so it is no part of the world.</summary>
internal sealed class ReadStates
{
    private readonly ConcurrentDictionary<(Snowflake Person, Snowflake Channel), Snowflake> _lastRead = new();

    /// <summary>The last message the person has seen; null before the first look, which counts as everything read.</summary>
    public Snowflake? LastRead(Snowflake person, Snowflake channel) => _lastRead.TryGetValue((person, channel), out var read) ? read : null;

    /// <summary>Notes that the person has seen everything up to the message; never goes back.</summary>
    public void Mark(Snowflake person, Snowflake channel, Snowflake message) =>
        _lastRead.AddOrUpdate((person, channel), message, (_, known) => known.CompareTo(message) > 0 ? known : message);

    /// <summary>Forgets everything, for a world made anew.</summary>
    public void Clear() => _lastRead.Clear();
}
