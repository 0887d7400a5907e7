using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Usher.Engine.Lookups;
using Usher.Storage;

namespace Usher.Engine.Webhooks;

/// <summary>Makes one attempt to tell a program outside. It follows no redirection, reads no more than the beginning of an answer, and waits ten seconds at most.</summary>
public sealed class WebhookSender(TimeProvider time) : IDisposable
{
    /// <summary>How long an attempt may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How much of an answer is kept.</summary>
    public const int LongestResponse = 500;

    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    private readonly HttpClient _anywhere = Client(mayBePrivate: true);
    private readonly HttpClient _public = Client(mayBePrivate: false);

    /// <summary>Whether an address is, by its very writing, this machine or one in a network behind it.</summary>
    public static bool LeadsInside(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && (IPAddress.TryParse(address.DnsSafeHost, out var ip)
        ? !HttpClients.IsPublic(ip)
        : address.IsLoopback || address.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase));

    /// <summary>Tells it.</summary>
    /// <param name="delivery">What.</param>
    /// <param name="url">Where.</param>
    /// <param name="secret">What it is signed with.</param>
    /// <param name="mayBePrivate">Whether that may be this machine, or a network behind it.</param>
    /// <param name="stopping">Ends the attempt without an outcome.</param>
    public async Task<DeliveryAttempt> SendAsync(WebhookDelivery delivery, string url, string secret, bool mayBePrivate, CancellationToken stopping)
    {
        var began = time.GetTimestamp();
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(delivery.Body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
            request.Headers.UserAgent.ParseAdd("Usher-Webhook/1");
            request.Headers.Add("Usher-Event", delivery.Type);
            request.Headers.Add("Usher-Delivery", delivery.Id.ToString(CultureInfo.InvariantCulture));
            request.Headers.Add("Usher-Attempt", (delivery.Attempts + 1).ToString(CultureInfo.InvariantCulture));
            request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(delivery.Body, secret, time.GetUtcNow()));
            using var response = await (mayBePrivate ? _anywhere : _public).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var beginning = await BeginningAsync(response, either.Token);
            return new DeliveryAttempt((int)response.StatusCode, time.GetElapsedTime(began), beginning, ErrorOf(response.StatusCode));
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return Failed(began, string.Create(CultureInfo.InvariantCulture, $"There was no answer within {Patience.TotalSeconds} seconds."));
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException or UriFormatException or InvalidOperationException)
        {
            return Failed(began, failure.InnerException is PrivateAddressException refused ? refused.Message : failure.Message);
        }
    }

    private DeliveryAttempt Failed(long began, string why) => new(null, time.GetElapsedTime(began), null, Cut(why));

    private static string? ErrorOf(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => null,
        >= 300 and < 400 => "It redirects, which is not followed: name the address itself.",
        var other => string.Create(CultureInfo.InvariantCulture, $"The answer was {other}."),
    };

    private static async Task<string?> BeginningAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var bytes = new byte[LongestResponse];
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        // No database holds the first in text.
        return length == 0 ? null : Encoding.UTF8.GetString(bytes, 0, length).Replace('\0', '\uFFFD');
    }

    private static string Cut(string text) => text.Length <= LongestResponse ? text : text[..LongestResponse];

    private static HttpClient Client(bool mayBePrivate) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        // A proxy would connect in our place, and could be led inside.
        UseProxy = mayBePrivate,
        AutomaticDecompression = DecompressionMethods.None,
        PooledConnectionIdleTimeout = Idle,
        // A name is looked up anew now and then.
        PooledConnectionLifetime = Idle,
        MaxResponseHeadersLength = 16,
        ConnectCallback = mayBePrivate ? null : PublicOnlyAsync,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private static async ValueTask<Stream> PublicOnlyAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellation);
        if (addresses.Length == 0 || !Array.TrueForAll(addresses, HttpClients.IsPublic)) throw new PrivateAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // The addresses that were looked at are those that are connected to: the name could stand for others the next moment.
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellation);
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
        _anywhere.Dispose();
        _public.Dispose();
    }

    private sealed class PrivateAddressException() : IOException("The address is in a private network, where webhooks may not lead: private_webhooks in usher.yml allows it.");
}
