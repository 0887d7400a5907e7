using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Usher.Discord.Model;
using Usher.Sandbox.Cast;
using Usher.Sandbox.Wire.Gateway;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.Wire.Rest;
using Usher.Sandbox.World;

namespace Usher.Sandbox;

/// <summary>
/// A Discord in a box: its REST API, gateway and files on one port of this machine. Bots log in to it as to Discord;
/// people act through <see cref="Cast"/> or the page.
/// </summary>
public sealed class Box : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly GatewayServer _gateway;
    private int _requestsUnderWay;

    private Box(WebApplication web, BoxOptions options)
    {
        _web = web;
        World = new DiscordWorld(options.Time);
        Harbour = options.WithHarbour ? Harbour.Build(World) : null!;
        Cast = new Troupe(World);
        Journal = new Journal(options);
        var payloads = new Payloads(World, () => Address + "/cdn");
        _gateway = new GatewayServer(World, payloads, Journal.WatchGateway(), () => GatewayAddress, options.HeartbeatInterval, options.RateLimits);
        Weather = new Weather(_gateway, options.Time);
        var rest = new RestServer(World, payloads, Journal, Weather, options, () => GatewayAddress);
        web.UseWebSockets();
        web.Map("/gateway", _gateway.ServeAsync);
        web.Map("/api/v10/{**path}", http => CountedAsync(http, rest.AnswerAsync));
        web.MapGet("/cdn/attachments/{channel}/{id}/{name}", SendFileAsync);
    }

    /// <summary>The address of everything here, such as <c>http://127.0.0.1:5050</c>.</summary>
    public string Address { get; private set; } = "";

    /// <summary>What a bot takes for Discord's API.</summary>
    public Uri ApiAddress => new(Address + "/api/v10/");

    /// <summary>The gateway's address, as <c>GET /gateway/bot</c> names it.</summary>
    public string GatewayAddress => Address.Replace("http://", "ws://", StringComparison.Ordinal) + "/gateway";

    /// <summary>The token of Harbour's bot.</summary>
    public string Token => Harbour.Bot.Token;

    /// <summary>All that Discord knows.</summary>
    public DiscordWorld World { get; }

    /// <summary>The guild that is there from the start.</summary>
    public Harbour Harbour { get; }

    /// <summary>The people.</summary>
    public Troupe Cast { get; }

    /// <summary>What goes wrong, at will.</summary>
    public Weather Weather { get; }

    /// <summary>What was asked and told.</summary>
    public Journal Journal { get; }

    /// <summary>REST requests that are being answered now.</summary>
    public int RequestsUnderWay => Volatile.Read(ref _requestsUnderWay);

    /// <summary>For more endpoints on the same port, such as the page's.</summary>
    public IEndpointRouteBuilder Endpoints => _web;

    /// <summary>The last sequence told to each connected session of an application, by session id.</summary>
    public IReadOnlyDictionary<string, long> Dispatched(ApplicationState application) => _gateway.Dispatched(application);

    /// <summary>Starts a box.</summary>
    /// <param name="options">How it is set up.</param>
    /// <param name="cancellation">Stops starting.</param>
    /// <param name="map">Maps further endpoints before it listens.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<Box> StartAsync(BoxOptions options, CancellationToken cancellation, Action<Box>? map = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{options.Port}");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 64 * 1024 * 1024);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(options.Loggers);
        var web = builder.Build();
        var box = new Box(web, options);
        map?.Invoke(box);
        try
        {
            await web.StartAsync(cancellation);
        }
        catch
        {
            await box.DisposeAsync();
            throw;
        }
        box.Address = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return box;
    }

    private async Task CountedAsync(HttpContext http, Func<HttpContext, Task> answer)
    {
        Interlocked.Increment(ref _requestsUnderWay);
        try
        {
            await answer(http);
        }
        finally
        {
            Interlocked.Decrement(ref _requestsUnderWay);
        }
    }

    private IResult SendFileAsync(string channel, string id, string name)
    {
        if (!Snowflake.TryParse(id, out var file) || World.FindAttachment(file) is not { } found || found.Channel.ToString() != channel || found.Filename != name)
            return Results.NotFound();
        return Results.Bytes(found.Bytes.ToArray(), found.ContentType ?? "application/octet-stream");
    }

    /// <summary>Closes the gateway and the port.</summary>
    public async ValueTask DisposeAsync()
    {
        _gateway.Dispose();
        await _web.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _web.DisposeAsync();
        Journal.Dispose();
        World.Dispose();
    }
}
