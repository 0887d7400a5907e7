using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features;
using Usher.Desk.Features.Opening;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Testing;
using Xunit;

namespace Usher.Storage.Tests;

/// <summary>A store in a database of its own, of the kind that the run is for, and short words for what tests say again and again.</summary>
public abstract class StoreTest : IAsyncLifetime
{
    protected static readonly GuildId Guild = new(900_000_000_000_000_001);
    protected static readonly UserId Alice = new(100_000_000_000_000_001);
    protected static readonly UserId Bob = new(100_000_000_000_000_002);
    protected static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("usher-store-").FullName;
    private TestDatabase? _database;
    private DeskStore? _store;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected string Folder => _folder;

    protected string DatabasePath => Path.Combine(_folder, "desk", "usher.db");

    protected DeskStore Store => _store ?? throw new InvalidOperationException("The store is closed.");

    protected string Url => (_database ?? throw new InvalidOperationException("There is no database yet.")).Url;

    /// <summary>Where the store's tables are, in a run for PostgreSQL.</summary>
    protected PostgresRoom Room => _database?.Room ?? throw new InvalidOperationException("This run is for SQLite.");

    protected StoreOptions Options => OptionsAt(Url);

    public virtual async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.BeginAsync(DatabasePath, Token);
        _store = await OpenAsync(Options);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync();
        if (_database is not null) await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected static StoreOptions OptionsFor(string path) => OptionsAt("sqlite:" + path);

    protected static StoreOptions OptionsAt(string url) =>
        new(url, All.Rules, new ManualTimeProvider(Noon)) { LockTimeout = TimeSpan.FromMilliseconds(50) };

    protected static Task<DeskStore> OpenAsync(StoreOptions options) => DeskStore.OpenAsync(options, NullLoggerFactory.Instance, Token);

    /// <summary>A connection to the same database as another program would have it, that looks at the guild.</summary>
    protected async Task<DbConnection> OtherProgramAsync()
    {
        if (!TestDatabase.IsPostgres)
        {
            var file = new SqliteConnection($"Data Source={Url["sqlite:".Length..]};Pooling=False");
            await file.OpenAsync(Token);
            return file;
        }
        var connection = await Room.ConnectAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = "select set_config('usher.guild', $1, false)";
        command.Parameters.Add(new NpgsqlParameter { Value = Guild.ToString() });
        await command.ExecuteNonQueryAsync(Token);
        return connection;
    }

    protected async Task CloseAsync()
    {
        if (_store is not null) await _store.DisposeAsync();
        _store = null;
    }

    /// <summary>A database with nothing in it.</summary>
    protected async Task StartAnewAsync()
    {
        await CloseAsync();
        if (_database is not null) await _database.DisposeAsync();
        _database = await TestDatabase.BeginAsync(Path.Combine(_folder, "anew", "usher.db"), Token);
    }

    protected async Task ReopenAsync()
    {
        await CloseAsync();
        _store = await OpenAsync(Options);
    }

    protected static TicketOpened Opened(long number = 1, UserId? by = null, string department = "help", int slot = 0, GuildId? guild = null) =>
        new(Noon, guild ?? Guild, number, department, by ?? Alice, "Alice", null, HomeKind.Thread, $"help-{number}", $"token-{guild ?? Guild}-{number}", slot, null);

    /// <summary>The commit of facts that follow on a ticket.</summary>
    protected static Commit Facts(Ticket? before, params ReadOnlySpan<Fact> facts)
    {
        var after = before;
        foreach (var fact in facts) after = fact.ApplyTo(after);
        return new Commit { Guild = after?.Guild ?? Guild, Before = before, After = after, Facts = [.. facts], By = Alice, At = Noon };
    }

    protected async Task<CommitResult.Committed> CommitAsync(Commit commit) =>
        Assert.IsType<CommitResult.Committed>(await Store.CommitAsync(commit, Token));

    /// <summary>A ticket that is opened and stored.</summary>
    protected async Task<Ticket> OpenTicketAsync(TicketOpened? opened = null)
    {
        var commit = Facts(null, opened ?? Opened());
        await CommitAsync(commit);
        return commit.After!;
    }

    /// <summary>The ticket after further facts, stored.</summary>
    protected async Task<Ticket> GoOnAsync(Ticket ticket, params Fact[] facts)
    {
        var commit = Facts(ticket, facts);
        await CommitAsync(commit);
        return commit.After!;
    }

    protected static Effect Line(string text) => new PostCard(new ChannelId(5), Card.Saying(text), Mentions.None, PostPurpose.Line);

    /// <summary>Keeps the writer busy from now on, so that what is written meanwhile waits and goes together.</summary>
    protected async Task<(Task Held, Action Release)> HoldWriterAsync()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = Store.Writer.WriteAsync(
            _ =>
            {
                begun.TrySetResult();
                return gate.Task;
            },
            _ => true,
            Token);
        await begun.Task;
        return (held, () => gate.SetResult(true));
    }

    /// <summary>Runs a script on the writer's own connection.</summary>
    protected Task OnWriterAsync(string script) => Store.Writer.WriteAsync(
        async db =>
        {
            await db.RunScriptAsync(script);
            return true;
        },
        _ => true,
        Token);
}
