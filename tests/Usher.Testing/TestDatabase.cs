namespace Usher.Testing;

/// <summary>
/// A database of a test's own, of the kind that this run is for: files of SQLite, or, when the environment says <c>USHER_TEST_DATABASE=postgres</c>, a real
/// PostgreSQL. <c>./test</c> runs what stores anything once with each; a test that is about one of them is marked as such: <c>[Trait("Database", "…")]</c>.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private TestDatabase(string url, PostgresRoom? room) => (Url, Room) = (url, room);

    /// <summary>Whether this run is for PostgreSQL.</summary>
    public static bool IsPostgres => Environment.GetEnvironmentVariable("USHER_TEST_DATABASE") == "postgres";

    /// <summary>Its address.</summary>
    public string Url { get; }

    /// <summary>Where it is when it is of PostgreSQL; null when it is a file.</summary>
    public PostgresRoom? Room { get; }

    /// <summary>Makes one.</summary>
    /// <param name="path">Where its file is to be, if it is one.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<TestDatabase> BeginAsync(string path, CancellationToken cancellation)
    {
        if (!IsPostgres) return new TestDatabase("sqlite:" + path, null);
        var room = await PostgresServer.RoomAsync(cancellation);
        return new TestDatabase(room.Url, room);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Room?.DisposeAsync() ?? ValueTask.CompletedTask;
}
