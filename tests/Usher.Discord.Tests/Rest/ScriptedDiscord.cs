using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Usher.Discord.Rest;
using Usher.Testing;

namespace Usher.Discord.Tests.Rest;

/// <summary>Plays Discord to a client: each request takes the next answer of the script and is kept.</summary>
internal sealed class ScriptedDiscord : HttpMessageHandler
{
    private readonly ConcurrentQueue<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _script = new();

    public ManualTimeProvider Clock { get; } = new();

    public List<Seen> Requests { get; } = [];

    public DiscordRest Client(Func<DiscordRestOptions, DiscordRestOptions>? change = null)
    {
        var options = new DiscordRestOptions { Token = "secret", BaseAddress = new("https://box.test/api/v10"), Handler = this, TimeProvider = Clock, Jitter = () => 0 };
        return new(change?.Invoke(options) ?? options);
    }

    public ScriptedDiscord Answers(HttpStatusCode status, string json = "{}", params (string Name, string Value)[] headers)
    {
        _script.Enqueue((_, _) => Task.FromResult(Response(status, json, headers)));
        return this;
    }

    public ScriptedDiscord Fails(Exception failure)
    {
        _script.Enqueue((_, _) => Task.FromException<HttpResponseMessage>(failure));
        return this;
    }

    public ScriptedDiscord NeverAnswers()
    {
        _script.Enqueue(async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            throw new InvalidOperationException();
        });
        return this;
    }

    public static HttpResponseMessage Response(HttpStatusCode status, string json, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers) response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    public static (string, string)[] Limits(string bucket, int limit, int remaining, double resetAfter) =>
    [
        ("X-RateLimit-Bucket", bucket),
        ("X-RateLimit-Limit", $"{limit}"),
        ("X-RateLimit-Remaining", $"{remaining}"),
        ("X-RateLimit-Reset-After", FormattableString.Invariant($"{resetAfter}")),
    ];

    /// <summary>Does the work in virtual time.</summary>
    public async Task<T> InTimeAsync<T>(Func<Task<T>> work)
    {
        Task<T> result = null!;
        await VirtualTime.RunAsync(Clock, () => result = work());
        return await result;
    }

    /// <inheritdoc cref="InTimeAsync{T}"/>
    public Task InTimeAsync(Func<Task> work) => VirtualTime.RunAsync(Clock, work);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        lock (Requests)
        {
            Requests.Add(new(
                request.Method.Method, request.RequestUri!.PathAndQuery, body is null ? null : Encoding.UTF8.GetString(body), Clock.GetUtcNow(),
                request.Headers.NonValidated.Concat(request.Content?.Headers.NonValidated ?? default).ToDictionary(h => h.Key, h => h.Value.ToString()),
                request.Content?.Headers.ContentLength));
        }
        return _script.TryDequeue(out var answer) ? await answer(request, cancellationToken) : throw new InvalidOperationException($"The script has no answer to {request.Method} {request.RequestUri}.");
    }

    internal sealed record Seen(string Method, string Path, string? Body, DateTimeOffset At, Dictionary<string, string> Headers, long? Length);
}
