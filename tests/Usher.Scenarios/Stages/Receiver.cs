using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Usher.Scenarios.Stages;

/// <summary>A program outside that wants to be told, on a real socket.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly ConcurrentQueue<Heard> _heard = new();

    private Receiver(WebApplication web) => _web = web;

    /// <summary>What it answers.</summary>
    public Func<Heard, IResult> Answers { get; set; } = _ => Results.Text("thank you");

    /// <summary>All that it was told, oldest first.</summary>
    public IReadOnlyList<Heard> All => [.. _heard];

    /// <summary>Its address.</summary>
    public string Url { get; private set; } = "";

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new Receiver(builder.Build());
        receiver._web.MapPost("/hook", receiver.TakeAsync);
        await receiver._web.StartAsync(TestContext.Current.CancellationToken);
        receiver.Url = receiver._web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/hook";
        return receiver;
    }

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var heard = new Heard(await reader.ReadToEndAsync(), request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        _heard.Enqueue(heard);
        return Answers(heard);
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();
}

/// <summary>What a program outside was told.</summary>
public sealed record Heard(string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    public string Type => Json.GetProperty("type").GetString()!;

    public string Ticket => Json.GetProperty("ticket").GetProperty("ticket_id").GetString()!;

    public string Delivery => Headers["Usher-Delivery"];
}
