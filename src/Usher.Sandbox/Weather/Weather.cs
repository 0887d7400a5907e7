using System.Text;
using Usher.Sandbox.Wire.Rest;

namespace Usher.Sandbox;

/// <summary>What may befall a request.</summary>
public enum Fault
{
    /// <summary>A 429 of the bot on this route.</summary>
    RateLimited,

    /// <summary>A 429 of the bot on every route.</summary>
    GloballyLimited,

    /// <summary>A 429 of the resource, whoever asks.</summary>
    SharedLimited,

    /// <summary>A 500.</summary>
    ServerError,

    /// <summary>A 502 with an HTML page, as a proxy in trouble sends it.</summary>
    BadGateway,

    /// <summary>A 503.</summary>
    Unavailable,

    /// <summary>The answer comes late.</summary>
    Slow,

    /// <summary>The connection is cut before anything was done.</summary>
    Refused,

    /// <summary>The work is done, and the connection cut before the answer.</summary>
    AnswerLost,
}

/// <summary>What the weather does to one request.</summary>
internal readonly record struct Gust(TimeSpan Delay, bool Refuses, bool LosesAnswer, RestAnswer? Answer, RateVerdict? Limit);

/// <summary>
/// Faults, by script (<see cref="Next"/>) or by chance (<see cref="Storm"/>, from a seed), on REST; and on the gateway's sockets.
/// </summary>
public sealed class Weather
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly Dictionary<string, Queue<(Fault Fault, TimeSpan For)>> _scripted = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<Fault, double> _rates = new Dictionary<Fault, double>();
    private DateTimeOffset _downUntil;

    internal Weather(BoxOptions options)
    {
        _time = options.Time;
        _random = new(options.Seed);
    }

    /// <summary>Whether heartbeats go unacknowledged: the sign of a connection that is dead and does not know it.</summary>
    public bool GatewaySilent { get; set; }

    /// <summary>Whether new gateway connections are refused.</summary>
    public bool GatewayRefuses { get; set; }

    /// <summary>Whether every RESUME is answered with INVALID_SESSION.</summary>
    public bool ResumesRefused { get; set; }

    /// <summary>How often a dispatch is sent twice, 0 to 1.</summary>
    public double DuplicatedDispatches { get; set; }

    /// <summary>Whether Discord is down as a whole.</summary>
    public bool IsDown
    {
        get
        {
            lock (_gate) return _time.GetUtcNow() < _downUntil;
        }
    }

    /// <summary>How many scripted faults have not befallen anyone yet.</summary>
    public int Pending
    {
        get
        {
            lock (_gate) return _scripted.Values.Sum(queue => queue.Count);
        }
    }

    internal event Action? Fell;

    /// <summary>
    /// Lets a fault befall the next request of a route, by name as `POST /channels/{channel}/messages`, or of any route with `*`.
    /// <paramref name="lasting"/> is the delay of <see cref="Fault.Slow"/> and the `retry_after` of the limits; a second where it is not said.
    /// </summary>
    public void Next(string route, Fault fault, int times = 1, TimeSpan? lasting = null)
    {
        lock (_gate)
        {
            if (!_scripted.TryGetValue(route, out var queue)) _scripted[route] = queue = new();
            for (var time = 0; time < times; time++) queue.Enqueue((fault, lasting ?? TimeSpan.FromSeconds(1)));
        }
    }

    /// <summary>Lets faults befall requests by chance, 0 to 1 each, drawn from the box's seed.</summary>
    public void Storm(IReadOnlyDictionary<Fault, double> rates)
    {
        lock (_gate) _rates = rates;
    }

    /// <summary>Takes Discord down: sockets are cut, REST answers 503, connects are refused; until the time is over, or <see cref="Clear"/>.</summary>
    public void GoDown(TimeSpan lasting)
    {
        lock (_gate) _downUntil = _time.GetUtcNow() + lasting;
        Fell?.Invoke();
    }

    /// <summary>Ends all of it.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _scripted.Clear();
            _rates = new Dictionary<Fault, double>();
            _downUntil = default;
        }
        GatewaySilent = GatewayRefuses = ResumesRefused = false;
        DuplicatedDispatches = 0;
    }

    internal Gust Over(string route)
    {
        lock (_gate)
        {
            if (_time.GetUtcNow() < _downUntil) return GustOf(Fault.Unavailable, default);
            foreach (var name in (ReadOnlySpan<string>)[route, "*"])
            {
                if (_scripted.TryGetValue(name, out var queue) && queue.TryDequeue(out var next)) return GustOf(next.Fault, next.For);
            }
            foreach (var (fault, rate) in _rates)
            {
                if (_random.NextDouble() < rate) return GustOf(fault, TimeSpan.FromMilliseconds(50 + _random.Next(950)));
            }
            return default;
        }
    }

    internal bool Duplicates()
    {
        if (DuplicatedDispatches <= 0) return false;
        lock (_gate) return _random.NextDouble() < DuplicatedDispatches;
    }

    private Gust GustOf(Fault fault, TimeSpan lasting) => fault switch
    {
        Fault.RateLimited => default(Gust) with { Limit = Verdict("user", lasting) },
        Fault.GloballyLimited => default(Gust) with { Limit = Verdict("global", lasting) },
        Fault.SharedLimited => default(Gust) with { Limit = Verdict("shared", lasting) },
        Fault.ServerError => default(Gust) with { Answer = Page(500, """{"message": "500: Internal Server Error", "code": 0}""") },
        Fault.BadGateway => default(Gust) with { Answer = Page(502, "<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>") },
        Fault.Unavailable => default(Gust) with { Answer = Page(503, "upstream connect error or disconnect/reset before headers") },
        Fault.Slow => default(Gust) with { Delay = lasting },
        Fault.Refused => default(Gust) with { Refuses = true },
        Fault.AnswerLost => default(Gust) with { LosesAnswer = true },
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault.ToString("D")),
    };

    private RateVerdict Verdict(string scope, TimeSpan lasting) => new("storm", 1, 0, _time.GetUtcNow() + lasting, lasting, scope);

    private static RestAnswer Page(int status, string text) => new(status, Encoding.UTF8.GetBytes(text));
}
