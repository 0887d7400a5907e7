using Xunit;

namespace Usher.Storage.Tests;

public sealed class InboxTests : StoreTest
{
    [Fact]
    public async Task An_event_waits_until_it_is_done()
    {
        await Store.SaveInboxAsync("two", """{"text":"é"}"""u8.ToArray(), Noon.AddSeconds(1), Token);
        await Store.SaveInboxAsync("one", "{}"u8.ToArray(), Noon, Token);
        await Store.SaveInboxAsync("one", """{"again":1}"""u8.ToArray(), Noon, Token);
        await ReopenAsync();

        var pending = await Store.PendingInboxAsync(Token);
        Assert.Equal([("one", "{}", Noon), ("two", """{"text":"é"}""", Noon.AddSeconds(1))], pending.Select(row => (row.Key, System.Text.Encoding.UTF8.GetString(row.Payload), row.At)));
        Assert.False(await Store.IsDoneAsync("one", Token));

        await Store.MarkDoneAsync("one", Noon, Token);
        Assert.True(await Store.IsDoneAsync("one", Token));
        Assert.Equal(["two"], (await Store.PendingInboxAsync(Token)).Select(row => row.Key));
    }

    [Fact]
    public async Task An_event_that_is_done_does_not_come_back()
    {
        await Store.MarkDoneAsync("one", Noon, Token);
        await Store.SaveInboxAsync("one", "{}"u8.ToArray(), Noon, Token);

        Assert.Empty(await Store.PendingInboxAsync(Token));
        Assert.False(await Store.IsDoneAsync("never seen", Token));
    }

    [Fact]
    public async Task Pruning_forgets_what_was_done_long_ago_and_nothing_that_waits()
    {
        await Store.SaveInboxAsync("waits", "{}"u8.ToArray(), Noon.AddDays(-30), Token);
        await Store.MarkDoneAsync("old", Noon.AddDays(-2), Token);
        await Store.MarkDoneAsync("new", Noon, Token);
        await Store.PruneInboxAsync(Noon.AddDays(-1), Token);

        Assert.False(await Store.IsDoneAsync("old", Token));
        Assert.True(await Store.IsDoneAsync("new", Token));
        Assert.Single(await Store.PendingInboxAsync(Token));
    }
}
