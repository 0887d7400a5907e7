using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Usher.Starting;
using Xunit;

namespace Usher.Tests;

/// <summary>Whoever is slow holds up nothing but themselves, and not for long.</summary>
public sealed class SlowClientTests
{
    [Fact]
    public async Task Heads_bodies_and_connections_are_bounded()
    {
        await using var web = WebServer.Build(new LoggingChoice(LogLevel.None, Json: false), IPAddress.Loopback, 0);
        var limits = web.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;
        Assert.Equal((TimeSpan.FromSeconds(15), 5000L), (limits.RequestHeadersTimeout, limits.MaxConcurrentConnections));
        Assert.Equal((240d, TimeSpan.FromSeconds(5)), (limits.MinRequestBodyDataRate!.BytesPerSecond, limits.MinRequestBodyDataRate.GracePeriod));
        Assert.InRange(limits.MaxResponseBufferSize!.Value, 1, 1024 * 1024);
        Assert.InRange(limits.MaxRequestHeadersTotalSize, 1, 64 * 1024);
    }

    [Fact]
    public async Task A_head_that_comes_letter_by_letter_is_cut_off_and_others_are_served_meanwhile()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var web = WebServer.Build(new LoggingChoice(LogLevel.None, Json: false), IPAddress.Loopback, 0, headWithin: TimeSpan.FromSeconds(1));
        web.MapGet("/", () => Results.Text("here"));
        var address = new Uri(await WebServer.BeginAsync(web, 0, cancelled));
        using var slow = new TcpClient();
        await slow.ConnectAsync(IPAddress.Loopback, address.Port, cancelled);
        using var http = new HttpClient();

        var stream = slow.GetStream();
        var clock = Stopwatch.StartNew();
        var ended = stream.ReadAsync(new byte[1024], cancelled).AsTask();
        using var letters = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var letter = 0; !ended.IsCompleted; letter++)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(1), "It is let go on for ever.");
            try
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(letter == 0 ? "GET / HTTP/1.1\r\nX: " : "a"), cancelled);
            }
            catch (IOException)
            {
                break;
            }
            Assert.Equal("here", await http.GetStringAsync(address, cancelled));
            await letters.WaitForNextTickAsync(cancelled);
        }
        await WebServer.EndAsync(web);
    }
}
