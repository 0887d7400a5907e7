using System.Net;

namespace Usher.Discord.Rest.Limits;

/// <summary>Leave to send one request. What the answer says is given back; disposing without that merely ends it.</summary>
internal sealed class Permit(RateLimiter limiter, Lane lane, Route route, TimeSpan waited) : IDisposable
{
    private bool _ended;

    /// <summary>How long it was waited for.</summary>
    public TimeSpan Waited => waited;

    internal Lane Lane => lane;

    internal Route Route => route;

    /// <summary>The answer came, with these headers.</summary>
    public void Answered(HttpStatusCode status, RateLimitHeaders headers) => End(() => limiter.Answered(this, status, headers));

    /// <summary>The answer was a 429. False when the limit is not the bucket's, so that the request must wait by itself.</summary>
    public bool Refused(RateLimitHeaders headers, LimitScope scope, TimeSpan retryAfter)
    {
        var isHeld = false;
        End(() => isHeld = limiter.Refused(this, headers, scope, retryAfter));
        return isHeld;
    }

    /// <summary>Ends it, if no answer did.</summary>
    public void Dispose() => End(() => limiter.Unanswered(this));

    private void End(Action end)
    {
        if (_ended) return;
        _ended = true;
        end();
    }
}
