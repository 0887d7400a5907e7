using Microsoft.Extensions.Logging;
using Usher.Desk.Values;
using Usher.Engine.Deciding;
using Usher.Engine.Guilds;
using Usher.Engine.Queue;
using Usher.Storage;

namespace Usher.Engine.Webhooks;

/// <summary>
/// Tells programs outside what is owed to them: in order within a ticket, side by side across tickets, a few at once to each webhook, so that one that is slow or
/// dead holds up neither tickets nor others. What is owed are rows: killed anywhere, the next start tells it, with the same number.
/// </summary>
public sealed partial class WebhookLoop : IAsyncDisposable
{
    /// <summary>After how many seconds, minutes and hours another attempt is made; behind the last it is given up.</summary>
    public static readonly ValueList<TimeSpan> BackOff =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12),
    ];

    /// <summary>A webhook that takes nothing for so long is switched off.</summary>
    public static readonly TimeSpan SwitchedOffAfter = TimeSpan.FromDays(3);

    /// <summary>So many failures one after the other mean that a webhook is dead: it is then looked at every ten seconds only, however much happens.</summary>
    public const int DeadAfter = 10;

    private const int AtOnce = 4;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeepTakenFor = TimeSpan.FromDays(3);
    private static readonly TimeSpan KeepFailedFor = TimeSpan.FromDays(14);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    private readonly DeskStore _store;
    private readonly Decider _decider;
    private readonly GuildDirectory _guilds;
    private readonly TimeProvider _time;
    private readonly Activity _activity;
    private readonly ILogger<WebhookLoop> _log;
    private readonly WebhookSender _sender;
    private readonly Rounds _rounds;
    private readonly Lock _gate = new();
    private readonly Dictionary<long, (GuildId Guild, long Hook)> _underWay = [];
    private readonly HashSet<long> _ended = [];
    private readonly Dictionary<(GuildId Guild, long Hook), (int Failures, DateTimeOffset Until)> _troubles = [];
    private IReadOnlyList<Webhook> _hooks = [];

    /// <summary>Makes a loop that listens to the decider from now on.</summary>
    public WebhookLoop(DeskStore store, Decider decider, GuildDirectory guilds, TimeProvider time, Activity activity, ILogger<WebhookLoop> log)
    {
        (_store, _decider, _guilds, _time, _activity, _log) = (store, decider, guilds, time, activity, log);
        _sender = new WebhookSender(time);
        _rounds = new Rounds(RoundAsync, LogRoundFailed, time, activity);
        _decider.FactsStored += WakeForHooks;
    }

    /// <summary>Takes over what the settings say, and takes up what is owed.</summary>
    public async Task ApplyAsync(CancellationToken cancellation)
    {
        foreach (var desk in _guilds.Desks)
        {
            var named = desk.Webhooks.Select(hook => new Webhook(desk.Guild, 0, hook.Key, hook.Url, hook.Events, _time.GetUtcNow(), "usher.yml")).ToList();
            await _store.KeepWebhooksAsync(desk.Guild, named, cancellation);
        }
        await ChangedAsync(cancellation);
    }

    /// <summary>Webhooks were made, changed or taken away, or something is owed anew.</summary>
    public async Task ChangedAsync(CancellationToken cancellation)
    {
        _hooks = await _store.WebhooksAsync(cancellation);
        WakeForHooks();
    }

    /// <summary>Forgets the log of what is long over.</summary>
    public Task TidyAsync(CancellationToken cancellation)
    {
        var now = _time.GetUtcNow();
        return _store.PruneDeliveriesAsync(now - KeepTakenFor, now - KeepFailedFor, cancellation);
    }

    private void WakeForHooks()
    {
        if (_hooks.Count > 0) _rounds.Wake();
    }

    private async Task RoundAsync(CancellationToken stopping)
    {
        var now = _time.GetUtcNow();
        foreach (var hook in _hooks) await BeginDueAsync(hook, now);
        var next = await _store.NextDeliveryAsync(now, stopping) ?? DateTimeOffset.MaxValue;
        lock (_gate) next = _troubles.Values.Select(trouble => trouble.Until).Where(until => until > now).Append(next).Min();
        _rounds.WakeAt(next);
    }

    private async Task BeginDueAsync(Webhook hook, DateTimeOffset now)
    {
        int room;
        lock (_gate) room = _troubles.GetValueOrDefault((hook.Guild, hook.Number)).Until > now ? 0 : AtOnce - UnderWay(hook);
        if (room <= 0) return;
        // Those under way are still owed; and one that ends while the rows are read may be told of as it was before.
        lock (_gate) _ended.Clear();
        foreach (var due in await _store.DueDeliveriesAsync(hook.Guild, hook.Number, now, AtOnce * 2, _rounds.Stopping))
        {
            lock (_gate)
            {
                if (UnderWay(hook) >= AtOnce || _ended.Contains(due.Id) || !_underWay.TryAdd(due.Id, (hook.Guild, hook.Number))) continue;
            }
            _activity.Begin();
            _ = DeliverAsync(hook, due);
        }
    }

    private int UnderWay(Webhook hook) => _underWay.Values.Count(at => at == (hook.Guild, hook.Number));

    private async Task DeliverAsync(Webhook hook, WebhookDelivery delivery)
    {
        await Task.Yield();
        try
        {
            var attempt = await TryAsync(hook, delivery);
            var now = _time.GetUtcNow();
            Remember(hook, attempt, now);
            DateTimeOffset? next = attempt.Error is not null && delivery.Attempts < BackOff.Count ? now + BackOff[delivery.Attempts] : null;
            await _store.EndAttemptAsync(delivery, attempt, now, next, now - SwitchedOffAfter, _rounds.Stopping);
            if (attempt.Error is not null) LogFailed(delivery.Id, hook.Number, hook.Guild.Value, delivery.Attempts + 1, attempt.Status ?? 0);
        }
        catch (OperationCanceledException)
        {
            // Stopping: it may have been told; it is told again, with the same number.
        }
        catch (Exception failure)
        {
            LogNotKept(delivery.Id, failure);
            // At once it would only fail again.
            lock (_gate) _troubles[(hook.Guild, hook.Number)] = (0, _time.GetUtcNow() + AfterTrouble);
        }
        finally
        {
            lock (_gate)
            {
                _underWay.Remove(delivery.Id);
                _ended.Add(delivery.Id);
            }
            _rounds.Wake();
            _activity.End();
        }
    }

    private void Remember(Webhook hook, DeliveryAttempt attempt, DateTimeOffset now)
    {
        var place = (hook.Guild, hook.Number);
        lock (_gate)
        {
            if (attempt.Error is null)
            {
                _troubles.Remove(place);
                return;
            }
            var failures = _troubles.GetValueOrDefault(place).Failures + 1;
            _troubles[place] = (failures, failures < DeadAfter ? DateTimeOffset.MinValue : now + Rest);
        }
    }

    private async Task<DeliveryAttempt> TryAsync(Webhook hook, WebhookDelivery delivery)
    {
        if (_guilds.SettingsOf(hook.Guild) is not { } desk) return Failed("The guild has no desk any more.");
        // It may have been changed or rotated since the loop last looked.
        var current = await _store.FindWebhookAsync(hook.Guild, hook.Number, _rounds.Stopping) ?? hook;
        var secret = current.Key is { } key ? desk.Webhooks.FirstOrDefault(named => named.Key == key)?.Secret?.Value : current.Secret;
        return secret is null
            ? Failed("There is no secret to sign with.")
            : await _sender.SendAsync(delivery, current.Url, secret, desk.PrivateWebhooks, _rounds.Stopping);
    }

    private static DeliveryAttempt Failed(string why) => new(null, TimeSpan.Zero, null, why);

    /// <summary>Stops; what is owed is told by the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        _decider.FactsStored -= WakeForHooks;
        await _rounds.DisposeAsync();
        _sender.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Delivery {Delivery} to webhook {Hook} of guild {Guild} failed at attempt {Attempt} (status {Status}); the webhook's log says why.")]
    private partial void LogFailed(long delivery, long hook, ulong guild, int attempt, int status);

    [LoggerMessage(Level = LogLevel.Error, Message = "The outcome of delivery {Delivery} could not be kept; it is told again.")]
    private partial void LogNotKept(long delivery, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Webhooks stopped and are taken up again shortly.")]
    private partial void LogRoundFailed(Exception failure);
}
