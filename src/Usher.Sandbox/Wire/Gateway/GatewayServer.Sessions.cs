using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Gateway;

// IDENTIFY, RESUME, and the first events of a session.
internal sealed partial class GatewayServer
{
    private const Intents Privileged = Intents.GuildMembers | Intents.GuildPresences | Intents.MessageContent;

    // Every documented bit: https://discord.com/developers/docs/events/gateway#list-of-intents
    private const long KnownIntents = 0x3FFFFFF;

    private GatewaySession? Identify(GatewayConnection connection, JsonElement data)
    {
        lock (_world.Gate)
        {
            ForgetOldSessions();
            if (ApplicationOf(data) is not { } application) return Refuse(connection, 4004, null);
            if (!HasProperties(data)) return Refuse(connection, 4002, "identify without properties");
            if (ReadIntents(data) is not { } intents) return Refuse(connection, 4013, "identify with invalid intents");
            if ((intents & Privileged & ~application.PrivilegedIntents) != Intents.None) return Refuse(connection, 4014, null);
            if (ReadShard(data) is not { } shard) return Refuse(connection, 4010, "identify with an invalid shard");
            if (!TakeStart(application, shard.Id))
            {
                connection.Send(9, GatewayFrame.InvalidSession(mayResume: false));
                return null;
            }
            var threshold = data.TryGetProperty("large_threshold", out var large) && large.TryGetInt32(out var number) ? Math.Clamp(number, 50, 250) : 50;
            var session = new GatewaySession(DiscordWorld.NewSecret(16), application, new Identity(intents, shard.Id, shard.Count, threshold), _options.ReplayLength, _weather.Duplicates)
            {
                Connection = connection,
            };
            _sessions.Add(session.Id, session);
            Welcome(session);
            return session;
        }
    }

    private GatewaySession? Resume(GatewayConnection connection, JsonElement data)
    {
        lock (_world.Gate)
        {
            ForgetOldSessions();
            if (ApplicationOf(data) is not { } application) return Refuse(connection, 4004, null);
            var id = data.TryGetProperty("session_id", out var given) ? given.GetString() : null;
            if (!data.TryGetProperty("seq", out var seq) || seq.ValueKind != JsonValueKind.Number) return Refuse(connection, 4002, "resume without seq");
            if (_weather.ResumesRefused || id is null || !_sessions.TryGetValue(id, out var session) || session.Application != application)
            {
                connection.Send(9, GatewayFrame.InvalidSession(mayResume: false));
                return null;
            }
            if (seq.GetInt64() > session.Sequence) return Refuse(connection, 4007, "resume from a sequence that was never sent");
            if (session.Since(seq.GetInt64()) is not { } missed)
            {
                _sessions.Remove(id);
                connection.Send(9, GatewayFrame.InvalidSession(mayResume: false));
                return null;
            }
            session.Connection?.Abort();
            session.Connection = connection;
            session.LostAt = null;
            foreach (var (name, frame) in missed) connection.Send(0, frame, name);
            session.Dispatch("RESUMED", GatewayFrame.Resumed);
            return session;
        }
    }

    private void Welcome(GatewaySession session)
    {
        var application = session.Application;
        var guilds = application.Bot.Guilds.Where(guild => session.Identity.Covers(guild.Id)).OrderBy(guild => guild.Id).ToList();
        session.Dispatch("READY", Payloads.Bytes(json => WriteReady(json, session, guilds)));
        if (!session.Identity.Intents.HasFlag(Intents.Guilds)) return;
        foreach (var guild in guilds.Where(guild => !guild.Unavailable)) _dispatcher.TellWhole(session, guild);
    }

    private void WriteReady(Utf8JsonWriter json, GatewaySession session, List<GuildState> guilds)
    {
        json.WriteStartObject();
        json.WriteNumber("v", 10);
        json.WritePropertyName("user");
        Payloads.OwnUser(json, session.Application.Bot);
        json.WriteStartArray("guilds");
        foreach (var guild in guilds)
        {
            Payloads.UnavailableGuild(json, guild.Id);
        }
        json.WriteEndArray();
        json.WriteString("session_id", session.Id);
        json.WriteString("resume_gateway_url", _address());
        json.WriteStartArray("shard");
        json.WriteNumberValue(session.Identity.ShardId);
        json.WriteNumberValue(session.Identity.ShardCount);
        json.WriteEndArray();
        json.WriteStartObject("application");
        json.WriteString("id", session.Application.Id.ToString());
        json.WriteNumber("flags", Payloads.ApplicationFlags(session.Application));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void RequestMembers(GatewaySession session, JsonElement data)
    {
        lock (_world.Gate)
        {
            var id = data.TryGetProperty("guild_id", out var guildId) && Snowflake.TryParse(guildId.GetString(), out var parsed) ? parsed : default;
            if (_world.FindGuild(id) is not { } guild || !guild.MemberIndex.ContainsKey(session.Application.Bot.Id)) return;
            var query = data.TryGetProperty("query", out var text) ? text.GetString() ?? "" : null;
            var wanted = data.TryGetProperty("user_ids", out var users) ? WantedOf(users) : null;
            var members = guild.Members
                .Where(m => wanted?.Contains(m.User.Id.ToString()) ?? m.User.Username.StartsWith(query ?? "", StringComparison.OrdinalIgnoreCase))
                .ToList();
            session.Dispatch("GUILD_MEMBERS_CHUNK", Payloads.Bytes(json => WriteChunk(json, guild, members, data)));
        }
    }

    private static HashSet<string> WantedOf(JsonElement users) =>
        users.ValueKind == JsonValueKind.Array ? [.. users.EnumerateArray().Select(u => u.ToString())] : [users.ToString()];

    private static void WriteChunk(Utf8JsonWriter json, GuildState guild, List<MemberState> members, JsonElement request)
    {
        json.WriteStartObject();
        json.WriteString("guild_id", guild.Id.ToString());
        json.WriteStartArray("members");
        foreach (var member in members) Payloads.Member(json, member);
        json.WriteEndArray();
        json.WriteNumber("chunk_index", 0);
        json.WriteNumber("chunk_count", 1);
        if (request.TryGetProperty("nonce", out var nonce)) json.WriteString("nonce", nonce.GetString());
        json.WriteEndObject();
    }

    private GatewaySession? Refuse(GatewayConnection connection, int code, string? violation)
    {
        if (violation is not null) _journal.Violation("gateway", violation);
        connection.Close(code);
        return null;
    }

    private ApplicationState? ApplicationOf(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object || !data.TryGetProperty("token", out var token) || token.ValueKind != JsonValueKind.String) return null;
        var text = token.GetString()!;
        return _world.FindApplicationByToken(text.StartsWith("Bot ", StringComparison.Ordinal) ? text[4..] : text);
    }

    private static bool HasProperties(JsonElement data) => data.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object;

    private static Intents? ReadIntents(JsonElement data) =>
        data.TryGetProperty("intents", out var intents) && intents.ValueKind == JsonValueKind.Number && intents.TryGetInt64(out var bits) && (bits & ~KnownIntents) == 0
            ? (Intents)bits
            : null;

    private static (int Id, int Count)? ReadShard(JsonElement data)
    {
        if (!data.TryGetProperty("shard", out var shard) || shard.ValueKind == JsonValueKind.Null) return (0, 1);
        if (shard.ValueKind != JsonValueKind.Array || shard.GetArrayLength() != 2 || !shard[0].TryGetInt32(out var id) || !shard[1].TryGetInt32(out var count)) return null;
        return id >= 0 && count > 0 && id < count ? (id, count) : null;
    }

    // One identify in five seconds for each of max_concurrency keys: https://discord.com/developers/docs/events/gateway#rate-limiting
    private bool TakeStart(ApplicationState application, int shard)
    {
        if (application.SessionStartsLeft <= 0) return false;
        var key = (application.Id, shard % _options.MaxConcurrency);
        if (_options.RateLimits && _identifiedAt.TryGetValue(key, out var last) && _world.Now - last < IdentifyEvery)
        {
            _journal.Violation("gateway", $"shard {shard} identified within five seconds of the last identify");
            return false;
        }
        _identifiedAt[key] = _world.Now;
        application.SessionStartsLeft--;
        return true;
    }
}
