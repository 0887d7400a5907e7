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
using Usher.Sandbox.Wire;
using Usher.Sandbox.Wire.Gateway;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.Wire.OAuth2;
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
    private readonly GatewayHub _hub;
    private readonly IDisposable _watching;
    private int _requestsUnderWay;

    private Box(WebApplication web, BoxOptions options)
    {
        _web = web;
        World = new DiscordWorld(options.Time);
        Harbour = options.Harbour ? Harbour.Build(World) : null!;
        for (var number = 1; options.Harbour && number <= options.ExtraMembers; number++) World.Join(Harbour.Guild, World.AddUser($"sailor{number}", $"Sailor {number}"));
        Cast = new Troupe(World);
        Journal = new Journal(options);
        var payloads = new Payloads(World);
        Weather = new Weather(options);
        _hub = new GatewayHub(World, payloads, Journal, Weather, options);
        _watching = World.Watch(_hub.Hear);
        _gateway = new GatewayServer(World, _hub, Journal, Weather, options, () => GatewayAddress);
        Weather.Fell += _gateway.CutAll;
        var rest = new RestServer(World, payloads, Journal, Weather, options, () => GatewayAddress);
        web.UseWebSockets();
        _gateway.Map(web);
        web.Use(CountedAsync);
        rest.Map(web);
        new AuthorizationServer(World, options).Map(web);
        Files.Map(web, World);
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

    /// <summary>The last sequence dispatched to each connected session of an application, by session id: a test waits until its client has read up to it.</summary>
    public IReadOnlyDictionary<string, long> Dispatched(ApplicationState application)
    {
        lock (World.Gate)
            return _hub.SessionsOf(application).Where(session => session.Connection is not null).ToDictionary(session => session.Id, session => (long)session.Sequence, StringComparer.Ordinal);
    }

    /// <summary>The last sequence that was written to a socket, by session id; behind <see cref="Dispatched"/> while bytes are on their way.</summary>
    public IReadOnlyDictionary<string, long> Sent(ApplicationState application)
    {
        lock (World.Gate) return _hub.SessionsOf(application).ToDictionary(session => session.Id, session => (long)session.SentSequence, StringComparer.Ordinal);
    }

    /// <summary>A member signs in to an application and allows it these scopes, as on Discord's own page.</summary>
    public AuthorizationState SignIn(ApplicationState application, UserState user, params IReadOnlyList<string> scopes)
    {
        lock (World.Gate) return World.Authorizations.Grant(application, user, scopes);
    }

    /// <summary>Tears every gateway socket, as a broken line does.</summary>
    public void CutSockets() => _gateway.CutAll();

    /// <summary>Closes every gateway socket with one of Discord's close codes.</summary>
    public void CloseSockets(int code) => _gateway.CloseAll(code);

    /// <summary>Asks every bot to reconnect (opcode 7).</summary>
    public void AskToReconnect() => _gateway.AskToReconnect();

    /// <summary>Tells every bot that its session is invalid (opcode 9).</summary>
    public void InvalidateSessions(bool mayResume) => _gateway.InvalidateSessions(mayResume);

    /// <summary>Forgets the sessions of bots that are away: when they come back, they find a gap.</summary>
    public void ForgetSessions()
    {
        lock (World.Gate) _hub.ForgetLost();
    }

    /// <summary>Asks every bot for a heartbeat at once (opcode 1).</summary>
    public void AskForHeartbeat() => _gateway.AskForHeartbeat();

    /// <summary>Starts a box.</summary>
    /// <param name="options">How it is set up.</param>
    /// <param name="cancellation">Stops starting.</param>
    /// <param name="map">Maps further endpoints before it listens.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<Box> StartAsync(BoxOptions options, CancellationToken cancellation, Action<Box>? map = null)
    {
        // Nothing but what is said here: no appsettings of whatever folder it is started in, and nobody who watches that folder.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseUrls($"http://{options.Host}:{options.Port}");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 64 * 1024 * 1024);
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
        box.World.CdnAddress = box.Address + "/cdn";
        return box;
    }

    // A request to the API is under way until its answer is written; sockets of the gateway do not count.
    private async Task CountedAsync(HttpContext http, RequestDelegate next)
    {
        if (!http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            await next(http);
            return;
        }
        Interlocked.Increment(ref _requestsUnderWay);
        try
        {
            await next(http);
        }
        finally
        {
            Interlocked.Decrement(ref _requestsUnderWay);
        }
    }

    /// <summary>Closes the gateway and the port.</summary>
    public async ValueTask DisposeAsync()
    {
        _watching.Dispose();
        _gateway.CutAll();
        await _web.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _web.DisposeAsync();
        Journal.Dispose();
        World.Dispose();
    }
}
