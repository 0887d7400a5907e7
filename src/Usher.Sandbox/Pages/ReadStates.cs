using System.Collections.Concurrent;
using Usher.Discord.Model;

namespace Usher.Sandbox.Pages;

/// <summary>
/// How far each person has read each channel, and which ephemeral messages they put away. Discord keeps both for its own clients only;
/// bots never see them, so they are no part of the world.
/// </summary>
/// <param name="openedAt">What is older than the box itself counts as read.</param>
internal sealed class ReadStates(DateTimeOffset openedAt)
{
    // The moment's own first identifier may be the first message's.
    private readonly Snowflake _openedAt = new(Snowflake.At(openedAt).Value - 1);
    private readonly ConcurrentDictionary<(Snowflake Person, Snowflake Channel), Snowflake> _lastRead = new();
    private readonly ConcurrentDictionary<Snowflake, bool> _dismissed = new();

    /// <summary>The last message the person has seen in the channel.</summary>
    public Snowflake LastRead(Snowflake person, Snowflake channel) => _lastRead.GetValueOrDefault((person, channel), _openedAt);

    /// <summary>Notes that the person has seen everything up to the message; never goes back.</summary>
    public void Mark(Snowflake person, Snowflake channel, Snowflake message) =>
        _lastRead.AddOrUpdate((person, channel), message, (_, known) => known > message ? known : message);

    /// <summary>Puts an ephemeral message away for good.</summary>
    public void Dismiss(Snowflake message) => _dismissed[message] = true;

    /// <summary>Whether the ephemeral message was put away.</summary>
    public bool IsDismissed(Snowflake message) => _dismissed.ContainsKey(message);
}
