using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Usher.Sandbox;
using Usher.Sandbox.Pages;
using Usher.Sandbox.World;
using Usher.Testing;

namespace Usher.Browser;

/// <summary>A box with Harbour in it, a bot that does as it is told, and windows for people. Each test has its own.</summary>
public sealed class Stage(Chromium chromium) : IAsyncLifetime
{
    private Box? _box;
    private HttpClient? _rest;
    private IDisposable? _listening;

    public Box Box => _box!;

    public ManualTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));

    /// <summary>What the bot answers to an interaction; nothing is its silence.</summary>
    public Func<InteractionState, JsonObject?> Answers { get; set; } = _ => null;

    /// <summary>The page as somebody, looking at a channel.</summary>
    public Task<IPage> OpenAsync(string person, ChannelState? channel = null, int width = 1440, int height = 900) =>
        chromium.OpenAsync($"{Box.Address}/?as={person}{(channel is null ? "" : $"&channel={channel.Id}")}", width, height);

    /// <summary>A message of the bot, by the box's own REST API.</summary>
    public async Task<string> PostAsync(ChannelState channel, JsonObject message)
    {
        using var answer = await _rest!.PostAsync(new Uri($"channels/{channel.Id}/messages", UriKind.Relative), Json(message));
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        return JsonNode.Parse(body)!["id"]!.ToString();
    }

    public async ValueTask InitializeAsync()
    {
        _box = await Box.StartAsync(new BoxOptions { Time = Clock, RateLimits = false }, CancellationToken.None, box => box.MapPage());
        _rest = new HttpClient { BaseAddress = Box.ApiAddress };
        _rest.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bot", Box.Token);
        _listening = Box.World.Watch(Hear);
    }

    public async ValueTask DisposeAsync()
    {
        _listening?.Dispose();
        _rest?.Dispose();
        if (_box is not null) await _box.DisposeAsync();
    }

    private void Hear(WorldEvent happening)
    {
        if (happening is InteractionCreated { Interaction: var interaction } && Answers(interaction) is { } answer) _ = AnswerAsync(interaction, answer);
    }

    private async Task AnswerAsync(InteractionState interaction, JsonObject answer)
    {
        using var sent = await _rest!.PostAsync(new Uri($"interactions/{interaction.Id}/{interaction.Token}/callback", UriKind.Relative), Json(answer));
    }

    private static StringContent Json(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");
}
