using System.Globalization;
using Microsoft.Extensions.Logging;
using Usher.Desk.Engine;
using Usher.Desk.Features;
using Usher.Desk.Features.Closing;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Discord.Gateway;
using Usher.Discord.Model;
using Usher.Discord.Rest;
using Usher.Engine.Archive;
using Usher.Engine.Deciding;
using Usher.Engine.Guilds;
using Usher.Engine.Intake;
using Usher.Engine.Lookups;
using Usher.Engine.Observing;
using Usher.Engine.Outgoing;
using Usher.Engine.Privacy;
using Usher.Engine.Queue;
using Usher.Engine.Rooms;
using Usher.Engine.Timers;
using Usher.Engine.Webhooks;
using Usher.Storage;
using Usher.Storage.S3;

namespace Usher.Engine;

/// <summary>A running desk: every loop of it, from its start to its clean stop.</summary>
public sealed partial class DeskHost : IAsyncDisposable
{
    private static readonly TimeSpan WorkEndsWithin = TimeSpan.FromSeconds(8);

    // Discord tells an event again for some minutes at most.
    private static readonly TimeSpan KeepInboxFor = TimeSpan.FromDays(1);
    private static readonly TimeSpan TidyEvery = TimeSpan.FromHours(1);

    private readonly DeskOptions _options;
    private readonly DeskRules _rules = All.Rules;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ILogger<DeskHost> _log;
    private readonly Decider _decider;
    private readonly StaffTable _staff;
    private readonly KeptClicks _kept;
    private readonly InteractionAnswers _answers;
    private readonly CatchUp _catchUp;
    private readonly AttachmentLoop _attachments;
    private readonly IndexLoop _index;
    private readonly Outbox _outbox;
    private readonly TimerLoop _timers;
    private readonly ErasureLoop _erasures;
    private readonly RetentionLoop _retention;
    private readonly MadeCategories _made = new();
    private readonly RoomLoop _rooms;
    private readonly InteractionIntake _interactions;
    private readonly GatewayIntake _intake;
    private readonly HttpClient _downloads = new();
    private readonly S3Bucket? _bucket;
    private readonly AbsentGuilds _absent = new();
    private readonly SqlDatabases _databases = new();
    private readonly HttpClients _clients = new();
    private GatewayLoop? _gateway;
    private ITimer? _tidying;

    private DeskHost(DeskOptions options, DeskStore store)
    {
        _options = options;
        Store = store;
        var loggers = options.Loggers;
        _log = loggers.CreateLogger<DeskHost>();
        Guilds.Use(options.Settings);
        store.LanguageOf = guild => Guilds.SettingsOf(guild)?.Language ?? Language.English;
        _file = options.Settings;
        _bucket = options.Bucket is { } bucket ? new S3Bucket(bucket, options.Time) : null;
        Files = new FileStore(Path.Combine(options.DataFolder, "attachments"), _bucket);
        Exports = new MemberExport(store, Files);
        var discord = new DiscordRestOptions
        {
            Token = options.Token,
            BaseAddress = options.ApiAddress,
            TimeProvider = options.Time,
            GlobalRequestsPerSecond = options.RequestsPerSecond,
            Handler = options.Handler,
        };
        Rest = new DiscordRest(discord);
        Tokens = new MemberTokens(discord);
        var queue = new LocalQueue(Activity, loggers.CreateLogger<LocalQueue>());
        var lookups = new LookupRunner(new Places(Rest, _databases, _clients).FindAsync, options.Time, loggers.CreateLogger<LookupRunner>());
        _staff = new StaffTable(_databases, options.Time, loggers.CreateLogger<StaffTable>());
        _decider = new Decider(_rules, store, Guilds, Homes, queue, lookups, _staff, options.Time, options.PublicAddress, loggers.CreateLogger<Decider>());
        _attachments = new AttachmentLoop(store, Files, new FileRoom(store, _decider), Guilds, _downloads, options.Time, Activity, loggers.CreateLogger<AttachmentLoop>());
        _index = new IndexLoop(store, options.Time, loggers.CreateLogger<IndexLoop>());
        _decider.FilesDiscarded += _attachments.Wake;
        var translator = new Translator(_rules, Guilds, Homes);
        Members = new Members(Rest, translator, _staff, Guilds, options.Time);
        _catchUp = new CatchUp(
            Rest, store, _attachments, queue, () => _gateway is { HearsAll: true }, (ticket, message) => Guilds.SettingsOf(ticket.Guild) is { } desk && translator.IsSecret(message, desk),
            loggers.CreateLogger<CatchUp>());
        _kept = new KeptClicks(Path.Combine(options.DataFolder, "clicks"));
        _answers = new InteractionAnswers(Rest, store, Guilds, _kept, options.Time, Activity, loggers.CreateLogger<InteractionAnswers>());
        var runner = new EffectRunner(
            Rest, store, Guilds, Homes, _made, _answers, _catchUp, (ticket, output, stopped) => options.Transcripts(this, ticket, output, stopped),
            (guild, member, withFiles, output, stopped) => Exports.WriteAsync(guild, member, output, options.Time.GetUtcNow(), stopped, withFiles), ChangeAsync, options.Time);
        _outbox = new Outbox(store, _decider, runner, options.Time, Activity, loggers.CreateLogger<Outbox>());
        _erasures = new ErasureLoop(
            store, new MemberErasure(store, DecideAsync, options.Time), _decider, Guilds, _attachments, _outbox.TakeUpAsync, options.Time, Activity, loggers.CreateLogger<ErasureLoop>());
        _retention = new RetentionLoop(store, DecideAsync, Guilds, Homes, _attachments, options.Time, Activity, loggers.CreateLogger<RetentionLoop>());
        _timers = new TimerLoop(store, _decider, options.Time, Activity, loggers.CreateLogger<TimerLoop>());
        var patience = new StorePatience(options.Time, loggers.CreateLogger<StorePatience>());
        _interactions = new InteractionIntake(translator, _decider, _answers, store, patience, Guilds, Members, options.Time, loggers.CreateLogger<InteractionIntake>());
        _intake = new GatewayIntake(translator, _decider, _interactions, store, patience, Guilds, Homes, _attachments, queue, Activity, options.Time, loggers.CreateLogger<GatewayIntake>());
        _rooms = new RoomLoop(store, _decider, Guilds, _made, Activity, loggers.CreateLogger<RoomLoop>());
        Backlog = new BacklogGauges(store, queue, options.Time, loggers.CreateLogger<BacklogGauges>());
        Webhooks = new WebhookLoop(store, _decider, Guilds, options.Time, Activity, loggers.CreateLogger<WebhookLoop>());
        _intake.RoomMayBe += _rooms.RoomMayBe;
        _intake.GuildTold += _rooms.Compare;
        _intake.GuildTold += guild => _ = WatchedAsync("comparing homes", () => CompareHomesAsync(guild));
        _intake.GuildTold += guild => _ = WatchedAsync("taking up a guild", () => WelcomeAsync(new GuildId(guild.Id.Value)));
        _intake.GuildLeft += Miss;
    }

    /// <summary>The database.</summary>
    public DeskStore Store { get; }

    /// <summary>The attachments' bytes.</summary>
    public FileStore Files { get; }

    /// <summary>What is kept of somebody, written for them.</summary>
    public MemberExport Exports { get; }

    /// <summary>Discord's REST API.</summary>
    public DiscordRest Rest { get; }

    /// <summary>What is known of the guilds.</summary>
    public GuildDirectory Guilds { get; } = new();

    /// <summary>Which channel is which ticket's.</summary>
    public KnownHomes Homes { get; } = new();

    /// <summary>Whose a member's token is, asked of Discord.</summary>
    public MemberTokens Tokens { get; }

    /// <summary>The guilds' members, asked of Discord.</summary>
    public Members Members { get; }

    /// <summary>What programs outside are told.</summary>
    public WebhookLoop Webhooks { get; }

    /// <summary>What is still to be done, for whoever measures.</summary>
    public BacklogGauges Backlog { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time => _options.Time;

    /// <summary>What is under way.</summary>
    public Activity Activity { get; } = new();

    /// <summary>The address under which people reach this installation.</summary>
    public string PublicAddress => _options.PublicAddress;

    /// <summary>Ends when the gateway is lost for good, with the reason; otherwise at the stop.</summary>
    public Task Completion => _gateway?.Completion ?? Task.CompletedTask;

    /// <summary>Why clicks cannot be served now; null when they can.</summary>
    public string? NotReadyBecause => _gateway?.NotReadyBecause ?? (Guilds.Desks.Any() && Guilds.Desks.All(desk => _absent.Contains(desk.Guild)) ? NotServed : null);

    /// <summary>Which guilds of the settings cannot be served and what mends it; null when all are.</summary>
    public string? NotServed => _absent.Any ? _absent.Sentence(Guilds.Application) : null;

    /// <summary>The gateway's shards, for those who want to look.</summary>
    public GatewayLoop Gateway => _gateway ?? throw new InvalidOperationException("The desk has not started.");

    /// <summary>Starts a desk: returns once the token is accepted and every loop runs; <see cref="NotReadyBecause"/> tells when the gateway is there.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be used.</exception>
    /// <exception cref="DiscordApiException">Discord refuses the token (401) or the request.</exception>
    public static async Task<DeskHost> StartAsync(DeskOptions options, CancellationToken cancellation)
    {
        Directory.CreateDirectory(options.DataFolder);
        var store = await DeskStore.OpenAsync(new StoreOptions(options.DatabaseUrl, All.Rules, options.Time) { LockTimeout = options.LockTimeout }, options.Loggers, cancellation);
        var host = new DeskHost(options, store);
        try
        {
            await host.BeginAsync(cancellation);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Decides what was asked for from outside Discord: through the same door as every click.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be used now; nothing was changed.</exception>
    public async Task<Result> DecideAsync(Order order, CancellationToken cancellation)
    {
        Activity.Begin();
        try
        {
            return await _decider.DecideAsync(order, cancellation);
        }
        finally
        {
            Activity.End();
        }
    }

    private async Task BeginAsync(CancellationToken cancellation)
    {
        var application = await Rest.GetCurrentApplicationAsync(cancellation);
        var self = await Rest.GetCurrentUserAsync(cancellation);
        Guilds.Application = application.Id;
        Guilds.Self = new UserId(self.Id.Value);
        var address = await Rest.GetGatewayBotAsync(cancellation);
        await Homes.LoadAsync(Store.HomesAsync(cancellation), cancellation);
        foreach (var ticket in await Store.CallsAsync(cancellation)) Homes.AddCall(ticket.Call!.Channel!.Value, ticket.Key);

        Guilds.Use(await OverlaidAsync(cancellation));
        await _rooms.ResumeAsync(cancellation);
        await _outbox.ResumeAsync(cancellation);
        await Webhooks.ApplyAsync(cancellation);
        _timers.Wake();
        _erasures.Wake();
        _retention.Wake();
        _attachments.Wake();
        _index.Begin();
        foreach (var payload in (await Store.PendingInboxAsync(cancellation)).Select(row => row.Payload).Concat(_kept.All()))
            _ = WatchedAsync("deciding a deferred click", () => _interactions.TakeDeferredAsync(payload, _stopping.Token));
        _gateway = await GatewayLoop.StartAsync(address, _options, Store, _intake, new EventFilter(Guilds, Homes), OnGapAsync, OnResumed, cancellation);
        foreach (var settings in Guilds.Desks)
        {
            _ = WatchedAsync("registering the slash commands", () => RegisterCommandsAsync(settings, onlyIfChanged: false));
            _ = WatchedAsync("keeping the panels", () => KeepPanelsAsync(settings, null));
        }
        _tidying = _options.Time.CreateTimer(_ => _ = WatchedAsync("tidying the inbox", TidyAsync), null, TimeSpan.Zero, TidyEvery);
    }

    private async Task TidyAsync()
    {
        var before = _options.Time.GetUtcNow() - KeepInboxFor;
        await Store.PruneInboxAsync(before, _stopping.Token);
        // A request that is sent again is known by both: they are forgotten together.
        await Store.PruneApiRequestsAsync(before, _stopping.Token);
        await Webhooks.TidyAsync(_stopping.Token);
        await Store.AddUpDaysAsync(_options.Time.GetUtcNow(), _stopping.Token);
    }

    // A new session: what was said since the last one was not told.
    private async Task OnGapAsync(CancellationToken cancellation)
    {
        await Store.MarkGapsAsync(null, cancellation);
        _ = WatchedAsync("catching up", () => _catchUp.EnsureAllAsync(_stopping.Token));
    }

    // A session that goes on tells of no guild again: after a start their names, roles and administrators would stay unknown.
    private void OnResumed() => _ = WatchedAsync("learning the names of guilds", async () =>
    {
        foreach (var desk in Guilds.Desks) await LearnAsync(desk.Guild);
    });

    // A home that was deleted while nobody listened is told by nobody: what is not in the guild any more is asked for. Only where people still work:
    // the threads of what is closed are archived, never told of, and in time they are thousands. That one of these is gone shows when it is needed.
    private async Task CompareHomesAsync(Guild guild)
    {
        var there = (guild.Channels ?? []).Concat(guild.Threads ?? []).Select(channel => channel.Id.Value).ToHashSet();
        foreach (var home in (await Store.OpenHomesAsync(new GuildId(guild.Id.Value), _stopping.Token)).Where(home => !there.Contains(home.Channel.Value)))
        {
            if (await IsGoneAsync(home.Channel)) await _intake.StoredAsync(GatewayIntake.ByDesk(home.Ticket, new LoseHome(home.Channel)), _stopping.Token);
        }
    }

    private void Miss(GuildId guild)
    {
        if (_absent.Add(guild)) LogNotServed(AbsentGuilds.SentenceOn(guild, Guilds.Application));
    }

    // The bot was invited while it ran.
    private async Task WelcomeAsync(GuildId guild)
    {
        if (!_absent.Contains(guild) || Guilds.SettingsOf(guild) is not { } settings) return;
        await RegisterCommandsAsync(settings, onlyIfChanged: false);
        if (!_absent.Contains(guild)) await KeepPanelsAsync(settings, null);
    }

    private async Task<bool> IsGoneAsync(ChannelId channel)
    {
        try
        {
            // An archived thread is not among the active ones, but it is there.
            await Rest.GetChannelAsync(new Snowflake(channel.Value), _stopping.Token);
            return false;
        }
        catch (DiscordApiException refused)
        {
            return refused.Code == ErrorCode.UnknownChannel;
        }
    }

    private async Task WatchedAsync(string what, Func<Task> work)
    {
        Activity.Begin();
        try
        {
            await Task.Yield();
            await work();
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
        catch (Exception failure)
        {
            LogBackgroundFailed(what, failure);
        }
        finally
        {
            Activity.End();
        }
    }

    /// <summary>Stops: hears nothing more, ends what is under way, keeps the session so that the next start hears everything since.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null) await _gateway.StopAsync();
        using (var patience = new CancellationTokenSource(WorkEndsWithin, TimeProvider.System))
        {
            try
            {
                await Activity.WhenQuietAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                LogLeftToNextStart(WorkEndsWithin.TotalSeconds.ToString(CultureInfo.InvariantCulture));
            }
        }
        await _stopping.CancelAsync();
        Backlog.Dispose();
        if (_tidying is not null) await _tidying.DisposeAsync();
        await _timers.DisposeAsync();
        await _erasures.DisposeAsync();
        await _retention.DisposeAsync();
        await _rooms.DisposeAsync();
        await _outbox.DisposeAsync();
        await Webhooks.DisposeAsync();
        await _attachments.DisposeAsync();
        await _index.DisposeAsync();
        if (_gateway is not null) await _gateway.DisposeAsync();
        Rest.Dispose();
        Tokens.Dispose();
        _downloads.Dispose();
        _bucket?.Dispose();
        await _databases.DisposeAsync();
        _clients.Dispose();
        await Store.DisposeAsync();
        _stopping.Dispose();
        _applying.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Failed: {What}.")]
    private partial void LogBackgroundFailed(string what, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "A desk cannot be served: {Why}")]
    private partial void LogNotServed(string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Work was still under way after {Seconds} s; the next start takes it up.")]
    private partial void LogLeftToNextStart(string seconds);
}
