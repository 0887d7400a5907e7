using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Opening;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Xunit;

namespace Usher.Storage.Tests;

public sealed class BlocklistTests : StoreTest
{
    private static readonly UserId Eve = new(ulong.MaxValue - 5);
    private static readonly BlockedMember Block = new(Eve, "sold a berth twice", Alice, Noon);

    [Fact]
    public async Task Who_is_blocked_is_so_after_a_restart_and_until_unblocked()
    {
        await ChangeAsync(new MemberBlocked(Block));
        await ReopenAsync();
        Assert.Equal(Block, await Store.FindBlockAsync(Guild, Eve, Token));
        Assert.Null(await Store.FindBlockAsync(Guild, Alice, Token));
        Assert.Null(await Store.FindBlockAsync(new GuildId(12345), Eve, Token));

        await ChangeAsync(new MemberUnblocked(Eve));
        Assert.Null(await Store.FindBlockAsync(Guild, Eve, Token));
        Assert.Empty(await Store.BlocklistAsync(Guild, Token));
    }

    [Fact]
    public async Task A_second_block_replaces_the_first_and_the_newest_stand_first()
    {
        var later = Block with { Reason = null, At = Noon.AddHours(2) };
        var other = new BlockedMember(new UserId(77), "spam", Alice, Noon.AddHours(1));
        await ChangeAsync(new MemberBlocked(Block), new MemberBlocked(other), new MemberBlocked(later));

        Assert.Equal([later, other], await Store.BlocklistAsync(Guild, Token));
    }

    [Fact]
    public async Task A_command_told_twice_changes_the_list_once()
    {
        var commit = new Commit { Guild = Guild, By = Alice, At = Noon, Changes = [new MemberBlocked(Block)], InboxKey = "m:1" };
        await CommitAsync(commit);
        await ChangeAsync(new MemberUnblocked(Eve));

        Assert.IsType<CommitResult.AlreadyDone>(await Store.CommitAsync(commit, Token));
        Assert.Null(await Store.FindBlockAsync(Guild, Eve, Token));
    }

    [Fact]
    public async Task When_somebody_last_opened_and_closed_is_told_by_department_and_failures_do_not_count()
    {
        var first = await OpenTicketAsync(Opened(1) with { At = Noon });
        await GoOnAsync(first, new TicketClosed(Noon.AddHours(3), ClosingKind.Closed, Alice, "Alice", null));
        await OpenTicketAsync(Opened(2) with { At = Noon.AddHours(2) });
        var failed = await OpenTicketAsync(Opened(3, department: "sales") with { At = Noon.AddHours(4) });
        await GoOnAsync(failed, new OpeningFailed(Noon.AddHours(4), FailureReason.GuildFull));

        Assert.Equal([new LatestTicket("help", Noon.AddHours(2), Noon.AddHours(3))], await Store.LatestTicketsAsync(Guild, Alice, Token));
        Assert.Equal(Noon.AddHours(3), new LatestTicket("help", Noon.AddHours(2), Noon.AddHours(3)).At);
        Assert.Empty(await Store.LatestTicketsAsync(Guild, Eve, Token));
    }

    private Task<CommitResult.Committed> ChangeAsync(params DeskChange[] changes) =>
        CommitAsync(new Commit { Guild = Guild, By = Alice, At = Noon, Changes = [.. changes] });
}
