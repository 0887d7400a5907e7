using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Usher.Discord.Json;
using Usher.Discord.Model;

namespace Usher.Discord.Rest;

/// <summary>
/// Asks Discord whose an access token is. Apart from <see cref="DiscordRest"/>, since a member's wrong token says nothing of the bot's, whose own 401 ends everything.
/// One attempt a question: somebody waits for it.
/// </summary>
public sealed class MemberTokens : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly Route Information = Route.Get("oauth2/@me");

    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly TimeProvider _time;

    /// <summary>A client of its own connections.</summary>
    public MemberTokens(DiscordRestOptions options)
    {
        _time = options.TimeProvider;
        _address = new Uri(options.BaseAddress.AbsoluteUri.TrimEnd('/') + "/oauth2/@me");
        _http = new HttpClient(options.Handler ?? new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), ActivityHeadersPropagator = null }, disposeHandler: options.Handler is null) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", $"DiscordBot ({options.ProjectUrl}, {options.ProjectVersion})");
    }

    /// <summary>What a token stands for; null when Discord knows no such token (any more). <see href="https://discord.com/developers/docs/topics/oauth2#get-current-authorization-information"/></summary>
    /// <exception cref="DiscordUnavailableException">Discord cannot be asked now.</exception>
    public async Task<AuthorizationInformation?> FindAsync(string token, CancellationToken cancellationToken = default)
    {
        using var time = new CancellationTokenSource(Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        using var span = RestTelemetry.Begin(Information, _address);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, _address);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            RestTelemetry.Answered(span, (int)response.StatusCode);
            if (response.StatusCode is HttpStatusCode.Unauthorized) return null;
            if (!response.IsSuccessStatusCode) throw Unavailable($"Discord answered HTTP {(int)response.StatusCode}", null);
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            return await JsonSerializer.DeserializeAsync(body, DiscordJson.Default.AuthorizationInformation, either.Token);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or JsonException)
        {
            RestTelemetry.Failed(span, failure);
            throw Unavailable("The connection failed", failure);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            RestTelemetry.Failed(span, late);
            throw Unavailable("No answer in time", late);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static DiscordUnavailableException Unavailable(string why, Exception? inner) => new("GET oauth2/@me", 1, why, inner);
}
