using System.Text.Json;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Pages;

/// <summary>Everything one person may see, at one moment: what the page starts with and comes back to.</summary>
internal sealed class PageSnapshot(DiscordWorld world, PageObjects objects, People people, bool canReset, PageFront? front)
{
    /// <summary>Another world has another name, so that a page knows when one was made anew.</summary>
    private readonly string _world = Guid.NewGuid().ToString("N");

    /// <summary>Writes the snapshot as JSON.</summary>
    public byte[] Take(UserState viewer)
    {
        lock (world.Gate) return Payloads.Bytes(json => Write(json, viewer));
    }

    private void Write(Utf8JsonWriter json, UserState viewer)
    {
        var directs = world.DmsOf(viewer).Where(dm => dm.LastMessageId is not null).ToList();
        json.WriteStartObject();
        json.WriteString("world", _world);
        json.WriteBoolean("can_reset", canReset);
        if (front is not null)
        {
            json.WriteStartObject("front");
            json.WriteString("path", front.Path);
            json.WriteString("name", front.Name);
            json.WriteEndObject();
        }
        json.WritePropertyName("me");
        Payloads.User(json, viewer);
        json.WriteStartArray("people");
        foreach (var person in people.Offered(viewer))
        {
            json.WriteStartObject();
            json.WritePropertyName("user");
            Payloads.User(json, person);
            json.WriteString("label", people.LabelOf(person));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("users");
        foreach (var user in world.Users) Payloads.User(json, user);
        json.WriteEndArray();
        json.WriteStartArray("dms");
        foreach (var direct in directs) objects.Channel(json, direct, viewer);
        json.WriteEndArray();
        json.WriteStartArray("guilds");
        foreach (var guild in world.Guilds) objects.Guild(json, guild, viewer);
        json.WriteEndArray();
        json.WritePropertyName("reads");
        objects.Reads(json, directs.Concat(world.Guilds.SelectMany(SeenIn)), viewer);
        json.WriteEndObject();

        IEnumerable<ChannelState> SeenIn(GuildState guild) =>
            guild.Channels.Concat(guild.Channels.SelectMany(channel => channel.Children.Where(child => child.IsThread))).Where(channel => objects.Sees(channel, viewer));
    }
}
