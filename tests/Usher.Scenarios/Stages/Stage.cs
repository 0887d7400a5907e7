using System.Data.Common;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Values;
using Usher.Discord.Gateway;
using Usher.Engine;
using Usher.Sandbox;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;
using Usher.Storage.S3;
using Usher.Testing;
using Usher.Web;
using Usher.Web.Transcripts;

namespace Usher.Scenarios.Stages;

/// <summary>The whole of Usher and a Discord in a box, on real sockets, with one clock in the test's hand.</summary>
public sealed class Stage : IAsyncDisposable
{
    // A settled desk is silent on every socket; that is asked this often, in real time.
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("usher-stage-").FullName;
    private readonly StageLog _log = new();
    private TestDatabase? _database;
    private WebApplication? _web;
    private DeskHost? _desk;
    private string _address = "";

    private Stage(Box box, ManualTimeProvider clock)
    {
        Box = box;
        Clock = clock;
    }

    public Box Box { get; }

    public ManualTimeProvider Clock { get; }

    public Harbour Harbour => Box.Harbour;

    public DeskHost Desk => _desk ?? throw new InvalidOperationException("Usher is not running.");

    public DeskSettings Settings { get; set; } = null!;

    public Person Alice => Box.Cast["Alice"];

    public Person Bob => Box.Cast["Bob"];

    public Person Carol => Box.Cast["Carol"];

    public Person Dana => Box.Cast["Dana"];

    public Person Erin => Box.Cast["Erin"];

    public HttpClient Browser { get; } = new();

    /// <summary>Where the database is, when not where the run has it.</summary>
    public string? DatabaseUrl { get; set; }

    /// <summary>The files of clicks that the database could not take.</summary>
    public IReadOnlyList<string> KeptClicks => Directory.Exists(ClicksFolder) ? Directory.GetFiles(ClicksFolder) : [];

    /// <summary>The folder of these.</summary>
    public string ClicksFolder => Path.Combine(_folder, "clicks");

    /// <summary>The bucket in which attachments are kept; null when in the data folder.</summary>
    public S3Settings? Bucket { get; set; }

    /// <summary>Whether Usher was told under which address people reach it.</summary>
    public bool HasAddress { get; set; } = true;

    /// <summary>The files of messages whose bytes Usher keeps.</summary>
    public IEnumerable<string> KeptFiles => Directory.EnumerateFiles(Path.Combine(_folder, "attachments"), "*", SearchOption.AllDirectories);

    /// <summary>Looks through the bytes of all that Usher has on the disk, the database's own files too, where they are files.</summary>
    public void DiskHoldsNothingOf(params ReadOnlySpan<string> words)
    {
        foreach (var file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            var text = System.Text.Encoding.Latin1.GetString(bytes.ToArray());
            foreach (var word in words) Assert.False(text.Contains(word, StringComparison.OrdinalIgnoreCase), $"{Path.GetFileName(file)} holds {word}.");
        }
    }

    /// <summary>What Usher logged, a line each.</summary>
    public IReadOnlyCollection<string> Log => _log.Lines;

    /// <summary>Starts the box and Usher.</summary>
    /// <param name="arrange">Changes the settings or the world before Usher starts.</param>
    /// <param name="limits">Whether the box limits rates as Discord does.</param>
    public static async Task<Stage> StartAsync(Action<Stage>? arrange = null, bool limits = false)
    {
        var clock = new ManualTimeProvider();
        var box = await Box.StartAsync(
            new BoxOptions { Time = clock, HeartbeatTime = clock, RateLimits = limits, HeartbeatInterval = TimeSpan.FromDays(7), JournalFile = JournalFile() }, Now);
        var stage = new Stage(box, clock);
        stage.Settings = stage.UsualSettings();
        arrange?.Invoke(stage);
        await stage.StartUsherAsync();
        return stage;
    }

    /// <summary>Starts Usher (again) on the same data.</summary>
    public async Task StartUsherAsync(bool settle = true, string? token = null)
    {
        if (_web is null) await ServeAsync();
        if (DatabaseUrl is null) _database ??= await TestDatabase.BeginAsync(Path.Combine(_folder, "usher.db"), Now);
        _desk = await DeskHost.StartAsync(
            new DeskOptions
            {
                Token = token ?? Box.Token,
                ApiAddress = Box.ApiAddress,
                DatabaseUrl = DatabaseUrl ?? _database!.Url,
                DataFolder = _folder,
                Bucket = Bucket,
                PublicAddress = HasAddress ? _address : "",
                Settings = [Settings],
                Transcripts = TranscriptSource.WriteFileAsync,
                Time = Clock,
                Loggers = LoggerFactory.Create(log => log.AddProvider(_log).SetMinimumLevel(LogLevel.Information)),
                RequestsPerSecond = 0,
                LockTimeout = TimeSpan.FromSeconds(1),
            },
            Now);
        if (settle) await SettlesAsync();
    }

    /// <summary>Another program holds the database so that nothing can be written, until the connection is let go of.</summary>
    public async Task<DbConnection> LocksDatabaseAsync()
    {
        var other = await OtherProgramAsync();
        await using var command = other.CreateCommand();
        command.CommandText = TestDatabase.IsPostgres ? "begin; lock table tickets, ticket_numbers, inbox, effects in exclusive mode" : "begin immediate";
        await command.ExecuteNonQueryAsync(Now);
        return other;
    }

    /// <summary>Another program runs a statement in the database, whose values are called <c>$1</c> and so on.</summary>
    /// <returns>The first value that it answers.</returns>
    public async Task<object?> InDatabaseAsync(string sql, params string[] values)
    {
        await using var other = await OtherProgramAsync();
        await using var command = other.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            // PostgreSQL counts them, SQLite knows them by name.
            if (!TestDatabase.IsPostgres) parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"${i + 1}");
            parameter.Value = values[i];
            command.Parameters.Add(parameter);
        }
        return await command.ExecuteScalarAsync(Now);
    }

    /// <summary>A connection to the database as another program would have it.</summary>
    public async Task<DbConnection> OtherProgramAsync()
    {
        if (_database!.Room is not { } room)
        {
            var file = new SqliteConnection($"Data Source={Path.Combine(_folder, "usher.db")};Pooling=False");
            await file.OpenAsync(Now);
            return file;
        }
        var connection = await room.ConnectAsync(Now);
        await using var command = connection.CreateCommand();
        command.CommandText = "set usher.scope = 'desk'";
        await command.ExecuteNonQueryAsync(Now);
        return connection;
    }

    /// <summary>Lets time pass until Usher is connected again, and settles. While a shard and the box talk it stands still: how long that may take goes by the clock, too.</summary>
    public async Task ReconnectsAsync()
    {
        await LookUntilAsync(() => Desk.NotReadyBecause is null, "Usher does not reconnect.", Glance * 10, () =>
        {
            if (Desk.Gateway.Shards.Any(shard => shard.Status is ShardStatus.Disconnected or ShardStatus.Queued)) Clock.Advance(TimeSpan.FromSeconds(1));
            return Task.CompletedTask;
        });
        await SettlesAsync();
    }

    /// <summary>Starts Usher again after Discord forgot its session.</summary>
    public async Task StartUsherWithoutSessionAsync()
    {
        Box.ForgetSessions();
        await StartUsherAsync(settle: false);
        await ReconnectsAsync();
    }

    /// <summary>Stops Usher cleanly.</summary>
    public async Task StopUsherAsync()
    {
        await Desk.DisposeAsync();
        _desk = null;
    }

    /// <summary>Waits until Usher has read all that was told and has nothing left to do now.</summary>
    public async Task SettlesAsync()
    {
        var quiet = 0;
        await LookUntilAsync(() => (quiet = IsSettled() ? quiet + 1 : 0) == 3, "Usher does not settle.", Glance);
    }

    /// <summary>Gives the sockets a moment, whether or not anything is left to do.</summary>
    public async Task BreathesAsync()
    {
        for (var glance = 0; glance < 10 && !IsSettled(); glance++) await Task.Delay(Glance, Now);
    }

    /// <summary>Waits until something is so, while the clock stands still.</summary>
    public Task UntilAsync(Func<bool> holds) => LookUntilAsync(holds, "It never came so.", Glance);

    /// <summary>Lets second after second pass until something is so.</summary>
    public Task PassesUntilAsync(Func<bool> holds) => LookUntilAsync(holds, "It never came so.", Glance, () =>
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        return BreathesAsync();
    });

    /// <summary>Lets a second and a half pass, after which a click must be deferred, and waits until it is, however long that takes.</summary>
    public async Task<Asked> DeferredAsync(Task<Asked> asking)
    {
        Clock.Advance(TimeSpan.FromMilliseconds(1500));
        return await asking.WaitAsync(Patience, Now);
    }

    /// <summary>Lets time pass, and everything that becomes due happen.</summary>
    public async Task PassesAsync(TimeSpan time)
    {
        Clock.Advance(time);
        await SettlesAsync();
    }

    /// <summary>Lets time pass second after second, with room for the sockets in between: back-off, limits and deadlines go by the clock.</summary>
    public async Task WaitsOutAsync(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMilliseconds(500))
        {
            Clock.Advance(TimeSpan.FromMilliseconds(500));
            await BreathesAsync();
        }
        await SettlesAsync();
    }

    /// <summary>Somebody does something; then everything settles.</summary>
    public async Task<Asked> AfterAsync(Task<Asked> asking)
    {
        await SettlesAsync();
        var asked = await asking.WaitAsync(Patience, Now);
        await SettlesAsync();
        return asked;
    }

    /// <summary>Alice opens a ticket by the panel; the home that she then sees is returned.</summary>
    public Task<ChannelState> OpensAsync(string department) => OpensAsync(Alice, department);

    /// <summary>Somebody opens a ticket by the panel; the home that they then see is returned.</summary>
    public async Task<ChannelState> OpensAsync(Person person, string department)
    {
        var before = person.Channels(Harbour.Guild).ToHashSet();
        await AfterAsync(person.Clicks(department, Harbour.Help));
        return Assert.Single(person.Channels(Harbour.Guild), channel => !before.Contains(channel));
    }

    /// <summary>The newest home of a ticket, for those made without a click.</summary>
    public ChannelState HomeOf(long number) =>
        Erin.Channels(Harbour.Guild).Concat(Alice.Channels(Harbour.Guild)).Last(channel => Desk.Homes.TicketIn(channel.Id.Value)?.Number == number);

    /// <summary>The card at the head of a ticket, as that person sees it.</summary>
    public static string CardIn(ChannelState home, Person person) => Person.TextOf(person.Sees(home)[0]);

    /// <summary>What stands in the staff's log, newest last.</summary>
    public IReadOnlyList<string> StaffLog => [.. Erin.Sees(Harbour.StaffLog).Select(Person.TextOf)];

    /// <summary>A transcript, read as a browser would.</summary>
    public async Task<string> TranscriptAsync(long number)
    {
        var ticket = await Desk.Store.FindTicketAsync(new Desk.Tickets.TicketKey(new GuildId(Harbour.Guild.Id.Value), number), Now);
        return await Browser.GetStringAsync(new Uri($"{_address}/api/ticket/{ticket!.TranscriptToken}"), Now);
    }

    /// <summary>The address of Usher's own pages.</summary>
    public string Address => _address;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    // Sockets and databases are real: no clock of a test's tells when they are done, so it is looked again and again, with a safety net for what never comes.
    private async Task LookUntilAsync(Func<bool> holds, string complaint, TimeSpan pause, Func<Task>? meanwhile = null)
    {
        var deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!holds())
        {
            if (Environment.TickCount64 > deadline) throw new TimeoutException(complaint + "\n" + string.Join('\n', Log.TakeLast(20)));
            if (meanwhile is not null) await meanwhile();
            await Task.Delay(pause, Now);
        }
    }

    private bool IsSettled()
    {
        if (_desk is null) return true;
        if (!_desk.Activity.IsQuiet || Box.RequestsUnderWay > 0 || _desk.NotReadyBecause is not null) return false;
        var told = Box.Dispatched(Harbour.Bot);
        return _desk.Gateway.Shards.All(shard =>
            shard.Checkpoint is { Open: 0 } checkpoint && checkpoint.Received is { } session && told.TryGetValue(session.Id, out var last) && session.Sequence == last);
    }

    private DeskSettings UsualSettings() => new()
    {
        Guild = new GuildId(Harbour.Guild.Id.Value),
        Language = Language.English,
        LogChannel = new ChannelId(Harbour.StaffLog.Id.Value),
        Managers = [new RoleId(Harbour.Manager.Id.Value)],
        Departments =
        [
            new Department
            {
                Key = "support", Name = "Support", Emoji = "🛟", Staff = [new RoleId(Harbour.Support.Id.Value)],
                Home = new HomeSettings(HomeKind.Thread, new ChannelId(Harbour.SupportChannel.Id.Value)),
            },
            new Department
            {
                Key = "billing", Name = "Billing", Staff = [new RoleId(Harbour.Billing.Id.Value)],
                Home = new HomeSettings(HomeKind.Channel, new ChannelId(Harbour.Tickets.Id.Value)),
            },
        ],
        Panels = [new Panel { Key = "help", Channel = new ChannelId(Harbour.Help.Id.Value), Title = "How can we help?", Departments = ["support", "billing"] }],
    };

    private async Task ServeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _web = builder.Build();
        _web.MapUsher(() => _desk);
        await _web.StartAsync(Now);
        _address = _web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    private static string? JournalFile() =>
        Environment.GetEnvironmentVariable("USHER_JOURNALS") is { Length: > 0 } folder
            ? Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Guid.NewGuid():N}.jsonl"))
            : null;

    public async ValueTask DisposeAsync()
    {
        if (_desk is not null) await _desk.DisposeAsync();
        if (_web is not null) await _web.DisposeAsync();
        await Box.DisposeAsync();
        Browser.Dispose();
        if (_database is not null) await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
