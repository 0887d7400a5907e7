using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Usher.Desk.Features;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Engine.Importing;
using Usher.Engine.Importing.Sources;
using Usher.Engine.Importing.Systems;
using Usher.Engine.Settings;
using Usher.Storage;
using Usher.Testing;

namespace Usher.Scenarios.Importing;

/// <summary>A desk with a database of its own, and small databases and files of other systems, made as those systems make them.</summary>
public abstract class TakeoverTest : IAsyncLifetime
{
    protected const ulong Alice = 100_000_000_000_000_001;
    protected const ulong Bob = 100_000_000_000_000_002;
    protected const ulong Dana = 100_000_000_000_000_009;

    private const string Settings = """
        guild: "1100000000000000001"
        departments:
          support: { name: Support, staff: ["1100000000000000004"], home: { thread: "1100000000000000005" } }
          billing: { name: Billing, staff: ["1100000000000000004"], home: { channel: "1100000000000000006" } }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("usher-import-").FullName;
    private TestDatabase? _database;
    private DeskStore? _store;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected static GuildId Guild => new(1_100_000_000_000_000_001);

    protected static DeskSettings Desk { get; } = SettingsFile.Read(Settings, new Dictionary<string, string>()).Desks[0];

    protected DeskStore Store => _store!;

    protected static ManualTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.BeginAsync(System.IO.Path.Combine(_folder, "desk", "usher.db"), Token);
        _store = await DeskStore.OpenAsync(new StoreOptions(_database.Url, All.Rules, Time), NullLoggerFactory.Instance, Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null) await _store.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected string Path(string name) => System.IO.Path.Combine(_folder, name);

    protected string Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(name))!);
        File.WriteAllText(Path(name), text);
        return Path(name);
    }

    /// <summary>A SQLite file with what the SQL makes in it; the same name is the same file.</summary>
    protected async Task<string> SqliteAsync(string name, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path(name)};Pooling=False");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written in the test.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Token);
        return Path(name);
    }

    protected static async Task<ReadTickets> ReadAsync(string system, string from, SourceTimes? times = null)
    {
        await using var source = await SourceTables.OpenAsync(from, Token);
        return await ImportSystem.All.Single(known => known.Name == system).ReadAsync(source, times ?? SourceTimes.Utc, Guild, Token);
    }

    protected Takeover Takeover(string system, params string[] departments) =>
        new(Desk, Store, system, DepartmentMap.Read(departments, Desk, out _)!, Time);

    protected async Task<TakeoverPlan> PlanAsync(string system, string from, params string[] departments) =>
        await Takeover(system, departments).PlanAsync(await ReadAsync(system, from), Token);

    /// <summary>Takes over what is there, which must have no faults.</summary>
    protected async Task<TakeoverPlan> TakeAsync(string system, string from, params string[] departments)
    {
        var takeover = Takeover(system, departments);
        var plan = await takeover.PlanAsync(await ReadAsync(system, from), Token);
        Assert.Empty(plan.Faults);
        Assert.Empty(await takeover.ApplyAsync(plan, AuditSignature.CommandLine("tester", default), static _ => { }, Token));
        return plan;
    }

    protected async Task<Ticket> TicketAsync(long number) => (await Store.FindTicketAsync(new TicketKey(Guild, number), Token))!;

    protected async Task<IReadOnlyList<Ticket>> TicketsAsync()
    {
        var tickets = new List<Ticket>();
        for (var number = 1L; await Store.FindTicketAsync(new TicketKey(Guild, number), Token) is { } ticket; number++) tickets.Add(ticket);
        return tickets;
    }

    protected static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>The messages that are kept of a ticket, a line each.</summary>
    protected async Task<IReadOnlyList<string>> SaidAsync(long number)
    {
        var said = new List<string>();
        await foreach (var message in Store.MessagesAsync(Guild, number, Token))
        {
            using var json = System.Text.Json.JsonDocument.Parse(message.Payload);
            said.Add($"{json.RootElement.GetProperty("author").GetProperty("username").GetString()}: {json.RootElement.GetProperty("content").GetString()}");
        }
        return said;
    }
}
