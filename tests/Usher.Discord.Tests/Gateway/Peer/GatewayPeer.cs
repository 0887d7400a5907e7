using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Usher.Discord.Tests.Gateway.Peer;

/// <summary>Discord's end of the gateway, on a real loopback socket, following a test's script.</summary>
internal sealed class GatewayPeer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<PeerSocket> _sockets = Channel.CreateUnbounded<PeerSocket>();

    private GatewayPeer(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>The address that READY names for resuming: the same peer by another path, so that a test can tell which one was used.</summary>
    public Uri ResumeAddress => new(Address, "/resume");

    /// <summary>When set, upgrades are refused with it.</summary>
    public int? RefuseWith { get; set; }

    public static async Task<GatewayPeer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var peer = new GatewayPeer(app);
        app.UseWebSockets();
        app.Run(peer.ServeAsync);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        peer.Address = new UriBuilder(address) { Scheme = "ws" }.Uri;
        return peer;
    }

    /// <summary>The next connection; they are given out in the order they came.</summary>
    public async Task<PeerSocket> AcceptAsync() =>
        await _sockets.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(PeerSocket.Patience);

    public bool HasConnection => _sockets.Reader.TryPeek(out _);

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext context)
    {
        if (RefuseWith is { } status)
        {
            context.Response.StatusCode = status;
            return;
        }
        using var web = await context.WebSockets.AcceptWebSocketAsync();
        using var socket = new PeerSocket(web, context, ResumeAddress);
        _sockets.Writer.TryWrite(socket);
        await using var aborted = context.RequestAborted.Register(socket.End);
        await socket.Ended;
    }
}
