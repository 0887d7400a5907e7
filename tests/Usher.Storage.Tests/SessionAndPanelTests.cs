using Usher.Desk.Values;
using Xunit;

namespace Usher.Storage.Tests;

public sealed class SessionAndPanelTests : StoreTest
{
    [Theory]
    [InlineData("a\0b")]
    [InlineData("half \uD83D of a pair")]
    [InlineData("\uDC00")]
    public async Task Text_that_a_database_may_not_know_is_kept_as_far_as_it_goes(string text)
    {
        await Store.SaveSessionAsync(0, text, Token);

        Assert.StartsWith(text[..1].Replace('\uDC00', '\uFFFD'), await Store.LoadSessionAsync(0, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shards_session_is_kept_replaced_and_forgotten()
    {
        await Store.SaveSessionAsync(0, "old", Token);
        await Store.SaveSessionAsync(0, "new", Token);
        await Store.SaveSessionAsync(1, "other", Token);
        await ReopenAsync();
        Assert.Equal("new", await Store.LoadSessionAsync(0, Token));

        await Store.ForgetSessionAsync(0, Token);

        Assert.Null(await Store.LoadSessionAsync(0, Token));
        Assert.Equal("other", await Store.LoadSessionAsync(1, Token));
    }

    [Fact]
    public async Task A_panel_is_found_by_its_key_and_by_its_message()
    {
        var panel = new PostedPanel(Guild, "main", new ChannelId(1), new MessageId(2), "print");
        await Store.SavePanelAsync(panel, Token);
        Assert.Equal(panel, await Store.FindPanelByMessageAsync(panel.Message, Token));

        var anew = panel with { Message = new MessageId(3), Fingerprint = "other" };
        await Store.SavePanelAsync(anew, Token);

        Assert.Equal(anew, await Store.FindPanelAsync(Guild, "main", Token));
        Assert.Null(await Store.FindPanelByMessageAsync(panel.Message, Token));
        Assert.Null(await Store.FindPanelAsync(Guild, "other", Token));
        Assert.Null(await Store.FindPanelAsync(new GuildId(2), "main", Token));
    }

    [Fact]
    public async Task A_direct_message_channel_is_remembered()
    {
        Assert.Null(await Store.DirectMessageChannelAsync(Alice, Token));
        await Store.SaveDirectMessageChannelAsync(Alice, new ChannelId(1), Token);
        await Store.SaveDirectMessageChannelAsync(Alice, new ChannelId(2), Token);

        Assert.Equal(new ChannelId(2), await Store.DirectMessageChannelAsync(Alice, Token));
    }
}
