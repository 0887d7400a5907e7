using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Queueing;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Discord.Model;
using Usher.Engine.Deciding;
using Usher.Engine.Guilds;
using Usher.Engine.Intake;
using Usher.Engine.Queue;
using Usher.Storage;

namespace Usher.Engine.Rooms;

/// <summary>
/// Room for channels: tickets that wait for it are tried in order, one at a time, when there may be some, and told their places; categories that
/// were made for want of it are removed when they are empty. Who waits is rows; only what was tried in vain since the last hope is kept here.
/// </summary>
public sealed partial class RoomLoop : IAsyncDisposable
{
    private readonly DeskStore _store;
    private readonly Decider _decider;
    private readonly GuildDirectory _guilds;
    private readonly MadeCategories _made;
    private readonly Activity _activity;
    private readonly ILogger<RoomLoop> _log;
    private readonly ConcurrentDictionary<GuildId, Line> _lines = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Makes a loop that listens to the decider from now on.</summary>
    public RoomLoop(DeskStore store, Decider decider, GuildDirectory guilds, MadeCategories made, Activity activity, ILogger<RoomLoop> log)
    {
        (_store, _decider, _guilds, _made, _activity, _log) = (store, decider, guilds, made, activity, log);
        _decider.QueueChanged += See;
    }

    /// <summary>Takes up what an earlier run left; it goes on when the gateway tells of the guilds.</summary>
    public async Task ResumeAsync(CancellationToken cancellation)
    {
        foreach (var made in await _store.MadeCategoriesAsync(cancellation)) _made.Add(made.Guild, made.Category);
        foreach (var guild in await _store.QueuesAsync(cancellation)) _lines[guild] = new Line();
    }

    /// <summary>A channel was deleted or changed.</summary>
    /// <param name="guild">Where.</param>
    /// <param name="category">The category that the deleted one was in; null when in none, or when it is still there.</param>
    public void RoomMayBe(GuildId guild, ChannelId? category)
    {
        if (category is { } left && _made.Contains(left)) Tidy(guild, left);
        if (_lines.ContainsKey(guild)) Wake(guild, line => line.Tried.Clear());
    }

    /// <summary>A guild was told whole: what happened while nobody listened is seen now.</summary>
    public void Compare(Guild guild)
    {
        var id = new GuildId(guild.Id.Value);
        foreach (var category in _made.Of(id).Where(category => guild.Channels?.Any(channel => channel.ParentId?.Value == category.Value) != true).ToList()) Tidy(id, category);
        RoomMayBe(id, null);
    }

    /// <summary>There may be other places now.</summary>
    public void SettingsChanged()
    {
        foreach (var guild in _lines.Keys) RoomMayBe(guild, null);
    }

    // A ticket that found room says that there is room; one that was just refused says that there is none.
    private void See(Ticket ticket) => Wake(ticket.Guild, line =>
    {
        if (ticket.Home.Channel is not null) line.Tried.Clear();
        else if (ticket.Queue is { Why: not null, IsTried: false }) line.Tried.Add(ticket.Number);
    });

    private void Tidy(GuildId guild, ChannelId category) => _ = WatchedAsync(() => _decider.DecideAsync(
        new Order { Guild = guild, Command = new TidyCategory(category), Subject = new Subject.ToDesk(), Actor = Actor.Desk }, _stopping.Token));

    private void Wake(GuildId guild, Action<Line> note)
    {
        if (_stopping.IsCancellationRequested) return;
        var line = _lines.GetOrAdd(guild, _ => new Line());
        lock (line)
        {
            note(line);
            line.Asked = true;
            if (line.Running) return;
            line.Running = true;
        }
        _ = WatchedAsync(() => RunAsync(guild, line));
    }

    private async Task RunAsync(GuildId guild, Line line)
    {
        await Task.Yield();
        try
        {
            while (TakeAsk(line)) await RoundAsync(guild, line);
        }
        catch
        {
            lock (line) line.Running = false;
            throw;
        }
    }

    private static bool TakeAsk(Line line)
    {
        lock (line)
        {
            (var asked, line.Asked) = (line.Asked, false);
            line.Running = asked;
            return asked;
        }
    }

    private async Task RoundAsync(GuildId guild, Line line)
    {
        if (_guilds.SettingsOf(guild) is not { } settings) return;
        var queue = await _store.QueueAsync(guild, _stopping.Token);
        foreach (var ticket in queue)
        {
            var position = Waitlist.PositionOf(ticket, queue, settings);
            if (ticket.Queue!.Position != position) await GiveAsync(ticket, new TellPosition(position));
        }
        if (queue.Count == 0 || queue.Any(ticket => ticket.Queue!.IsTried)) return;
        if (Next(queue, line, settings) is { } next) await GiveAsync(next, new TryQueued());
    }

    // The first who does not wait behind somebody that was tried in vain.
    private static Ticket? Next(IReadOnlyList<Ticket> queue, Line line, DeskSettings settings)
    {
        lock (line)
        {
            var inVain = queue.Where(ticket => line.Tried.Contains(ticket.Number)).ToList();
            if (inVain.Exists(ticket => ticket.Queue!.Why == FailureReason.GuildFull)) return null;
            return queue.FirstOrDefault(ticket => !inVain.Exists(tried => Waitlist.IsSameRoom(tried, ticket, settings)));
        }
    }

    private Task GiveAsync(Ticket ticket, Command command) => _decider.DecideAsync(GatewayIntake.ByDesk(ticket.Key, command), _stopping.Token);

    private async Task WatchedAsync(Func<Task> work)
    {
        _activity.Begin();
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // Stopping: the rows stay.
        }
        catch (Exception failure)
        {
            LogFailed(failure);
        }
        finally
        {
            _activity.End();
        }
    }

    /// <summary>Stops; who waits is taken up by the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        _decider.QueueChanged -= See;
        await _stopping.CancelAsync();
        _stopping.Dispose();
    }

    private sealed class Line
    {
        public readonly HashSet<long> Tried = [];
        public bool Asked;
        public bool Running;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The queue for room stopped; it goes on when a channel is deleted or changed.")]
    private partial void LogFailed(Exception failure);
}
