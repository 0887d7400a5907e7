using Microsoft.Extensions.Logging.Abstractions;
using Usher.Desk.Features;
using Usher.Desk.Values;
using Usher.Storage;
using Usher.Testing;
using Xunit;

namespace Usher.Tests;

public sealed class MemberTests : IDisposable
{
    private const string Settings = """
        guild: "1100000000000000001"
        departments:
          support: { name: Support, staff: ["1100000000000000004"], home: { thread: "1100000000000000005" } }
        """;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_kept_of_somebody_is_written_once_and_told_in_the_audit_log()
    {
        var block = new Usher.Desk.Engine.MemberBlocked(new Usher.Desk.People.BlockedMember(new UserId(42), "sold a berth twice", new UserId(7), DateTimeOffset.UnixEpoch));
        await using (var store = await DeskStore.OpenAsync(new StoreOptions($"sqlite:{Path.Combine(_folder.Path, "data", "usher.db")}", All.Rules, TimeProvider.System), NullLoggerFactory.Instance, Token))
            await store.CommitAsync(new Commit { Guild = new GuildId(1100000000000000001), By = new UserId(7), At = DateTimeOffset.UnixEpoch, Changes = [block] }, Token);
        // What the program that runs is just storing is none of the verb's business.
        var incoming = Directory.CreateDirectory(Path.Combine(_folder.Path, "data", "attachments", "incoming"));
        await File.WriteAllTextAsync(Path.Combine(incoming.FullName, "half"), "half", Token);

        var (code, output, errors) = await RunAsync("member", "export", "42", "--to", "alice.zip");
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("alice.zip holds 0 tickets, 0 messages and 0 files of the user 42.", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(incoming.FullName, "half")));
        Assert.Contains("member_exported concerning 42", (await RunAsync("audit", "list")).Output, StringComparison.Ordinal);

        Assert.Equal(2, (await RunAsync("member", "export", "42", "--to", "alice.zip")).Code);
        Assert.Contains("is as it was written: 1 entries.", (await RunAsync("audit", "verify")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bob --to a.zip", "USER takes a user's id; «bob» is none.")]
    [InlineData("7 --to a.zip", "Nothing is kept of the user 7 in the guild 1100000000000000001.")]
    [InlineData("7 --to nowhere/a.zip", "cannot be written")]
    public async Task Wrong_wishes_are_told_plainly_and_leave_no_file(string arguments, string words)
    {
        var (code, output, errors) = await RunAsync(["member", "export", .. arguments.Split(' ')]);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(words, errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.zip", SearchOption.AllDirectories));
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "usher.yml"), Settings, Token);
        return await UsherProcess.RunAsync(_folder.Path, new Dictionary<string, string>(), arguments);
    }
}
