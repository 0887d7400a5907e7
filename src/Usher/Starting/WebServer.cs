using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Usher.Starting;

/// <summary>The one web server of the process.</summary>
internal static class WebServer
{
    /// <summary>How long the head of a request may take: whoever sends it letter by letter is cut off.</summary>
    internal static readonly TimeSpan HeadWithin = TimeSpan.FromSeconds(15);

    /// <summary>How many connections there may be at once; each costs some kilobytes, also when nothing comes of it.</summary>
    internal const long MostConnections = 5000;

    // Streams such as live updates end only when they are cut.
    private static readonly TimeSpan RequestsEndWithin = TimeSpan.FromSeconds(1);

    /// <summary>Makes a server that reads no configuration but ours: no appsettings, no ASPNETCORE variables.</summary>
    /// <param name="logging">How it logs.</param>
    /// <param name="address">Where it listens.</param>
    /// <param name="port">On which port; 0 for any.</param>
    /// <param name="headWithin">How long the head of a request may take; null for <see cref="HeadWithin"/>.</param>
    internal static WebApplication Build(LoggingChoice logging, IPAddress address, int port, TimeSpan? headWithin = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        Logging.Configure(builder.Logging, logging);
        builder.Services.AddRoutingCore();
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, SilentLifetime>());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.RequestHeadersTimeout = headWithin ?? HeadWithin;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            if (address.Equals(IPAddress.Any)) kestrel.ListenAnyIP(port);
            else kestrel.Listen(address, port);
        });
        return builder.Build();
    }

    /// <summary>Begins to serve.</summary>
    /// <returns>The address, as this machine reaches it, without a slash at its end.</returns>
    /// <exception cref="CannotStartException">The port cannot be had.</exception>
    internal static async Task<string> BeginAsync(WebApplication web, int port, CancellationToken cancellationToken)
    {
        try
        {
            await web.StartAsync(cancellationToken);
        }
        catch (Exception failure) when (Sentence(failure, port) is { } sentence)
        {
            throw new CannotStartException(sentence, inner: failure);
        }
        var bound = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return $"http://127.0.0.1:{new Uri(bound.Replace("[::]", "localhost", StringComparison.Ordinal)).Port.ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>What to tell a person when a port cannot be had; null when it is something else.</summary>
    internal static string? Sentence(Exception failure, int port) => failure switch
    {
        IOException { InnerException: AddressInUseException } =>
            $"Port {port} is in use: another program, perhaps another Usher, listens there. Stop it, or choose another with --port.",
        SocketException { SocketErrorCode: SocketError.AccessDenied } =>
            $"Port {port} may not be used by this user; ports below 1024 are for the administrator. Choose another with --port.",
        _ => null,
    };

    internal static async Task EndAsync(WebApplication web)
    {
        using var patience = new CancellationTokenSource(RequestsEndWithin);
        await web.StopAsync(patience.Token);
    }

    /// <summary>The preferred port of this machine, or 0 (any) when it is taken.</summary>
    internal static int FreePort(int preferred)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, preferred);
            probe.Start();
            return preferred;
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    // The usual one would hear signals itself and tell on the console that it started.
    private sealed class SilentLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
