using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Usher.Discord.Model;
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

    public GuildState Guild => Box.Harbour.Guild;

    public ChannelState Welcome => Box.Harbour.Welcome;

    public ChannelState General => Box.Harbour.General;

    /// <summary>Where the bot writes and members only read.</summary>
    public ChannelState Help => Box.Harbour.Help;

    public ManualTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));

    /// <summary>What the bot answers to an interaction; nothing is its silence.</summary>
    public Func<InteractionState, JsonObject?> Answers { get; set; } = _ => null;

    /// <summary>What the box did not take of the bot's answers; empty at the end of a sound test.</summary>
    public ConcurrentBag<string> Refusals { get; } = [];

    /// <summary>The page as somebody, looking at a channel.</summary>
    public Task<IPage> OpenAsync(string person, ChannelState? channel = null, int width = 1440, int height = 900) =>
        chromium.OpenAsync($"{Box.Address}/?as={person}{(channel is null ? "" : $"&channel={channel.Id}")}", width, height);

    /// <summary>A message of the bot, by the box's own REST API.</summary>
    public Task PostAsync(ChannelState channel, JsonObject message) => CallAsync(HttpMethod.Post, $"channels/{channel.Id}/messages", message);

    /// <summary>The bot's direct message with somebody.</summary>
    public async Task<ChannelState> OpenDirectAsync(string person)
    {
        var opened = await CallAsync(HttpMethod.Post, "users/@me/channels", new JsonObject { ["recipient_id"] = Box.Cast[person].User.Id.ToString() });
        return Box.World.FindChannel(Snowflake.Parse((string)opened["id"]!, CultureInfo.InvariantCulture))!;
    }

    /// <summary>The bot's slash commands, registered anew.</summary>
    public Task RegisterAsync(params JsonNode[] commands) =>
        CallAsync(HttpMethod.Put, $"applications/{Box.Harbour.Bot.Id}/guilds/{Guild.Id}/commands", new JsonArray(commands));

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
        Assert.True(Refusals.IsEmpty, string.Join('\n', Refusals));
    }

    private void Hear(WorldEvent happening)
    {
        if (happening is InteractionCreated { Interaction: var interaction } && Answers(interaction) is { } answer) _ = AnswerAsync(interaction, answer);
    }

    private async Task AnswerAsync(InteractionState interaction, JsonObject answer)
    {
        using var sent = await _rest!.PostAsync(new Uri($"interactions/{interaction.Id}/{interaction.Token}/callback", UriKind.Relative), Json(answer));
        if (!sent.IsSuccessStatusCode) Refusals.Add(await sent.Content.ReadAsStringAsync());
    }

    private async Task<JsonNode> CallAsync(HttpMethod method, string path, JsonNode body)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = Json(body) };
        using var answer = await _rest!.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private static StringContent Json(JsonNode body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");
}
