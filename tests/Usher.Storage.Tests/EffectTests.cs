using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Xunit;

namespace Usher.Storage.Tests;

public sealed class EffectTests : StoreTest
{
    private const string TicketStream = "t:900000000000000001:1";
    private const string DeskStream = "d:900000000000000001";

    private static Commit OnDesk(params ReadOnlySpan<Effect> effects) => new() { Guild = Guild, By = Alice, At = Noon, Effects = [.. effects] };

    private async Task<EffectRow?> FirstAsync(string stream = DeskStream) =>
        (await Store.OwedEffectsAsync(Token)).FirstOrDefault(owed => owed.Stream == stream) is { } owed ? await Store.FindEffectAsync(owed.Id, Token) : null;

    private async Task<EffectRow> NextAsync(string stream = DeskStream) => (await FirstAsync(stream))!;

    [Fact]
    public async Task A_stream_gives_its_effects_in_order_and_each_until_it_ends()
    {
        await CommitAsync(OnDesk(Line("one"), Line("two")));
        var first = await NextAsync();
        Assert.Equal((Line("one"), DeskStream, (long?)null, 0, (DateTimeOffset?)null, Noon), (first.Effect, first.Stream, first.Ticket, first.Attempts, first.BegunAt, first.DueAt));
        Assert.Equal(first, await NextAsync());

        await CommitAsync(OnDesk() with { EndedEffect = first.Id });
        var second = await NextAsync();
        Assert.Equal(Line("two"), second.Effect);
        Assert.True(second.Id > first.Id);
        await CommitAsync(OnDesk() with { EndedEffect = second.Id });

        Assert.Null(await FirstAsync());
    }

    [Fact]
    public async Task A_tickets_effects_have_a_stream_of_their_own()
    {
        var ticket = await OpenTicketAsync();
        await CommitAsync(OnDesk(Line("desk")));
        await CommitAsync(Facts(ticket) with { Effects = [Line("ticket")] });

        Assert.Equal([DeskStream, TicketStream], (await Store.OwedEffectsAsync(Token)).Select(owed => owed.Stream));
        Assert.Equal((Line("ticket"), (long?)1), ((await NextAsync(TicketStream)).Effect, (await NextAsync(TicketStream)).Ticket));
    }

    [Fact]
    public async Task An_id_is_never_given_twice()
    {
        var one = (await CommitAsync(OnDesk(Line("one")))).Effects[0].Id;
        await CommitAsync(OnDesk() with { EndedEffect = one });
        await ReopenAsync();

        Assert.True((await CommitAsync(OnDesk(Line("two")))).Effects[0].Id > one);
    }

    [Fact]
    public async Task A_begun_try_stays_begun_over_a_restart()
    {
        var id = (await CommitAsync(OnDesk(Line("one")))).Effects[0].Id;
        await Store.BeginEffectAsync(id, Noon, Token);
        await ReopenAsync();

        Assert.Equal(Noon, (await NextAsync()).BegunAt);
    }

    [Fact]
    public async Task What_it_follows_from_is_known_over_a_restart()
    {
        const string Click = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        var stored = await CommitAsync(OnDesk(Line("one")) with { Trace = Click });
        Assert.Equal(Click, stored.Effects[0].Trace);
        await ReopenAsync();
        Assert.Equal(Click, (await NextAsync()).Trace);

        await CommitAsync(OnDesk(Line("untraced")) with { EndedEffect = stored.Effects[0].Id });
        Assert.Null((await NextAsync()).Trace);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_failed_try_is_due_later_and_remembers_whether_it_may_have_happened(bool unknownOutcome)
    {
        var id = (await CommitAsync(OnDesk(Line("one")))).Effects[0].Id;
        await Store.BeginEffectAsync(id, Noon, Token);
        await Store.DelayEffectAsync(id, Noon.AddSeconds(5), "503", unknownOutcome, Token);

        var row = await NextAsync();
        Assert.Equal((1, Noon.AddSeconds(5), unknownOutcome ? Noon : null), (row.Attempts, row.DueAt, row.BegunAt));
    }

    [Fact]
    public async Task What_cannot_be_done_is_a_dead_letter_and_blocks_nothing()
    {
        var rows = (await CommitAsync(OnDesk(Line("one"), Line("two"), Line("three")))).Effects;
        var later = Noon.AddMinutes(1);
        await CommitAsync(OnDesk() with { EndedEffect = rows[0].Id, EndedEffectFailed = true, EndedError = "Missing Access", At = later });
        await CommitAsync(OnDesk() with { EndedEffect = rows[1].Id, EndedEffectFailed = true });

        Assert.Equal(Line("three"), (await NextAsync()).Effect);
        Assert.Equal(
            [new DeadLetter(rows[1].Id, Guild, null, Line("two"), 1, Noon, ""), new DeadLetter(rows[0].Id, Guild, null, Line("one"), 1, later, "Missing Access")],
            await Store.DeadLettersAsync(Guild, 10, Token));
        Assert.Single(await Store.DeadLettersAsync(Guild, 1, Token));
        Assert.Empty(await Store.DeadLettersAsync(new GuildId(2), 10, Token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_effect_ends_once(bool failed)
    {
        var id = (await CommitAsync(OnDesk(Line("one")))).Effects[0].Id;
        var end = OnDesk(Line("next")) with { EndedEffect = id, EndedEffectFailed = failed };
        await CommitAsync(end);

        Assert.IsType<CommitResult.AlreadyDone>(await Store.CommitAsync(end, Token));
        Assert.Single(await Store.OwedEffectsAsync(Token));
        await CommitAsync(OnDesk() with { EndedEffect = (await NextAsync()).Id });
        Assert.Empty(await Store.OwedEffectsAsync(Token));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"kind":"write_a_letter"}""")]
    public async Task What_cannot_be_read_is_put_aside_and_what_is_behind_it_goes_on(string body)
    {
        var rows = (await CommitAsync(OnDesk(Line("one"), Line("two")))).Effects;
        await OnWriterAsync($"update effects set body = '{body}' where id = {rows[0].Id}");

        Assert.Null(await Store.FindEffectAsync(rows[0].Id, Token));
        Assert.Equal(Line("two"), (await NextAsync()).Effect);
        var letter = Assert.Single(await Store.DeadLettersAsync(Guild, 10, Token));
        Assert.Equal((rows[0].Id, (Effect?)null), (letter.Id, letter.Effect));
        Assert.Contains("cannot be read", letter.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_end_that_conflicts_leaves_the_effect_waiting()
    {
        var ticket = await OpenTicketAsync();
        var row = (await CommitAsync(Facts(ticket) with { Effects = [Line("one")] })).Effects[0];
        await GoOnAsync(ticket, new Desk.Features.Claiming.TicketClaimed(Noon, Bob, "Bob"));

        Assert.IsType<CommitResult.Conflict>(await Store.CommitAsync(Facts(ticket) with { EndedEffect = row.Id }, Token));
        Assert.Equal(row, await NextAsync(TicketStream));
    }
}
