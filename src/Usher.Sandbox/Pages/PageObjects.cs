using System.Globalization;
using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;
using Usher.Sandbox.World.Rules;

namespace Usher.Sandbox.Pages;

/// <summary>
/// The world's things as one person sees them: Discord's objects, with what Discord's own client would know besides
/// (what you may do in a channel, who sees it, whether you joined). Called under the world's lock.
/// </summary>
internal sealed class PageObjects(DiscordWorld world, Payloads payloads, ReadStates reads)
{
    /// <summary>Above this many members the list of who sees a channel is left out: the page then shows all members.</summary>
    private const int MostForViewers = 200;

    /// <summary>A channel or thread with <c>permissions</c>, <c>private</c>, <c>viewer_ids</c> or <c>member_ids</c>.</summary>
    public void Channel(Utf8JsonWriter json, ChannelState channel, UserState viewer)
    {
        json.WriteStartObject();
        CopyFields(json, Payloads.Bytes(inner => payloads.Channel(inner, channel, viewer)));
        json.WriteString("permissions", ((ulong)world.PermissionsOf(viewer, channel)).ToString(CultureInfo.InvariantCulture));
        if (channel.Thread is { } thread) Ids(json, "member_ids", thread.Members.Keys);
        else if (channel.Guild is { } guild)
        {
            json.WriteBoolean("private", IsPrivate(channel, guild));
            if (guild.Members.Count <= MostForViewers)
                Ids(json, "viewer_ids", guild.Members.Where(member => Sight.Sees(member.User, channel, world.Now)).Select(member => member.User.Id));
        }
        json.WriteEndObject();
    }

    /// <summary>A message as it reaches a client by the gateway; Discord's own client also knows the name of the command that it answers.</summary>
    public void Message(Utf8JsonWriter json, MessageState message, UserState viewer)
    {
        var view = new MessageView(viewer, AsEvent: true);
        if (message.Interaction?.CommandName is not { } command)
        {
            payloads.Message(json, message, view);
            return;
        }
        json.WriteStartObject();
        CopyFields(json, Payloads.Bytes(inner => payloads.Message(inner, message, view)));
        json.WriteString("command_name", command);
        json.WriteEndObject();
    }

    /// <summary>A guild with all that the person sees in it; only its name when they are no member.</summary>
    public void Guild(Utf8JsonWriter json, GuildState guild, UserState viewer)
    {
        var joined = guild.MemberIndex.ContainsKey(viewer.Id);
        json.WriteStartObject();
        json.WriteString("id", guild.Id.ToString());
        json.WriteString("name", guild.Name);
        json.WriteString("owner_id", guild.Owner.Id.ToString());
        json.WriteBoolean("joined", joined);
        json.WriteBoolean("direct_messages", !viewer.DmsClosed);
        List(json, "roles", joined ? guild.Roles : [], role => Payloads.Role(json, role));
        List<EmojiState>(json, "emojis", joined ? guild.Emojis.Values : [], emoji => Emoji(json, emoji));
        List(json, "members", joined ? guild.Members : [], member => Payloads.Member(json, member));
        List(json, "channels", joined ? guild.Channels.Where(channel => IsListed(channel, viewer)) : [], channel => Channel(json, channel, viewer));
        List(json, "threads", joined ? ThreadsFor(guild, viewer) : [], thread => Channel(json, thread, viewer));
        List(json, "voice_states", joined ? guild.VoiceStates : [], voice => Voice(json, guild.Id, voice.Key, voice.Value));
        List(json, "commands", joined ? CommandsFor(guild, viewer) : [], pair => Command(json, pair.Application, pair.Command));
        json.WriteEndObject();
    }

    private static void Emoji(Utf8JsonWriter json, EmojiState emoji)
    {
        json.WriteStartObject();
        json.WriteString("id", emoji.Id.ToString());
        json.WriteString("name", emoji.Name);
        json.WriteString("picture", emoji.Picture);
        json.WriteEndObject();
    }

    /// <summary>Somebody in voice, or gone from it with null.</summary>
    public static void Voice(Utf8JsonWriter json, Snowflake guild, Snowflake user, Snowflake? channel)
    {
        json.WriteStartObject();
        json.WriteString("guild_id", guild.ToString());
        json.WriteString("user_id", user.ToString());
        json.WriteString("channel_id", channel?.ToString());
        json.WriteEndObject();
    }

    /// <summary>How far the person has read each channel, and how often they were pinged since.</summary>
    public void Reads(Utf8JsonWriter json, IEnumerable<ChannelState> channels, UserState viewer)
    {
        json.WriteStartObject();
        foreach (var channel in channels.Where(channel => channel.LastMessageId is not null))
        {
            var read = reads.LastRead(viewer.Id, channel.Id);
            json.WriteStartObject(channel.Id.ToString());
            json.WriteString("last_read", read.ToString());
            json.WriteNumber("mentions", MentionsSince(channel, read, viewer));
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    /// <summary>Whether the person is shown the channel: what they see, and a category where something in it is seen.</summary>
    public bool IsListed(ChannelState channel, UserState viewer) =>
        channel.Type == ChannelType.GuildCategory
            ? Sight.Sees(viewer, channel, world.Now) || channel.Children.Any(child => Sight.Sees(viewer, child, world.Now))
            : Sight.Sees(viewer, channel, world.Now);

    /// <summary>Whether a dispatch about the channel concerns the person.</summary>
    public bool Sees(ChannelState channel, UserState viewer) => IsListed(channel, viewer);

    private static int MentionsSince(ChannelState channel, Snowflake read, UserState viewer) =>
        channel.Log.After(read).Count(message => message.Author != viewer && message.EphemeralFor is null && (channel.IsDm || message.Pings.Contains(viewer.Id)));

    private static bool IsPrivate(ChannelState channel, GuildState guild) =>
        channel.OverwriteIndex.TryGetValue(guild.Id, out var overwrite) && overwrite.Deny.HasFlag(Permissions.ViewChannel);

    // Archived threads come too: a link to one must open.
    private IEnumerable<ChannelState> ThreadsFor(GuildState guild, UserState viewer) =>
        guild.Channels.SelectMany(channel => channel.Children).Where(child => child.IsThread && Sight.Sees(viewer, child, world.Now));

    private IEnumerable<(ApplicationState Application, CommandState Command)> CommandsFor(GuildState guild, UserState viewer)
    {
        var held = world.PermissionsOf(viewer, guild);
        return world.CommandsOf(guild).Where(pair => MayUse(pair.Command, held));
    }

    /// <summary>https://discord.com/developers/docs/interactions/application-commands#permissions</summary>
    private static bool MayUse(CommandState command, Permissions held) =>
        held.HasFlag(Permissions.Administrator)
        || command.DefaultMemberPermissions is not { } needed
        || (needed != Permissions.None && (held & needed) == needed);

    private static void Command(Utf8JsonWriter json, ApplicationState application, CommandState command)
    {
        json.WriteStartObject();
        json.WriteString("id", command.Id.ToString());
        json.WriteString("application_id", application.Id.ToString());
        json.WriteString("application_name", application.Name);
        json.WriteString("name", command.Name);
        json.WriteNumber("type", command.Type);
        foreach (var name in (ReadOnlySpan<string>)["description", "options"])
        {
            if (!command.Definition.TryGetProperty(name, out var value)) continue;
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
        json.WriteEndObject();
    }

    private static void List<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items) write(item);
        json.WriteEndArray();
    }

    private static void Ids(Utf8JsonWriter json, string name, IEnumerable<Snowflake> ids)
    {
        json.WriteStartArray(name);
        foreach (var id in ids) json.WriteStringValue(id.ToString());
        json.WriteEndArray();
    }

    private static void CopyFields(Utf8JsonWriter json, byte[] written)
    {
        using var document = JsonDocument.Parse(written);
        foreach (var property in document.RootElement.EnumerateObject()) property.WriteTo(json);
    }
}
