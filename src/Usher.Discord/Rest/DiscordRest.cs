using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Usher.Discord.Model;
using Usher.Discord.Rest.Limits;

namespace Usher.Discord.Rest;

/// <summary>
/// Discord's REST API, as far as a help desk uses it. Waits for limits, repeats what is safe to repeat, pings nobody unless told.
/// Every call may throw <see cref="DiscordApiException"/> (refused), <see cref="DiscordUnauthorizedException"/> (bad token),
/// <see cref="DiscordRateLimitedException"/> (limited for long), <see cref="DiscordUnavailableException"/> (down) and, where a call makes something
/// that cannot be made twice, <see cref="DiscordUnknownOutcomeException"/>. Safe for use by many at once.
/// <see href="https://discord.com/developers/docs/reference"/>
/// </summary>
public sealed partial class DiscordRest : IDisposable
{
    private readonly DiscordRestOptions _options;
    private readonly HttpClient _http;
    private readonly RateLimiter _limiter;
    private readonly AuthenticationHeaderValue _authorization;
    private readonly ConcurrentDictionary<string, long> _calls = new(StringComparer.Ordinal);
    private volatile DiscordUnauthorizedException? _unauthorized;

    /// <summary>A client of its own connections and limits; one a program is right.</summary>
    public DiscordRest(DiscordRestOptions options)
    {
        _options = options;
        _authorization = new("Bot", options.Token);
        _limiter = new(options.TimeProvider, options.GlobalRequestsPerSecond, options.InvalidRequestBudget, options.LongestLimitWait);
        _http = new(options.Handler ?? NewHandler(), disposeHandler: options.Handler is null) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", $"DiscordBot ({options.ProjectUrl}, {options.ProjectVersion})");
        BaseAddress = options.BaseAddress.AbsoluteUri.EndsWith('/') ? options.BaseAddress : new Uri(options.BaseAddress.AbsoluteUri + "/");
    }

    /// <summary>The API's address, ending in a slash.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Attempts so far, by method and route template such as <c>POST /channels/{channel}/messages</c>.</summary>
    public IReadOnlyDictionary<string, long> CallsByRoute => new Dictionary<string, long>(_calls, StringComparer.Ordinal);

    /// <summary>Refused requests (401, 403, 429) in the last ten minutes, of which Discord allows 10,000.</summary>
    public int InvalidRequests => _limiter.Invalid;

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _limiter.Dispose();
    }

    private static SocketsHttpHandler NewHandler() => new()
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(10),
        AutomaticDecompression = DecompressionMethods.All,
        // Which trace a request is of is nobody's business out there.
        ActivityHeadersPropagator = null,
    };

    private async Task<T> SendAsync<T>(DiscordRequest request, JsonTypeInfo<T> answer, CancellationToken cancellationToken) where T : class =>
        await PersistAsync(request, answer, cancellationToken)
        ?? throw new DiscordUnknownOutcomeException(request.Route.Label, "The answer was empty", null);

    private async Task SendAsync(DiscordRequest request, CancellationToken cancellationToken) => await PersistAsync<ApiError>(request, null, cancellationToken);

    private static byte[] Json<T>(T body, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(body, type);
}
