using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Usher.Discord.Rest;
using Usher.Engine;
using Usher.Storage;
using Usher.Web.Api.Callers;
using Usher.Web.Api.Wire;

namespace Usher.Web.Api;

/// <summary>
/// What every request passes, in this order: who calls, how often, with which scope, what they send, whether they sent it before. Whatever goes wrong behind it becomes a problem
/// in plain words. The API changes nothing by itself: handlers give commands to the desk.
/// </summary>
internal sealed partial class ApiDoor(Func<DeskHost?> desk)
{
    /// <summary>How long a request may take, its body included.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>The parameter that every route takes.</summary>
    internal const string GuildParameter = "guild";

    private readonly CallerDoor _callers = new();
    private RequestBuckets? _buckets;

    /// <summary>Answers a request.</summary>
    public async Task AnswerAsync(HttpContext http, ApiRoute route)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        time.CancelAfter(Patience);
        using var span = ApiTraces.Begin(http.Request, route);
        ApiAnswer answer;
        try
        {
            answer = await HandleAsync(http, route, desk() ?? throw Problems.Starting.AsException(), time.Token);
        }
        catch (Exception failure)
        {
            if (http.RequestAborted.IsCancellationRequested) return;
            var problem = ProblemOf(failure, http, route);
            ApiTraces.Refused(span, problem);
            answer = ApiAnswer.Of(problem);
        }
        ApiTraces.Answered(span, answer.Status);
        try
        {
            await answer.WriteAsync(http.Response, http.RequestAborted, desk()?.Time);
        }
        catch (Exception failure) when (answer.Stream is not null)
        {
            // What was sent is not whole, and a status can be told no more: a connection that breaks off tells it.
            if (!http.RequestAborted.IsCancellationRequested) LogBroken(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger<ApiDoor>(), route.Name, failure.Message);
            http.Abort();
        }
    }

    /// <summary>Ends the request: the key was not given this scope.</summary>
    internal static ProblemException WithoutScope(string scope) =>
        new Problem(403, "scope.missing", $"This key was not given {scope}. usher token create --scopes says what one may ask for.").AsException();

    private async Task<ApiAnswer> HandleAsync(HttpContext http, ApiRoute route, DeskHost host, CancellationToken stop)
    {
        var caller = await _callers.WhoAsync(http.Request, host, stop);
        Count(caller, host);
        if (route.Scope is { } scope && !caller.Has(scope)) throw WithoutScope(scope);
        CheckQuery(http.Request, route);
        var content = route.Changes ? await RequestBytes.ReadAsync(http.Request, stop) : default;
        // What is sent where nothing is read was meant for another route.
        if (route is { Changes: true, Body: null }) Bodies.Read(content, ApiJson.Default.NothingBody);
        var call = new ApiCall(http, host, caller, content, stop);
        return route.Changes && Repetition.KeyOf(http.Request) is { } key ? await new Repetition(host, call, key, RequestHash(http.Request, content)).HandleAsync(route) : await route.Handle(call);
    }

    private void Count(Caller caller, DeskHost host)
    {
        var buckets = _buckets ??= new RequestBuckets(host.Time);
        var wait = buckets.Take($"{caller.Guild}/{caller.Id}", caller.RequestsPerMinute);
        if (wait > TimeSpan.Zero) throw new Problem(429, "limit.requests", $"{caller.RequestsPerMinute} requests a minute are allowed here. Wait a moment.") { RetryAfter = wait }.AsException();
    }

    // A misspelt filter would list what nobody asked for.
    private static void CheckQuery(HttpRequest request, ApiRoute route)
    {
        var unknown = request.Query.Keys.Where(name => name != GuildParameter && route.Query.All(known => known.Name != name)).ToList();
        if (unknown.Count == 0) return;
        var known = route.Query.Count == 0 ? "There are none here." : $"There are: {string.Join(", ", route.Query.Select(parameter => parameter.Name))}.";
        throw Problems.BadRequest("query.unknown", $"There is no such parameter. {known}", [.. unknown.Select(name => new FieldFault(name, "is not known here"))]).AsException();
    }

    private static string RequestHash(HttpRequest request, ReadOnlyMemory<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path} {request.Headers.IfMatch}\n"));
        hash.AppendData(content.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static Problem ProblemOf(Exception failure, HttpContext http, ApiRoute route)
    {
        switch (failure)
        {
            case ProblemException { Problem: var problem }:
                return problem;
            case StoreUnavailableException:
                return Problems.NoDatabase;
            case DiscordApiException or DiscordUnavailableException or DiscordRateLimitedException or DiscordUnknownOutcomeException or TimeoutException:
                return Problems.NoDiscord;
            case OperationCanceledException:
                return Problems.TooSlow;
            case BadHttpRequestException bad:
                return new Problem(bad.StatusCode, "request.unreadable", "The request could not be read.");
            default:
                LogFailed(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger<ApiDoor>(), route.Name, failure);
                return Problems.Unforeseen;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The API's {Route} broke off: {Why}")]
    private static partial void LogBroken(ILogger log, string route, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "The API's {Route} failed.")]
    private static partial void LogFailed(ILogger log, string route, Exception failure);
}
