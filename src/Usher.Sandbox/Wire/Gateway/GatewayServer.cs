using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Gateway;

/// <summary>
/// The gateway: websockets of bots, their sessions, and what they are told.
/// <see href="https://discord.com/developers/docs/events/gateway"/>
/// </summary>
internal sealed partial class GatewayServer : IDisposable
{
    private static readonly TimeSpan IdentifyEvery = TimeSpan.FromSeconds(5);

    private readonly DiscordWorld _world;
    private readonly Dispatcher _dispatcher;
    private readonly IDisposable _watching;
    private readonly Journal _journal;
    private readonly Weather _weather;
    private readonly BoxOptions _options;
    private readonly Func<string> _address;
    private readonly Dictionary<string, GatewaySession> _sessions = new(StringComparer.Ordinal);
    private readonly HashSet<GatewayConnection> _connections = [];
    private readonly Dictionary<(Snowflake, int), DateTimeOffset> _identifiedAt = [];

    internal GatewayServer(DiscordWorld world, Payloads payloads, Journal journal, Weather weather, BoxOptions options, Func<string> address)
    {
        (_world, _journal, _weather, _options, _address) = (world, journal, weather, options, address);
        _dispatcher = new Dispatcher(world, payloads, () => _sessions.Values);
        _watching = world.Watch(_dispatcher.Tell);
        weather.Fell += Cut;
    }

    /// <summary>The last sequence given out to each session of an application that is connected.</summary>
    internal IReadOnlyDictionary<string, long> Dispatched(ApplicationState application)
    {
        lock (_world.Gate)
            return _sessions.Values.Where(s => s.Application == application && s.Connection is not null).ToDictionary(s => s.Id, s => s.Sequence, StringComparer.Ordinal);
    }

    /// <summary>Serves one client until it goes.</summary>
    internal async Task ServeAsync(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            http.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return;
        }
        if (_weather.GatewayRefuses || _weather.IsDown)
        {
            http.Abort();
            return;
        }
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        var query = http.Request.Query;
        using var connection = new GatewayConnection(socket, query["compress"] == "zlib-stream", _journal);
        lock (_world.Gate) _connections.Add(connection);
        var writing = connection.WriteAsync();
        if (query["v"] != "10" || query["encoding"] is not ({ Count: 0 } or ["json"])) connection.Close(4012);
        else connection.Send(10, GatewayFrame.Hello(_options.HeartbeatInterval));
        await ConverseAsync(connection);
        connection.Close(1000);
        await writing.WaitAsync(TimeSpan.FromSeconds(2)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Leave(connection);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _watching.Dispose();
        _weather.Fell -= Cut;
        Cut();
    }

    private async Task ConverseAsync(GatewayConnection connection)
    {
        var window = new Queue<DateTimeOffset>();
        GatewaySession? session = null;
        while (await connection.ReadAsync() is { } payload)
        {
            using (payload)
            {
                if (!WithinLimit(window))
                {
                    _journal.Violation("gateway", "more than 120 payloads in 60 s");
                    connection.Close(4008);
                    return;
                }
                if (payload.RootElement is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty("op", out var op) || !op.TryGetInt32(out var opcode))
                {
                    connection.Close(4002);
                    return;
                }
                _journal.NoteGateway(connection.Session, fromClient: true, opcode, null, JsonSerializer.SerializeToUtf8Bytes(root, GatewayServerJson.Default.JsonElement));
                session = Answer(connection, session, opcode, root.TryGetProperty("d", out var data) ? data : default);
                connection.Session = session?.Id ?? "";
            }
        }
        // The client closed by itself with 1000 or 1001: its session ends. Any other end can be resumed.
    }

    private GatewaySession? Answer(GatewayConnection connection, GatewaySession? session, int opcode, JsonElement data)
    {
        switch (opcode)
        {
            case 1:
                if (!_weather.GatewaySilent) connection.Send(11, GatewayFrame.Acknowledge);
                return session;
            case 2 when session is null:
                return Identify(connection, data);
            case 6 when session is null:
                return Resume(connection, data);
            case 2 or 6:
                _journal.Violation("gateway", "identified twice");
                connection.Close(4005);
                return session;
            case 3 or 4 or 8 or 31 when session is null:
                connection.Close(4003);
                return session;
            case 8:
                RequestMembers(session!, data);
                return session;
            case 3 or 4 or 31:
                return session;
            default:
                connection.Close(4001);
                return session;
        }
    }

    private bool WithinLimit(Queue<DateTimeOffset> window)
    {
        if (!_options.RateLimits) return true;
        var now = _world.Now;
        while (window.TryPeek(out var oldest) && now - oldest >= TimeSpan.FromSeconds(60)) window.Dequeue();
        window.Enqueue(now);
        return window.Count <= 120;
    }

    private void Leave(GatewayConnection connection)
    {
        lock (_world.Gate)
        {
            _connections.Remove(connection);
            foreach (var session in _sessions.Values.Where(s => s.Connection == connection))
            {
                session.Connection = null;
                session.LostAt = _world.Now;
            }
        }
    }

    private void ForgetOldSessions()
    {
        foreach (var old in _sessions.Values.Where(s => s.LostAt is { } lost && s.Connection is null && _world.Now - lost > _options.SessionLife).ToList()) _sessions.Remove(old.Id);
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(JsonElement))]
internal sealed partial class GatewayServerJson : System.Text.Json.Serialization.JsonSerializerContext;
