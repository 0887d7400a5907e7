using System.Text.Json;
using Usher.Sandbox.Wire.Json;

namespace Usher.Sandbox.Pages;

/// <summary>The weather as the box's drawer sets it: chances in percent, switches, and a time in which Discord is down.</summary>
internal sealed class WeatherDeeds(Box box)
{
    private static readonly (string Name, Fault Fault)[] Chances =
    [
        ("slow", Fault.Slow), ("rate_limited", Fault.RateLimited), ("server_error", Fault.ServerError), ("answer_lost", Fault.AnswerLost),
    ];

    private readonly Weather _weather = box.Weather;
    private readonly Lock _gate = new();
    private readonly Dictionary<Fault, double> _rates = [];

    public byte[] Read(PageRequest request) => Payloads.Bytes(json =>
    {
        json.WriteStartObject();
        lock (_gate)
        {
            foreach (var (name, fault) in Chances) json.WriteNumber(name, Math.Round(_rates.GetValueOrDefault(fault) * 100));
        }
        json.WriteBoolean("gateway_silent", _weather.GatewaySilent);
        json.WriteBoolean("gateway_refuses", _weather.GatewayRefuses);
        json.WriteBoolean("resumes_refused", _weather.ResumesRefused);
        json.WriteBoolean("down", _weather.IsDown);
        json.WriteEndObject();
    });

    /// <summary>Changes what the body names and leaves the rest.</summary>
    public async Task ChangeAsync(PageRequest request)
    {
        var body = await request.BodyAsync();
        lock (_gate)
        {
            foreach (var (name, fault) in Chances)
            {
                if (body.TryGetProperty(name, out var percent) && percent.TryGetDouble(out var value)) _rates[fault] = Math.Clamp(value, 0, 100) / 100;
            }
            _weather.Storm(new Dictionary<Fault, double>(_rates));
        }
        _weather.GatewaySilent = Flag(body, "gateway_silent") ?? _weather.GatewaySilent;
        _weather.GatewayRefuses = Flag(body, "gateway_refuses") ?? _weather.GatewayRefuses;
        _weather.ResumesRefused = Flag(body, "resumes_refused") ?? _weather.ResumesRefused;
        if (body.TryGetProperty("down_seconds", out var seconds) && seconds.TryGetDouble(out var length)) _weather.GoDown(TimeSpan.FromSeconds(Math.Clamp(length, 0, 3600)));
    }

    public void Clear(PageRequest request)
    {
        lock (_gate) _rates.Clear();
        _weather.Clear();
    }

    /// <summary>Cuts the gateway's sockets, asks for a reconnect, or invalidates the sessions, as the body says.</summary>
    public async Task TroubleSocketsAsync(PageRequest request)
    {
        var body = await request.BodyAsync();
        switch (body.TryGetProperty("how", out var how) ? how.GetString() : null)
        {
            case "cut": box.CutSockets(); break;
            case "reconnect": box.AskToReconnect(); break;
            case "invalid": box.InvalidateSessions(mayResume: false); break;
        }
    }

    private static bool? Flag(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;
}
