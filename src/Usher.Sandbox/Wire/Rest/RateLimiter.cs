using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Usher.Discord.Model;

namespace Usher.Sandbox.Wire.Rest;

/// <summary>What the limits say of one request.</summary>
/// <param name="Bucket">The bucket's hash, without its major parameter.</param>
/// <param name="Limit">Requests in the window.</param>
/// <param name="Remaining">Requests left in it.</param>
/// <param name="ResetsAt">When it begins anew.</param>
/// <param name="RetryAfter">How long to wait; null where the request passes.</param>
/// <param name="Scope">user, global or shared, where it does not pass.</param>
internal readonly record struct RateVerdict(string Bucket, int Limit, int Remaining, DateTimeOffset ResetsAt, TimeSpan? RetryAfter, string Scope);

/// <summary>Counts requests by bucket and by bot, as Discord does. Called under the world's lock. <see href="https://discord.com/developers/docs/topics/rate-limits"/></summary>
internal sealed class RateLimiter(TimeProvider time, BoxOptions options)
{
    private static readonly TimeSpan GlobalWindow = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(Snowflake Application, string Bucket, string Major), Window> _windows = [];
    private readonly Dictionary<Snowflake, Window> _global = [];
    private readonly Dictionary<string, string> _hashes = new(StringComparer.Ordinal);

    public RateVerdict Count(RestRoute route, Snowflake application, string major)
    {
        var now = time.GetUtcNow();
        var name = route.SharedBucket ?? route.Name;
        var hash = HashOf(name);
        if (!options.RateLimits) return new(hash, route.Rate.Limit, route.Rate.Limit - 1, now + TimeSpan.FromSeconds(route.Rate.Seconds), null, "user");

        if (!route.OutsideGlobalLimit)
        {
            var global = Open(_global, application, now, GlobalWindow);
            if (global.Used >= options.GlobalRequestsPerSecond) return new(hash, options.GlobalRequestsPerSecond, 0, global.EndsAt, global.EndsAt - now, "global");
            global.Used++;
        }
        var rate = options.Rates.GetValueOrDefault(route.Name) is { Limit: > 0 } other ? new Rate(other.Limit, other.Per.TotalSeconds) : route.Rate;
        if (_windows.Count > 20_000) Sweep(now);
        var window = Open(_windows, (application, name, major), now, TimeSpan.FromSeconds(rate.Seconds));
        if (window.Used >= rate.Limit) return new(hash, rate.Limit, 0, window.EndsAt, window.EndsAt - now, "user");
        window.Used++;
        return new(hash, rate.Limit, rate.Limit - window.Used, window.EndsAt, null, "user");
    }

    public void WriteHeaders(IHeaderDictionary headers, RateVerdict verdict)
    {
        // A client counts by what it is told: told nothing, it holds nothing back.
        if (!options.RateLimits && verdict.RetryAfter is null) return;
        var after = Math.Max(0, (verdict.ResetsAt - time.GetUtcNow()).TotalSeconds);
        headers["X-RateLimit-Bucket"] = verdict.Bucket;
        headers["X-RateLimit-Limit"] = verdict.Limit.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = verdict.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = (verdict.ResetsAt.ToUnixTimeMilliseconds() / 1000.0).ToString("F3", CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset-After"] = after.ToString("F3", CultureInfo.InvariantCulture);
        if (verdict.RetryAfter is not { } wait) return;
        headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Scope"] = verdict.Scope;
        if (verdict.Scope == "global") headers["X-RateLimit-Global"] = "true";
    }

    public static byte[] Refusal(RateVerdict verdict, int? code = null) => Json.Payloads.Bytes(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("message", verdict.Scope == "shared" ? "The resource is being rate limited." : "You are being rate limited.");
        writer.WriteNumber("retry_after", Math.Round(verdict.RetryAfter!.Value.TotalSeconds, 3));
        writer.WriteBoolean("global", verdict.Scope == "global");
        if (code is { } number) writer.WriteNumber("code", number);
        writer.WriteEndObject();
    });

    private string HashOf(string name)
    {
        if (_hashes.TryGetValue(name, out var hash)) return hash;
        return _hashes[name] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..32];
    }

    private void Sweep(DateTimeOffset now)
    {
        foreach (var key in _windows.Where(entry => entry.Value.EndsAt <= now).Select(entry => entry.Key).ToList()) _windows.Remove(key);
    }

    private static Window Open<TKey>(Dictionary<TKey, Window> windows, TKey key, DateTimeOffset now, TimeSpan length) where TKey : notnull
    {
        if (windows.TryGetValue(key, out var window) && window.EndsAt > now) return window;
        return windows[key] = new Window { EndsAt = now + length };
    }

    private sealed class Window
    {
        public int Used;
        public DateTimeOffset EndsAt;
    }
}
