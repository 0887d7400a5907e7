using System.Text;
using Microsoft.AspNetCore.Http;
using Usher.Engine;
using Usher.Storage;
using Usher.Web.Api.Wire;

namespace Usher.Web.Api;

/// <summary>
/// A request with an <c>Idempotency-Key</c>: sent again it is answered as it was, and not done again, for a day. What changed nothing is not kept, so that it can be tried anew.
/// When the program ended between doing and answering, the desk itself knows the key, and still does it only once.
/// </summary>
/// <param name="host">The running desk.</param>
/// <param name="call">The request.</param>
/// <param name="key">The key.</param>
/// <param name="hash">The hash of what is asked.</param>
internal sealed class Repetition(DeskHost host, ApiCall call, string key, string hash)
{
    private const string Header = "Idempotency-Key";
    private const int LongestKey = 128;

    // By then the first attempt has been given up, or the program that made it is gone.
    private static readonly TimeSpan GivenUpAfter = ApiDoor.Patience * 2;

    private readonly ApiRequestKey _request = new(call.Caller.Guild, call.Caller.Id, key);

    /// <summary>The key that a request has; null when it has none.</summary>
    internal static string? KeyOf(HttpRequest request)
    {
        var key = request.Headers[Header].ToString();
        if (key.Length == 0) return null;
        return key.Length <= LongestKey && key.All(character => character is > ' ' and <= '~')
            ? key
            : throw Problems.BadRequest("idempotency.key", "An Idempotency-Key has at most 128 characters, which are letters, digits and signs of ASCII.").AsException();
    }

    /// <summary>Answers it, by doing it or by what is known of it.</summary>
    internal async Task<ApiAnswer> HandleAsync(ApiRoute route)
    {
        if (await host.Store.BeginApiRequestAsync(_request, hash, host.Time.GetUtcNow(), call.Stop) is { } known && await KnownAsync(known) is { } answered) return answered;
        try
        {
            var answer = await route.Handle(call with { InboxKey = $"a:{_request.Guild}:{_request.Caller}:{key}" });
            await host.Store.EndApiRequestAsync(_request, new KeptAnswer(answer.Status, Encoding.UTF8.GetString(answer.Body.Span), answer.ETag, answer.Location), CancellationToken.None);
            return answer;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            await ForgetAsync();
            throw;
        }
    }

    // What failed may be asked for again at once: if it was done all the same, the desk knows the key.
    private async Task ForgetAsync()
    {
        try
        {
            await host.Store.ForgetApiRequestAsync(_request, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // The database is away: the row is taken for given up in its time.
        }
    }

    // Null when it is to be done now.
    private async Task<ApiAnswer?> KnownAsync(KnownApiRequest known)
    {
        if (known.RequestHash != hash) throw new Problem(422, "idempotency.other_request", "This Idempotency-Key was used for another request. Take a new one.").AsException();
        if (known.Answer is { } answer)
            return new ApiAnswer(answer.Status, Encoding.UTF8.GetBytes(answer.Body)) { ETag = answer.ETag, Location = answer.Location, IsReplayed = true };
        var now = host.Time.GetUtcNow();
        if (now - known.BegunAt < GivenUpAfter || !await host.Store.ResumeApiRequestAsync(_request, known.BegunAt, now, call.Stop))
            throw new Problem(409, "idempotency.under_way", "This request is still being answered. Ask again in a moment.") { RetryAfter = TimeSpan.FromSeconds(1) }.AsException();
        return null;
    }
}
