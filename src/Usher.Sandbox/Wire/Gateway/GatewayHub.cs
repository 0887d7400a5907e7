using System.Globalization;
using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;
using Usher.Sandbox.World.Rules;

namespace Usher.Sandbox.Wire.Gateway;

/// <summary>All sessions. Hears the world and dispatches to those who may know; everything here happens under the world's lock.</summary>
internal sealed class GatewayHub(DiscordWorld world, Payloads payloads, Journal journal, Weather weather, BoxOptions options)
{
    private readonly Dictionary<string, GatewaySession> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<ApplicationState, List<GatewaySession>> _byApplication = [];
    private readonly Dictionary<(Snowflake Application, int Key), Queue<DateTimeOffset>> _identifies = [];

    public IEnumerable<GatewaySession> Sessions => _sessions.Values;

    public void Hear(WorldEvent happening) => new Dispatches(world, payloads, this).Of(happening);

    public IEnumerable<GatewaySession> SessionsOf(ApplicationState application) =>
        _byApplication.TryGetValue(application, out var sessions) ? sessions : [];

    /// <summary>Whether another IDENTIFY may begin now. <see href="https://discord.com/developers/docs/events/gateway#rate-limiting"/></summary>
    public bool MayIdentify(ApplicationState application, int shard)
    {
        if (!options.RateLimits) return true;
        var key = (application.Id, shard % options.MaxConcurrency);
        if (!_identifies.TryGetValue(key, out var begun)) _identifies[key] = begun = new();
        var now = options.Time.GetUtcNow();
        while (begun.TryPeek(out var oldest) && now - oldest >= TimeSpan.FromSeconds(5)) begun.Dequeue();
        if (begun.Count >= 1) return false;
        begun.Enqueue(now);
        return true;
    }

    public void Begin(GatewaySession session, GatewayConnection connection, string resumeAddress)
    {
        Forget();
        _sessions.Add(session.Id, session);
        if (!_byApplication.TryGetValue(session.Application, out var sessions)) _byApplication[session.Application] = sessions = [];
        sessions.Add(session);
        session.Connection = connection;
        session.Application.SessionStartsLeft--;
        var guilds = session.Application.Bot.GuildSet.Where(session.Owns).OrderBy(guild => guild.Id).ToList();
        Dispatch(session, "READY", Payloads.Bytes(writer => payloads.Ready(writer, session, guilds, resumeAddress)));
        if (!session.Intents.HasFlag(Intents.Guilds)) return;
        foreach (var guild in guilds.Where(guild => !guild.Unavailable))
            Dispatch(session, "GUILD_CREATE", Payloads.Bytes(writer => payloads.GuildCreate(writer, guild, session.Application, session.Intents, session.LargeThreshold)));
    }

    public GatewaySession? Find(string id)
    {
        Forget();
        return _sessions.GetValueOrDefault(id);
    }

    /// <summary>Gives a session a new socket and replays what it missed; false where that is no longer known.</summary>
    public bool Resume(GatewaySession session, GatewayConnection connection, int sequence)
    {
        if (session.Since(sequence) is not { } missed) return false;
        session.Connection?.Close(4000, "The session was resumed elsewhere.");
        session.Connection = connection;
        session.LostAt = null;
        foreach (var (number, name, frame) in missed) connection.Send(frame, number, name);
        Dispatch(session, "RESUMED", "{}"u8.ToArray());
        return true;
    }

    public void Detach(GatewaySession session, GatewayConnection connection)
    {
        if (session.Connection != connection) return;
        session.Connection = null;
        session.LostAt = options.Time.GetUtcNow();
    }

    public void End(GatewaySession session)
    {
        _sessions.Remove(session.Id);
        if (!_byApplication.TryGetValue(session.Application, out var sessions)) return;
        sessions.Remove(session);
        if (sessions.Count == 0) session.Application.Bot.Presence = null;
    }

    public void Dispatch(GatewaySession session, string name, byte[] data)
    {
        var frame = session.Record(name, data);
        journal.NoteGateway(session.Id, fromClient: false, 0, name, frame);
        if (session.Connection is not { } connection) return;
        connection.Send(frame, session.Sequence, name);
        // A duplicate bears the same number: what Discord does after some resumes.
        if (weather.Duplicates()) connection.Send(frame, session.Sequence, name);
    }

    /// <summary>Forgets every session that no socket holds: who comes back finds a gap.</summary>
    public void ForgetLost()
    {
        foreach (var gone in _sessions.Values.Where(session => session.Connection is null).ToList()) End(gone);
    }

    private void Forget()
    {
        var now = options.Time.GetUtcNow();
        foreach (var gone in _sessions.Values.Where(session => session.LostAt is { } lost && now - lost > options.SessionLife).ToList()) End(gone);
    }
}
