using Microsoft.Extensions.Logging.Abstractions;
using Usher.Desk.Engine;
using Usher.Desk.Features;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Opening;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Storage;
using Usher.Testing;
using Xunit;

namespace Usher.Tests;

public sealed class EraseTests : IDisposable
{
    private const string Settings = """
        guild: "1100000000000000001"
        departments:
          support: { name: Support, staff: ["1100000000000000004"], home: { thread: "1100000000000000005" } }
        """;

    private const string User = "1100000000000000042";
    private static readonly GuildId Guild = new(1100000000000000001);
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_shows_asks_and_does_what_is_to_be_done_and_by_whom_stands_in_the_audit_log()
    {
        await FillAsync(closed: true);
        var (code, output, errors) = await RunAsync("erase", User);
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("1 ticket with what they said", output, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed.", output, StringComparison.Ordinal);

        Assert.Contains("It is asked for.", (await RunAsync("erase", User, "--yes")).Output, StringComparison.Ordinal);
        Assert.Contains("You asked for it yourself.", (await RunAsync("erase", User, "--yes")).Errors, StringComparison.Ordinal);
        (code, output, errors) = await RunAsync("erase", User, "--yes", "--alone");
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("is erased", output, StringComparison.Ordinal);

        await using (var store = await OpenAsync())
        {
            var ticket = (await store.FindTicketAsync(new TicketKey(Guild, 1), Token))!;
            Assert.Equal((Nobody.Id, Nobody.Name, null), (ticket.Opener, ticket.OpenerName, ticket.Subject));
        }
        var audit = (await RunAsync("audit", "list")).Output;
        Assert.Contains("erasure_asked concerning " + User, audit, StringComparison.Ordinal);
        Assert.Contains("erasure_approved: erasure 1", audit, StringComparison.Ordinal);
        Assert.Contains("Nothing is kept of the user", (await RunAsync("erase", User, "--yes")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_still_worked_on_is_not_touched_and_wrong_wishes_are_told_plainly()
    {
        await FillAsync(closed: false);

        var (code, _, errors) = await RunAsync("erase", User, "--yes", "--alone");
        Assert.Equal(2, code);
        Assert.Contains("still worked on: 1.", errors, StringComparison.Ordinal);
        Assert.Contains("--alone says how --yes is meant", (await RunAsync("erase", User, "--alone")).Errors, StringComparison.Ordinal);
        Assert.Contains("«bob» is none", (await RunAsync("erase", "bob")).Errors, StringComparison.Ordinal);
    }

    private async Task FillAsync(bool closed)
    {
        await using var store = await OpenAsync();
        var (at, by) = (DateTimeOffset.UnixEpoch, new UserId(ulong.Parse(User, System.Globalization.CultureInfo.InvariantCulture)));
        var facts = new List<Fact> { new TicketOpened(at, Guild, 1, "support", by, "Zenobia", null, HomeKind.Thread, "zenobia-1", "token", 0, null, Subject: "A quagmire") };
        if (closed) facts.Add(new TicketClosed(at, ClosingKind.Closed, new UserId(7), "Sam", null));
        var after = facts.Aggregate((Ticket?)null, (ticket, fact) => fact.ApplyTo(ticket));
        Assert.IsType<CommitResult.Committed>(await store.CommitAsync(new Commit { Guild = Guild, After = after, Facts = [.. facts], By = by, At = at }, Token));
    }

    private Task<DeskStore> OpenAsync() =>
        DeskStore.OpenAsync(new StoreOptions($"sqlite:{Path.Combine(_folder.Path, "data", "usher.db")}", All.Rules, TimeProvider.System), NullLoggerFactory.Instance, Token);

    private async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "usher.yml"), Settings, Token);
        return await UsherProcess.RunAsync(_folder.Path, new Dictionary<string, string>(), arguments);
    }
}
