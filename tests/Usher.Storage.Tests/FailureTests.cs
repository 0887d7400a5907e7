using Microsoft.Data.Sqlite;
using Usher.Desk.Features.Claiming;
using Xunit;

namespace Usher.Storage.Tests;

[Trait("Database", "Sqlite")]
public sealed class FailureTests : StoreTest
{
    private async Task<SqliteConnection> FileAsync(string script, string? path = null)
    {
        var connection = new SqliteConnection($"Data Source={path ?? DatabasePath};Pooling=False");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A test's own constant.
        command.CommandText = script;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Token);
        return connection;
    }

    private static async Task<StoreUnavailableException> FailsAsync(StoreFailure reason, Func<Task> act)
    {
        var exception = await Assert.ThrowsAsync<StoreUnavailableException>(act);
        Assert.Equal(reason, exception.Reason);
        return exception;
    }

    [Fact]
    public async Task What_was_committed_is_there_after_a_crash()
    {
        var ticket = await GoOnAsync(await OpenTicketAsync(), new TicketClaimed(Noon, Bob, "Bob"));
        var crashed = Path.Combine(Folder, "crashed.db");
        // What a killed process leaves: the file and its log, never brought together.
        File.Copy(DatabasePath, crashed);
        File.Copy(DatabasePath + "-wal", crashed + "-wal");
        Assert.True(new FileInfo(crashed + "-wal").Length > 0);

        await using var store = await OpenAsync(OptionsFor(crashed));
        Assert.Equal(ticket, await store.FindTicketAsync(ticket.Key, Token));
    }

    [Fact]
    public async Task A_lock_held_by_another_program_is_said_and_passes()
    {
        var ticket = await OpenTicketAsync();
        var claim = Facts(ticket, new TicketClaimed(Noon, Bob, "Bob"));
        await using (await FileAsync("begin immediate"))
        {
            var exception = await FailsAsync(StoreFailure.Locked, () => Store.CommitAsync(claim, Token));
            Assert.True(exception.Passes);
            Assert.Contains(DatabasePath, exception.Message, StringComparison.Ordinal);
            Assert.Equal(ticket, await Store.FindTicketAsync(ticket.Key, Token));
            Assert.False(await Store.PingAsync(Token));
        }

        Assert.True(await Store.PingAsync(Token));
        await CommitAsync(claim);
    }

    [Fact]
    public async Task Opening_waits_for_a_lock_no_longer_than_told()
    {
        await CloseAsync();
        await using (await FileAsync("begin exclusive"))
            await FailsAsync(StoreFailure.Locked, () => OpenAsync(Options));

        await ReopenAsync();
    }

    [Fact]
    public async Task A_full_disk_is_said_and_work_goes_on_when_there_is_room()
    {
        await OpenTicketAsync();
        await OnWriterAsync("pragma max_page_count = 1");
        var large = new string('x', 1_000_000);

        await FailsAsync(StoreFailure.DiskFull, () => Store.SaveSessionAsync(0, large, Token));
        Assert.Null(await Store.LoadSessionAsync(0, Token));

        await OnWriterAsync("pragma max_page_count = 1000000");
        await Store.SaveSessionAsync(0, large, Token);
        Assert.Equal(large, await Store.LoadSessionAsync(0, Token));
    }

    [Fact]
    public async Task What_is_too_large_for_the_disk_takes_nothing_small_down_with_it()
    {
        await OnWriterAsync("pragma max_page_count = 1");
        var (held, release) = await HoldWriterAsync();
        var numbers = Enumerable.Range(0, 5).Select(_ => Store.NextNumberAsync(Guild, Token)).ToList();
        var large = Store.SaveSessionAsync(0, new string('x', 1_000_000), Token);
        numbers.AddRange(Enumerable.Range(0, 5).Select(_ => Store.NextNumberAsync(Guild, Token)));
        release();

        await held;
        await FailsAsync(StoreFailure.DiskFull, () => large);
        Assert.Equal(Enumerable.Range(1, 10).Select(n => (long)n), await Task.WhenAll(numbers));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_said()
    {
        await OnWriterAsync("pragma query_only = on");

        await FailsAsync(StoreFailure.ReadOnly, () => Store.SaveSessionAsync(0, "{}", Token));
        Assert.Null(await Store.LoadSessionAsync(0, Token));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_said()
    {
        var path = Path.Combine(Folder, "letter.txt");
        await File.WriteAllTextAsync(path, string.Concat(Enumerable.Repeat("Dear Sir or Madam, ", 500)), Token);

        var exception = await FailsAsync(StoreFailure.Corrupt, () => OpenAsync(OptionsFor(path)));
        Assert.False(exception.Passes);
    }

    [Fact]
    public async Task A_damaged_file_is_said()
    {
        var ticket = await OpenTicketAsync();
        await CloseAsync();
        await using (var file = File.OpenWrite(DatabasePath))
        {
            file.Seek(2 * 4096, SeekOrigin.Begin);
            await file.WriteAsync(Enumerable.Repeat((byte)0xff, (int)file.Length - 2 * 4096).ToArray(), Token);
        }

        await FailsAsync(StoreFailure.Corrupt, async () =>
        {
            await ReopenAsync();
            await Store.FindTicketAsync(ticket.Key, Token);
        });
    }

    [Fact]
    public async Task A_newer_database_is_refused_and_left_alone()
    {
        await CloseAsync();
        await using (await FileAsync("insert into schema_versions (version, name, applied_at) values (999, 'later', 0)")) { }

        var exception = await FailsAsync(StoreFailure.Newer, () => OpenAsync(Options));
        Assert.Contains("999", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres://")]
    [InlineData("postgres://host/desk?schema=no;more")]
    [InlineData("mysql://somewhere")]
    [InlineData("sqlite:")]
    [InlineData("usher.db")]
    public async Task An_address_of_another_kind_is_refused(string address) =>
        await FailsAsync(StoreFailure.Other, () => OpenAsync(Options with { DatabaseUrl = address }));

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_said()
    {
        var file = Path.Combine(Folder, "file");
        await File.WriteAllTextAsync(file, "", Token);

        await FailsAsync(StoreFailure.Other, () => OpenAsync(OptionsFor(Path.Combine(file, "usher.db"))));
        await FailsAsync(StoreFailure.Other, () => OpenAsync(OptionsFor(Folder)));
    }

    [Fact]
    public async Task Two_programs_that_start_at_once_migrate_once()
    {
        var path = Path.Combine(Folder, "new.db");
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenAsync(OptionsFor(path) with { LockTimeout = TimeSpan.FromSeconds(10) })));
        foreach (var store in stores) await store.DisposeAsync();

        await using var connection = await FileAsync("select 1", path);
        await using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from schema_versions where version = 1 and applied_at > 0";
        Assert.Equal(1L, await command.ExecuteScalarAsync(Token));
    }

    [Fact]
    public async Task A_store_that_survives_a_power_cut_works_the_same()
    {
        await using var store = await OpenAsync(OptionsFor(Path.Combine(Folder, "safe.db")) with { SurvivesPowerCut = true });

        Assert.IsType<CommitResult.Committed>(await store.CommitAsync(Facts(null, Opened()), Token));
    }
}
