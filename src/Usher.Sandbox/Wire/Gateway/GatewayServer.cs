using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Gateway;

/// <summary>Accepts sockets and speaks the protocol's opcodes with them. <see href="https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway"/></summary>
internal sealed partial class GatewayServer(DiscordWorld world, GatewayHub hub, Journal journal, Weather weather, BoxOptions options, Func<string> address)
{
    private readonly ILogger _log = options.Logs.CreateLogger<GatewayServer>();
    private readonly HashSet<GatewayConnection> _connections = [];

    public void Map(IEndpointRouteBuilder app)
    {
        app.Map("/gateway", context => ServeAsync(context, atResumeAddress: false));
        app.Map("/gateway/resume", context => ServeAsync(context, atResumeAddress: true));
    }

    /// <summary>Cuts every socket.</summary>
    public void CutAll()
    {
        lock (world.Gate)
        {
            foreach (var connection in _connections) connection.Cut();
        }
    }

    /// <summary>Asks every client for a heartbeat at once (opcode 1).</summary>
    public void AskForHeartbeat()
    {
        lock (world.Gate)
        {
            foreach (var connection in _connections) connection.Send(1, writer => writer.WriteNullValue());
        }
    }

    /// <summary>Asks every client to come again (opcode 7).</summary>
    public void AskToReconnect()
    {
        lock (world.Gate)
        {
            foreach (var connection in _connections) connection.Send(7, writer => writer.WriteNullValue());
        }
    }

    /// <summary>Tells every client that its session is over (opcode 9), or, resumable, that it may try to resume it.</summary>
    public void InvalidateSessions(bool resumable)
    {
        lock (world.Gate)
        {
            foreach (var connection in _connections)
            {
                if (!resumable && connection.Session is { } session) hub.End(session);
                connection.Send(9, writer => writer.WriteBooleanValue(resumable));
            }
        }
    }

    /// <summary>Closes every socket with a code.</summary>
    public void CloseAll(int code)
    {
        lock (world.Gate)
        {
            foreach (var connection in _connections) connection.Close(code, "As the weather will have it.");
        }
    }

    private async Task ServeAsync(HttpContext context, bool atResumeAddress)
    {
        if (weather.IsDown || weather.GatewayRefuses)
        {
            context.Response.StatusCode = 503;
            return;
        }
        var query = context.Request.Query;
        var compress = query["compress"].FirstOrDefault();
        if (!context.WebSockets.IsWebSocketRequest || query["encoding"].FirstOrDefault() is not (null or "json") || compress is not (null or "zlib-stream"))
        {
            context.Response.StatusCode = context.WebSockets.IsWebSocketRequest ? 501 : 400;
            return;
        }
        var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var connection = new GatewayConnection(socket, options, compress is not null) { AtResumeAddress = atResumeAddress };
        lock (world.Gate) _connections.Add(connection);
        LogOpened(_log, atResumeAddress, compress is not null);
        using var life = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        if (query["v"].FirstOrDefault() is not (null or "10")) connection.Close(4012, "Invalid API version.");
        else connection.Send(10, Hello);
        var pumping = PumpAsync(connection, life.Token);
        using var watch = options.HeartbeatTime.CreateTimer(_ => CloseIfSilent(connection), null, options.HeartbeatInterval, options.HeartbeatInterval);
        try
        {
            while (await connection.ReceiveAsync(life.Token) is { } payload) Receive(connection, payload);
        }
        catch (Exception broken) when (broken is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            LogBroken(_log, broken.Message);
        }
        finally
        {
            lock (world.Gate)
            {
                _connections.Remove(connection);
                if (connection.Session is { } session)
                {
                    // A client that says goodbye ends its session; one that is cut off, or closes with another code, may resume.
                    if (socket.CloseStatus is WebSocketCloseStatus.NormalClosure or WebSocketCloseStatus.EndpointUnavailable && session.Connection == connection) hub.End(session);
                    else hub.Detach(session, connection);
                }
            }
            connection.Close(1000, "");
            await Task.WhenAny(pumping, Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None));
            await life.CancelAsync();
            await pumping;
        }
    }

    private void Hello(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("heartbeat_interval", (int)options.HeartbeatInterval.TotalMilliseconds);
        writer.WriteEndObject();
    }

    private async Task PumpAsync(GatewayConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.PumpAsync(cancellationToken);
        }
        catch (Exception broken) when (broken is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            LogBroken(_log, broken.Message);
            connection.Cut();
        }
    }

    private void CloseIfSilent(GatewayConnection connection)
    {
        if (!connection.IsSilent) return;
        journal.Violation("gateway", "No heartbeat came for one and a half intervals.");
        connection.Close(4000, "No heartbeat came.");
    }

    private void Receive(GatewayConnection connection, ReadOnlyMemory<byte> payload)
    {
        lock (world.Gate)
        {
            if (!connection.CountReceived())
            {
                Break(connection, 4008, "Rate limited.", "More than 120 payloads were sent within 60 seconds.");
                return;
            }
            if (!TryParse(payload, out var op, out var data))
            {
                Break(connection, 4002, "Error while decoding payload.", "A payload was no JSON object with an opcode, or larger than 4096 bytes.");
                return;
            }
            journal.NoteGateway(connection.Session?.Id ?? "", fromClient: true, op, null, op is 2 or 6 ? default : payload.ToArray());
            Handle(connection, op, data);
        }
    }

    private void Handle(GatewayConnection connection, int op, JsonElement data)
    {
        switch (op)
        {
            case 1:
                connection.Beat();
                if (!weather.GatewaySilent) connection.Send(11, writer => writer.WriteNullValue());
                break;
            case 2 when connection.Session is not null:
                Break(connection, 4005, "Already authenticated.", "IDENTIFY was sent twice.");
                break;
            case 2:
                Identify(connection, data);
                break;
            case 6:
                Resume(connection, data);
                break;
            case 3 or 4 or 8 or 31 or 43 when connection.Session is null:
                Break(connection, 4003, "Not authenticated.", "A payload was sent before IDENTIFY.");
                break;
            case 3:
                if (PresenceForm.Read(data) is { } presence) connection.Session!.Application.Bot.Presence = presence;
                else Break(connection, 4002, "Error while decoding payload.", "A presence update was malformed.");
                break;
            case 8:
                RequestMembers(connection, data);
                break;
            case 4 or 31 or 43:
                journal.Violation("gateway", $"The sandbox does not model opcode {op}.");
                break;
            default:
                Break(connection, 4001, "Unknown opcode.", $"Opcode {op} does not exist.");
                break;
        }
    }

    private void Identify(GatewayConnection connection, JsonElement data)
    {
        var identify = IdentifyForm.Read(data);
        if (identify is null)
        {
            Break(connection, 4002, "Error while decoding payload.", "IDENTIFY was malformed.");
            return;
        }
        var application = world.FindApplicationByToken(identify.Token.StartsWith("Bot ", StringComparison.Ordinal) ? identify.Token[4..] : identify.Token);
        if (application is null)
        {
            Break(connection, 4004, "Authentication failed.", "IDENTIFY bore an unknown token.");
        }
        else if (identify.Shards < 1 || identify.Shard < 0 || identify.Shard >= identify.Shards)
        {
            Break(connection, 4010, "Invalid shard.", "IDENTIFY named a shard that cannot be.");
        }
        else if (identify.HasUnknownIntents)
        {
            Break(connection, 4013, "Invalid intent(s).", "IDENTIFY asked for intents that do not exist.");
        }
        else if ((identify.Intents & IdentifyForm.Privileged & ~application.PrivilegedIntents) != Intents.None)
        {
            Break(connection, 4014, "Disallowed intent(s).", "IDENTIFY asked for a privileged intent that is not switched on.");
        }
        else if (application.Bot.GuildSet.Count > 2500 * identify.Shards)
        {
            Break(connection, 4011, "Sharding required.", "A shard would have more than 2500 guilds.");
        }
        else if (!hub.MayIdentify(application, identify.Shard))
        {
            journal.Violation("gateway", "More IDENTIFYs were sent within five seconds than max_concurrency allows.");
            connection.Send(9, writer => writer.WriteBooleanValue(false));
        }
        else
        {
            var session = new GatewaySession(application, identify.Intents, identify.Shard, identify.Shards, identify.LargeThreshold, options.ReplayLength);
            connection.Session = session;
            application.Bot.Presence = identify.Presence;
            LogIdentified(_log, application.Id.Value, identify.Shard, identify.Shards, identify.Intents);
            hub.Begin(session, connection, address() + "/resume");
        }
    }

    private void Resume(GatewayConnection connection, JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object || !Text(data, "token", out var token) || !Text(data, "session_id", out var id)
            || !data.TryGetProperty("seq", out var seq) || seq.ValueKind != JsonValueKind.Number || !seq.TryGetInt32(out var sequence))
        {
            Break(connection, 4002, "Error while decoding payload.", "RESUME was malformed.");
            return;
        }
        if (connection.Session is not null)
        {
            Break(connection, 4005, "Already authenticated.", "RESUME was sent on an authenticated connection.");
            return;
        }
        var application = world.FindApplicationByToken(token.StartsWith("Bot ", StringComparison.Ordinal) ? token[4..] : token);
        if (application is null)
        {
            Break(connection, 4004, "Authentication failed.", "RESUME bore an unknown token.");
            return;
        }
        if (!connection.AtResumeAddress) journal.Violation("gateway", "RESUME was not sent to resume_gateway_url.");
        var session = hub.Find(id);
        if (weather.ResumesRefused || session is null || session.Application != application)
        {
            connection.Send(9, writer => writer.WriteBooleanValue(false));
            return;
        }
        if (sequence < 0 || sequence > session.Sequence)
        {
            hub.End(session);
            Break(connection, 4007, "Invalid seq.", "RESUME named a sequence that was never sent.");
            return;
        }
        connection.Session = session;
        LogResumed(_log, application.Id.Value, session.Shard, session.Sequence - sequence);
        if (hub.Resume(session, connection, sequence)) return;
        connection.Session = null;
        hub.End(session);
        connection.Send(9, writer => writer.WriteBooleanValue(false));
    }

    /// <summary><see href="https://discord.com/developers/docs/events/gateway-events#request-guild-members"/></summary>
    private void RequestMembers(GatewayConnection connection, JsonElement data)
    {
        var session = connection.Session!;
        var faults = new FormRefusal();
        var form = new Rest.Fields(data, "", faults);
        var guild = form.Id("guild_id", required: true) is { } id ? world.FindGuild(id) : null;
        var (query, limit, nonce) = (form.Text("query"), form.Number("limit", 0), form.Text("nonce", 0, 32));
        var single = form.Raw("user_ids").ValueKind == JsonValueKind.String ? form.Id("user_ids") : null;
        var wanted = single is { } one ? [one] : form.Raw("user_ids").ValueKind == JsonValueKind.Undefined ? [] : form.Ids("user_ids", 100);
        if (!faults.IsEmpty || (query is null && wanted.Count == 0))
        {
            Break(connection, 4002, "Error while decoding payload.", "A request for members was malformed.");
            return;
        }
        if (guild is null || !guild.MemberIndex.ContainsKey(session.Application.Bot.Id)) return;
        if (query is "" && limit == 0 && !session.Intents.HasFlag(Intents.GuildMembers))
        {
            Break(connection, 4014, "Disallowed intent(s).", "All members were requested without the GUILD_MEMBERS intent.");
            return;
        }
        var found = wanted.Count > 0
            ? wanted.Select(user => guild.MemberIndex.GetValueOrDefault(user)).OfType<MemberState>().ToList()
            : guild.MemberIndex.Values.Where(member => member.DisplayName.StartsWith(query!, StringComparison.OrdinalIgnoreCase) || member.User.Username.StartsWith(query!, StringComparison.OrdinalIgnoreCase))
                .Take(limit is null or 0 ? int.MaxValue : limit.Value).ToList();
        var missing = wanted.Where(user => !guild.MemberIndex.ContainsKey(user)).ToList();
        var chunks = found.Chunk(1000).ToList();
        if (chunks.Count == 0) chunks.Add([]);
        for (var index = 0; index < chunks.Count; index++)
        {
            var (chunk, number) = (chunks[index], index);
            hub.Dispatch(session, "GUILD_MEMBERS_CHUNK", Payloads.Bytes(writer => Payloads.MembersChunk(writer, guild, chunk, number, chunks.Count, missing, nonce)));
        }
    }

    private void Break(GatewayConnection connection, int code, string reason, string violation)
    {
        journal.Violation("gateway", violation);
        LogClosing(_log, code, reason);
        // With these the session is over; after the others it may be resumed.
        if (connection.Session is { } session && code is 4004 or 4007 or >= 4009) hub.End(session);
        connection.Close(code, reason);
    }

    private static bool TryParse(ReadOnlyMemory<byte> payload, out int op, out JsonElement data)
    {
        (op, data) = (-1, default);
        try
        {
            using var document = JsonDocument.Parse(payload);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("op", out var code) || code.ValueKind != JsonValueKind.Number || !code.TryGetInt32(out op)) return false;
            if (root.TryGetProperty("d", out var inner)) data = inner.Clone();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Text(JsonElement data, string name, out string text)
    {
        var found = data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String;
        text = found ? value.GetString()! : "";
        return found;
    }

    [LoggerMessage(EventId = 10, Level = LogLevel.Debug, Message = "A gateway socket opened (to resume: {ToResume}, compressed: {Compressed})")]
    private static partial void LogOpened(ILogger logger, bool toResume, bool compressed);

    [LoggerMessage(EventId = 11, Level = LogLevel.Information, Message = "Application {Application} identified as shard {Shard} of {Shards} with {Intents}")]
    private static partial void LogIdentified(ILogger logger, ulong application, int shard, int shards, Intents intents);

    [LoggerMessage(EventId = 12, Level = LogLevel.Information, Message = "Application {Application} resumed shard {Shard}; {Missed} dispatches were replayed")]
    private static partial void LogResumed(ILogger logger, ulong application, int shard, int missed);

    [LoggerMessage(EventId = 13, Level = LogLevel.Information, Message = "The gateway closes a socket with {Code}: {Reason}")]
    private static partial void LogClosing(ILogger logger, int code, string reason);

    [LoggerMessage(EventId = 14, Level = LogLevel.Debug, Message = "A gateway socket broke: {Why}")]
    private static partial void LogBroken(ILogger logger, string why);
}
