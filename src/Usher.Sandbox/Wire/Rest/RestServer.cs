using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Rest;

/// <summary>
/// Discord's HTTP API. Each request passes the weather, is read, authorised, counted against the limits and handled, all but the reading under the world's lock;
/// then the journal gets its line. <see href="https://discord.com/developers/docs/reference#http-api"/>
/// </summary>
internal sealed partial class RestServer(DiscordWorld world, Payloads payloads, Journal journal, Weather weather, BoxOptions options, Func<string> gatewayAddress)
{
    private readonly RateLimiter _limits = new(options.Time, options);
    private readonly ILogger _log = options.Logs.CreateLogger<RestServer>();

    public void Map(IEndpointRouteBuilder app)
    {
        foreach (var route in Routes.All) app.MapMethods("/api/v10" + route.Template, [route.Method], context => ServeAsync(route, context));
        var unknown = new RestRoute("*", "/{**rest}", call => throw new NotModelledException("the route"));
        app.Map("/api/{**rest}", context => ServeAsync(unknown with { Method = context.Request.Method, Template = Rest(context) }, context));
    }

    private static string Rest(HttpContext context) => context.Request.Path.Value!.Replace("/api/v10", "", StringComparison.Ordinal);

    private async Task ServeAsync(RestRoute route, HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        var gust = weather.Over(route.Name);
        if (gust.Delay > TimeSpan.Zero) await Task.Delay(gust.Delay, options.Time, context.RequestAborted);
        if (gust.Refuses)
        {
            context.Abort();
            return;
        }
        var record = new CallRecord { At = options.Time.GetUtcNow(), Method = route.Method, Route = route.Template, Path = context.Request.Path + context.Request.QueryString };
        var answer = await AnswerAsync(route, context, gust, record);
        record.Status = answer.Status;
        record.ResponseBody = answer.Body;
        record.Milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        journal.Note(record);
        LogCall(_log, route.Method, route.Template, answer.Status, record.Code, record.Milliseconds);
        if (gust.LosesAnswer)
        {
            context.Abort();
            return;
        }
        await WriteAsync(context.Response, answer, context.RequestAborted);
    }

    private async Task<RestAnswer> AnswerAsync(RestRoute route, HttpContext context, Gust gust, CallRecord record)
    {
        try
        {
            // ASP.NET's own limit would close the connection where Discord answers 40005.
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = options.LargestFile * 11;
            var body = await RequestBody.ReadAsync(context.Request, options.LargestFile, context.RequestAborted);
            record.RequestBody = body.Raw;
            record.Files = body.Files.Count;
            if (gust.Answer is { } stormy) return stormy;
            lock (world.Gate) return Handle(route, context, body, gust, record);
        }
        catch (DiscordRefusal refusal)
        {
            record.Code = refusal.Code;
            return Refused(refusal);
        }
        catch (NotModelledException missing)
        {
            journal.Unmodelled(record, missing.Message);
            LogUnmodelled(_log, route.Method, route.Template, missing.Message);
            return NotModelled(missing);
        }
    }

    private RestAnswer Handle(RestRoute route, HttpContext context, RequestBody body, Gust gust, CallRecord record)
    {
        var authorization = AuthorizationOf(context.Request);
        var application = authorization?.Application ?? Authorise(context.Request);
        record.Application = application?.Id;
        // A member's token opens what is theirs, and nothing of the bot's.
        if ((application is null && !route.Open) || (authorization is not null && route.ForMember is null))
        {
            record.Code = 0;
            return new(401, """{"message": "401: Unauthorized", "code": 0}"""u8.ToArray());
        }
        if (gust.Limit is { } forced) return Limited(context, forced, record);
        var verdict = _limits.Count(route, application?.Id ?? default, MajorOf(context));
        if (verdict.RetryAfter is not null)
        {
            journal.Violation(record, "A request was sent while its limit was exhausted.");
            return Limited(context, verdict, record);
        }
        _limits.WriteHeaders(context.Response.Headers, verdict);
        try
        {
            var call = new RestCall(world, payloads, context.Request, body, application, options, gatewayAddress());
            return authorization is null ? route.Handle(call) : route.ForMember!(call, authorization);
        }
        catch (SharedLimitException shared)
        {
            return Limited(context, verdict with { RetryAfter = shared.RetryAfter, Scope = "shared" }, record, shared.Code);
        }
        catch (DiscordRefusal refusal) when (refusal.Code == (int)ErrorCode.InteractionAlreadyAcknowledged)
        {
            journal.Violation(record, "An interaction was answered twice.");
            throw;
        }
    }

    private RestAnswer Limited(HttpContext context, RateVerdict verdict, CallRecord record, int? code = null)
    {
        _limits.WriteHeaders(context.Response.Headers, verdict);
        record.Code = code ?? 0;
        return new(429, RateLimiter.Refusal(verdict, code));
    }

    private AuthorizationState? AuthorizationOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.Ordinal) ? world.Authorizations.Find(header["Bearer ".Length..]) : null;
    }

    private ApplicationState? Authorise(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bot ", StringComparison.Ordinal) ? world.FindApplicationByToken(header[4..]) : null;
    }

    /// <summary>The top-level resource that splits a bucket. <see href="https://discord.com/developers/docs/topics/rate-limits"/></summary>
    private static string MajorOf(HttpContext context)
    {
        var values = context.Request.RouteValues;
        if (values.TryGetValue("token", out var token)) return (string)token!;
        return (string?)(values.TryGetValue("channel", out var channel) ? channel : values.TryGetValue("guild", out var guild) ? guild : null) ?? "";
    }

    private static RestAnswer Refused(DiscordRefusal refusal) => new(refusal.Status, Payloads.Bytes(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("message", refusal.Message);
        writer.WriteNumber("code", refusal.Code);
        if (refusal.Errors is { } errors)
        {
            writer.WritePropertyName("errors");
            errors.WriteTo(writer);
        }
        writer.WriteEndObject();
    }));

    private static RestAnswer NotModelled(NotModelledException missing) => new(501, Payloads.Bytes(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("message", $"The sandbox does not model {missing.Message}.");
        writer.WriteNumber("code", 0);
        writer.WriteEndObject();
    }));

    private static async Task WriteAsync(HttpResponse response, RestAnswer answer, CancellationToken cancellationToken)
    {
        response.StatusCode = answer.Status;
        if (answer.Body.Length == 0) return;
        response.ContentType = "application/json";
        response.ContentLength = answer.Body.Length;
        await response.Body.WriteAsync(answer.Body, cancellationToken);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Debug, Message = "{Method} {Route} answered {Status} (code {Code}) in {Milliseconds:F1} ms")]
    private static partial void LogCall(ILogger logger, string method, string route, int status, int? code, double milliseconds);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "{Method} {Route}: the sandbox does not model {What}")]
    private static partial void LogUnmodelled(ILogger logger, string method, string route, string what);
}

/// <summary>A limit of the resource itself, whoever asks; as with renaming a channel.</summary>
internal sealed class SharedLimitException(TimeSpan retryAfter, int code) : Exception("The resource is being rate limited.")
{
    public TimeSpan RetryAfter => retryAfter;

    public int Code => code;
}
