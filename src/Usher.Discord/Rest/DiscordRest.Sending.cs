using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Usher.Discord.Json;
using Usher.Discord.Model;
using Usher.Discord.Rest.Limits;

namespace Usher.Discord.Rest;

public sealed partial class DiscordRest
{
    private const int MostRefusals = 10;

    /// <summary>How an attempt ended.</summary>
    /// <param name="Value">What Discord answered.</param>
    /// <param name="Failure">Why it must be attempted again, if it must.</param>
    /// <param name="Refusal">A 429: nothing was done.</param>
    private sealed record Attempt<T>(T? Value, Failure? Failure = null, Refusal? Refusal = null) where T : class;

    /// <summary>A 429.</summary>
    /// <param name="RetryAfter">How long it holds.</param>
    /// <param name="IsHeld">Whether the limiter makes the next attempt wait.</param>
    private sealed record Refusal(TimeSpan RetryAfter, bool IsHeld);

    /// <summary>An attempt without a verdict.</summary>
    /// <param name="Why">In words.</param>
    /// <param name="MaybeDone">Whether Discord may have done it all the same.</param>
    /// <param name="Cause">What was thrown.</param>
    private sealed record Failure(string Why, bool MaybeDone, Exception? Cause = null);

    // Attempts until there is a verdict. A 429 is none, and costs no attempt.
    private async Task<T?> PersistAsync<T>(DiscordRequest request, JsonTypeInfo<T>? answer, CancellationToken cancellationToken) where T : class
    {
        var (attempts, refusals, maybeDone) = (0, 0, false);
        while (true)
        {
            if (_unauthorized is { } unauthorized && !request.Route.IsBeyondGlobal) throw unauthorized;
            var attempt = await AttemptAsync(request, answer, attempts + 1, maybeDone, cancellationToken);
            if (attempt.Refusal is { } refusal)
            {
                await WaitOutAsync(request.Route, refusal, ++refusals, cancellationToken);
                continue;
            }
            if (attempt.Failure is not { } failure) return attempt.Value;
            attempts++;
            maybeDone |= failure.MaybeDone;
            if (failure.MaybeDone && !request.IsRepeatable) throw new DiscordUnknownOutcomeException(request.Route.Label, failure.Why, failure.Cause);
            if (attempts >= _options.Attempts) throw new DiscordUnavailableException(request.Route.Label, attempts, failure.Why, failure.Cause);
            await Task.Delay(Backoff.After(attempts, _options.Jitter()), _options.TimeProvider, cancellationToken);
        }
    }

    private async Task<Attempt<T>> AttemptAsync<T>(
        DiscordRequest request, JsonTypeInfo<T>? answer, int number, bool maybeDone, CancellationToken cancellationToken) where T : class
    {
        using var permit = await _limiter.AcquireAsync(request.Route, cancellationToken);
        RestTelemetry.Waited(request.Route, permit.Waited);
        _calls.AddOrUpdate(request.Route.Label, 1, static (_, count) => count + 1);
        using var span = RestTelemetry.Begin(request.Route, BaseAddress, number, permit.Waited);
        using var timeout = new CancellationTokenSource(_options.AttemptTimeout, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var began = _options.TimeProvider.GetTimestamp();
        var status = 0;
        try
        {
            using var message = request.ToMessage(BaseAddress, _authorization);
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            status = (int)response.StatusCode;
            RestTelemetry.Answered(span, status);
            return await JudgeAsync(request, answer, permit, response, number, maybeDone, either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            RestTelemetry.Failed(span, e);
            return new(null, new("No answer in time", MaybeDone: true, e));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            RestTelemetry.Failed(span, e);
            return new(null, new("The connection failed", MaybeDone: !WasNeverSent(e), e));
        }
        finally
        {
            RestTelemetry.End(request.Route, status, _options.TimeProvider.GetElapsedTime(began));
        }
    }

    private async Task<Attempt<T>> JudgeAsync<T>(
        DiscordRequest request, JsonTypeInfo<T>? answer, Permit permit, HttpResponseMessage response, int number, bool maybeDone, CancellationToken cancellationToken)
        where T : class
    {
        var limits = RateLimitHeaders.Read(response.Headers);
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            var refusal = await ReadErrorAsync(response, cancellationToken);
            var retryAfter = refusal.RetryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : RateLimitHeaders.RetryAfter(response.Headers) ?? TimeSpan.FromSeconds(1);
            var isHeld = permit.Refused(limits, refusal.Global == true ? LimitScope.Global : RateLimitHeaders.Scope(response.Headers), retryAfter);
            return new(null, Refusal: new(retryAfter, isHeld));
        }
        permit.Answered(response.StatusCode, limits);
        if (response.IsSuccessStatusCode)
        {
            if (answer is null || response.StatusCode == HttpStatusCode.NoContent) return new(null);
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return new(await JsonSerializer.DeserializeAsync(body, answer, cancellationToken));
        }
        if ((int)response.StatusCode >= 500) return new(null, new($"Discord answered HTTP {(int)response.StatusCode}", MaybeDone: true));
        var error = await ReadErrorAsync(response, cancellationToken);
        if (maybeDone && SaysAlreadyDone(request, response.StatusCode, error.Code)) return new(null);
        throw Rejected(request.Route, response.StatusCode, error, number);
    }

    private Task WaitOutAsync(Route route, Refusal refusal, int refusals, CancellationToken cancellationToken)
    {
        if (refusals >= MostRefusals || (!refusal.IsHeld && refusal.RetryAfter > _options.LongestLimitWait))
            throw new DiscordRateLimitedException(route.Label, refusal.RetryAfter, invalidRequests: false);
        return refusal.IsHeld ? Task.CompletedTask : Task.Delay(refusal.RetryAfter, _options.TimeProvider, cancellationToken);
    }

    private DiscordApiException Rejected(Route route, HttpStatusCode status, ApiError error, int number)
    {
        if (status != HttpStatusCode.Unauthorized || route.IsBeyondGlobal) return new DiscordApiException(route.Label, status, error, number);
        var unauthorized = new DiscordUnauthorizedException(route.Label, error, number);
        _unauthorized = unauthorized;
        return unauthorized;
    }

    // After an attempt whose outcome is open, these refusals mean that it succeeded.
    private static bool SaysAlreadyDone(DiscordRequest request, HttpStatusCode status, ErrorCode code) =>
        (request.Route.Method == HttpMethod.Delete && status == HttpStatusCode.NotFound) || code == ErrorCode.InteractionAlreadyAcknowledged;

    private static bool WasNeverSent(Exception failure) => failure is HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };

    private static async Task<ApiError> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync(body, DiscordJson.Default.ApiError, cancellationToken) ?? new();
        }
        catch (JsonException)
        {
            // A proxy before Discord answers in HTML; the status says enough.
            return new();
        }
    }
}
