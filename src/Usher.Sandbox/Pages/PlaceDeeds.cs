using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Pages;

/// <summary>What a person does with channels, threads, guilds and voice, under the world's rules.</summary>
internal sealed class PlaceDeeds(DiscordWorld world, PageObjects objects)
{
    public void DeleteChannel(PageRequest request) => world.RemoveChannel(request.Viewer, request.Channel(), reason: null);

    /// <summary>Archives, brings back, locks or unlocks a thread.</summary>
    public async Task EditThreadAsync(PageRequest request)
    {
        var body = await request.BodyAsync();
        world.EditThread(request.Viewer, request.Channel(), new ThreadDraft { Archived = Flag(body, "archived"), Locked = Flag(body, "locked") }, reason: null);
    }

    public void LeaveThread(PageRequest request) => world.RemoveThreadMember(request.Viewer, request.Channel(), request.Viewer);

    /// <summary>Opens the direct message with an application's bot.</summary>
    public async Task<byte[]> OpenDirectAsync(PageRequest request)
    {
        var body = await request.BodyAsync();
        lock (world.Gate)
        {
            var named = body.TryGetProperty("recipient_id", out var value) && Snowflake.TryParse(value.GetString(), out var id) ? world.FindUser(id) : null;
            if (named is null || named == request.Viewer) throw DiscordRefusal.NotFound(ErrorCode.UnknownUser, "User");
            var direct = world.OpenDm(request.Viewer, named);
            return Payloads.Bytes(json => objects.Channel(json, direct, request.Viewer));
        }
    }

    /// <summary>Leaves the guild; its owner cannot.</summary>
    public void Leave(PageRequest request)
    {
        var guild = request.Guild();
        if (guild.Owner == request.Viewer) throw new DiscordRefusal(400, 50055, "Invalid Guild: its owner cannot leave it");
        world.Leave(guild, request.Viewer);
    }

    /// <summary>Joins the guild, with no roles, as whoever comes back does.</summary>
    public void Join(PageRequest request) => world.Join(request.Guild(), request.Viewer);

    /// <summary>Allows or forbids direct messages from people and applications of the guilds one shares with them.</summary>
    public async Task AllowDirectMessagesAsync(PageRequest request)
    {
        var allowed = Flag(await request.BodyAsync(), "allowed") ?? true;
        lock (world.Gate) request.Viewer.DmsClosed = !allowed;
    }

    /// <summary>Goes into a voice channel, or out of voice with null.</summary>
    public async Task MoveVoiceAsync(PageRequest request)
    {
        var body = await request.BodyAsync();
        lock (world.Gate)
        {
            var channel = body.TryGetProperty("channel_id", out var value) && Snowflake.TryParse(value.GetString(), out var id) ? world.FindChannel(id) : null;
            if (channel is { Guild: { } guild })
            {
                if (!world.PermissionsOf(request.Viewer, channel).HasFlag(Permissions.Connect | Permissions.ViewChannel)) throw DiscordRefusal.MissingPermissions();
                world.MoveVoice(guild, request.Viewer, channel);
                return;
            }
            foreach (var left in world.Guilds.Where(candidate => candidate.VoiceStates.ContainsKey(request.Viewer.Id)).ToList()) world.MoveVoice(left, request.Viewer, null);
        }
    }

    private static bool? Flag(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;
}
