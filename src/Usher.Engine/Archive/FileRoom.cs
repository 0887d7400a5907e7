using System.Collections.Concurrent;
using Usher.Desk.Features.Alerting;
using Usher.Desk.People;
using Usher.Desk.Values;
using Usher.Engine.Deciding;
using Usher.Storage;

namespace Usher.Engine.Archive;

/// <summary>The room that the settings give to a guild's files: how much of it is used, and that staff hears of it when there is no more.</summary>
public sealed class FileRoom(DeskStore store, Decider decider) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<GuildId, long> _used = [];
    private readonly ConcurrentDictionary<(GuildId, long), bool> _told = new();

    /// <summary>Begins to count anew: files go, and settings change.</summary>
    public void Recount() => _used.Clear();

    /// <summary>Takes room for a file.</summary>
    /// <param name="guild">Whose.</param>
    /// <param name="size">How many bytes, as Discord says.</param>
    /// <param name="room">How many there may be in all; null for no limit.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Whether there is any.</returns>
    public async Task<bool> TakeAsync(GuildId guild, long size, long? room, CancellationToken cancellation)
    {
        if (room is not { } most) return true;
        await _turn.WaitAsync(cancellation);
        try
        {
            if (!_used.TryGetValue(guild, out var used)) used = await store.KeptBytesAsync(guild, cancellation);
            var fits = used + size <= most;
            _used[guild] = fits ? used + size : used;
            return fits;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Staff is told, once for a limit and not again before the inbox forgets it.</summary>
    /// <returns>Whether this was the first time since the start.</returns>
    public async Task<bool> TellFullAsync(GuildId guild, long room, CancellationToken cancellation)
    {
        if (!_told.TryAdd((guild, room), true)) return false;
        var order = new Order { Guild = guild, Command = new TellFilesFull(room), Subject = new Subject.ToDesk(), Actor = Actor.Desk, InboxKey = $"files-full:{guild}:{room}" };
        await decider.DecideAsync(order, cancellation);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();
}
