using System.Text.Json;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;
using Usher.Testing;

namespace Usher.Sandbox.Tests;

/// <summary>A box of its own for each test, on a clock in the test's hand, without limits unless the test is about them.</summary>
public abstract class Story : IAsyncLifetime
{
    protected const long AllIntents = 53_608_447;

    protected ManualTimeProvider Clock { get; } = new();

    protected Box Box { get; private set; } = null!;

    protected TestBot Bot { get; private set; } = null!;

    protected DiscordWorld World => Box.World;

    protected Harbour Harbour => Box.Harbour;

    protected GuildState Guild => Box.Harbour.Guild;

    protected Person Alice => Box.Cast["Alice"];

    protected Person Bob => Box.Cast["Bob"];

    protected virtual BoxOptions Options => new() { Time = Clock, RateLimits = false };

    public async ValueTask InitializeAsync()
    {
        Box = await Box.StartAsync(Options, TestContext.Current.CancellationToken);
        Bot = new(Box);
    }

    public async ValueTask DisposeAsync()
    {
        Bot.Dispose();
        await Box.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Posts a button of that custom_id as the bot.</summary>
    protected async Task<MessageState> PostButton(ChannelState channel, string customId = "press", string label = "Press")
    {
        var reply = await Bot.Post($"/channels/{channel.Id}/messages", $$"""{"content":"A panel","components":[{"type":1,"components":[{"type":2,"style":1,"label":"{{label}}","custom_id":"{{customId}}"}]}]}""");
        Assert.Equal(200, reply.Status);
        return channel.Messages[^1];
    }

    protected string CallbackOf(JsonElement interaction) => $"/interactions/{interaction.GetProperty("id").GetString()}/{interaction.GetProperty("token").GetString()}/callback";

    protected string WebhookOf(JsonElement interaction) => $"/webhooks/{interaction.GetProperty("application_id").GetString()}/{interaction.GetProperty("token").GetString()}";
}
