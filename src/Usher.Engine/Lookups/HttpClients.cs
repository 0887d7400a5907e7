using System.Net;
using System.Net.Sockets;

namespace Usher.Engine.Lookups;

/// <summary>The connections by which sources are asked over HTTP: one for the addresses of the settings, one for where those redirect to, which may not lead inside.</summary>
public sealed class HttpClients : IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    /// <summary>For addresses that the settings name, and for redirections that they allow into private networks.</summary>
    public HttpClient Named { get; } = new(Handler()) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>For redirections: it connects to public addresses only, whatever name stands for them.</summary>
    public HttpClient Public { get; } = new(Handler(PublicOnlyAsync)) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Whether an address is on the internet, neither this machine nor a network behind it.</summary>
    /// <remarks>https://www.iana.org/assignments/iana-ipv4-special-registry and its sister for IPv6.</remarks>
    internal static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            // Global unicast is 2000::/3; 2002::/16 and 64:ff9b::/96 may carry a private IPv4 address.
            return (bytes[0] & 0xE0) == 0x20 && !(bytes[0] == 0x20 && bytes[1] == 0x02);
        }
        return bytes[0] switch
        {
            0 or 10 or 127 or >= 224 => false,
            100 => (bytes[1] & 0xC0) != 64,
            169 => bytes[1] != 254,
            172 => (bytes[1] & 0xF0) != 16,
            192 => bytes[1] != 168 && !(bytes[1] == 0 && bytes[2] == 0),
            198 => (bytes[1] & 0xFE) != 18,
            _ => true,
        };
    }

    private static SocketsHttpHandler Handler(Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>? connect = null) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        // A proxy would connect in our place, and could be led inside.
        UseProxy = connect is null,
        AutomaticDecompression = DecompressionMethods.None,
        PooledConnectionIdleTimeout = Idle,
        ConnectCallback = connect,
    };

    private static async ValueTask<Stream> PublicOnlyAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellation);
        // The address that was looked at is the one that is connected to: a name could stand for another the next moment.
        var address = Array.Find(addresses, IsPublic);
        if (address is null || !Array.TrueForAll(addresses, IsPublic)) throw new SourceException("it redirects into a private network");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Lets go of every connection.</summary>
    public void Dispose()
    {
        Named.Dispose();
        Public.Dispose();
    }
}
