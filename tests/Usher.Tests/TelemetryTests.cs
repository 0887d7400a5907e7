using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Usher.Sandbox;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;
using Usher.Testing;
using Xunit;

namespace Usher.Tests;

/// <summary>What is sent to a collector when an operator asks for it.</summary>
public sealed class TelemetryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_collector_is_sent_the_spans_of_a_click_and_no_token()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var collector = await CollectAsync();
        await using var box = await Box.StartAsync(new BoxOptions(), cancelled);
        await using (var preset = typeof(CommandLine).Assembly.GetManifestResourceStream("presets.demo.yml")!)
        await using (var file = File.Create(Path.Combine(_folder.Path, "usher.yml")))
            await preset.CopyToAsync(file, cancelled);
        var environment = new Dictionary<string, string>(box.Harbour.Names)
        {
            ["DISCORD_TOKEN"] = box.Token,
            ["DISCORD_API_URL"] = box.ApiAddress.ToString(),
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        };
        await using var usher = UsherProcess.Start(_folder.Path, environment, "serve", "--port", "0");
        Assert.StartsWith("Usher is ready: ", await usher.LineAsync(), StringComparison.Ordinal);

        var asked = await AsksAsync(box.Cast["Alice"], box.Harbour.Help, cancelled);
        await collector.UntilAsync("POST /interactions/{interaction}/{token}/callback", cancelled);
        usher.Signal("TERM");
        Assert.Equal(0, await usher.EndAsync());

        var sent = collector.Sent("/v1/traces");
        Assert.All(["gateway INTERACTION_CREATE", "desk.decide", "usher.command", "http.response.status_code"], word => Assert.Contains(word, sent, StringComparison.Ordinal));
        Assert.All([box.Token, asked.Interaction.Token], secret => Assert.DoesNotContain(secret, sent, StringComparison.Ordinal));
    }

    // Once the panel stands there.
    private static async Task<Asked> AsksAsync(Person person, ChannelState channel, CancellationToken cancelled)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (person.Sees(channel).Count == 0) await look.WaitForNextTickAsync(cancelled);
        return await person.Clicks(Person.ButtonsOf(person.Sees(channel)[0])[0], channel);
    }

    private static async Task<Collector> CollectAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new Collector(builder.Build());
        await collector.BeginAsync();
        return collector;
    }

    private sealed class Collector(WebApplication web) : IAsyncDisposable
    {
        private readonly ConcurrentQueue<(string Path, string Bytes)> _sent = new();

        public string Address { get; private set; } = "";

        public async Task BeginAsync()
        {
            web.MapPost("/v1/{what}", async (HttpRequest request) =>
            {
                using var bytes = new MemoryStream();
                await request.Body.CopyToAsync(bytes);
                _sent.Enqueue((request.Path, Encoding.Latin1.GetString(bytes.ToArray())));
                return Results.Bytes([], "application/x-protobuf");
            });
            await web.StartAsync(TestContext.Current.CancellationToken);
            Address = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        }

        public string Sent(string path) => string.Concat(_sent.Where(sent => sent.Path == path).Select(sent => sent.Bytes));

        public async Task UntilAsync(string word, CancellationToken cancelled)
        {
            using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (!Sent("/v1/traces").Contains(word, StringComparison.Ordinal)) await look.WaitForNextTickAsync(cancelled);
        }

        public ValueTask DisposeAsync() => web.DisposeAsync();
    }
}
