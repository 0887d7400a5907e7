using System.Text.Json.Nodes;
using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Pages;

/// <summary>
/// The things that an interaction's identifiers stand for, told beside them; files are uploaded here and their places become identifiers.
/// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-resolved-data-structure
/// </summary>
internal sealed class ResolvedData(DiscordWorld world, Payloads payloads, ChannelState channel, UserState viewer)
{
    private const int UserCommand = 2;
    private readonly JsonObject _resolved = [];

    /// <summary>The options of a command, subcommands among them.</summary>
    public void AddOptions(JsonArray options, IReadOnlyList<NewFile> files)
    {
        foreach (var option in options.OfType<JsonObject>())
        {
            if (option["options"] is JsonArray inner) AddOptions(inner, files);
            switch ((int?)option["type"])
            {
                case 6 or 7 or 8 or 9: Add((string?)option["value"]); break;
                case 11: option["value"] = Upload((string?)option["value"], files); break;
            }
        }
    }

    /// <summary>The answers of a form.</summary>
    public void AddComponents(JsonArray components, IReadOnlyList<NewFile> files)
    {
        foreach (var component in components.OfType<JsonObject>())
        {
            if (component["components"] is JsonArray inner) AddComponents(inner, files);
            if (component["component"] is JsonObject single) AddComponent(single, files);
            else AddComponent(component, files);
        }
    }

    /// <summary>The person or message that a context command was chosen for.</summary>
    public void AddTarget(int commandType, string target)
    {
        if (commandType == UserCommand) Add(target);
        else if (Snowflake.TryParse(target, out var id) && channel.Log.Find(id) is { } message)
            Put("messages", id, Payloads.Bytes(json => payloads.Message(json, message, new MessageView(viewer))));
    }

    /// <summary>Sets <c>resolved</c> where there is something to tell.</summary>
    public void WriteTo(JsonObject data)
    {
        if (_resolved.Count > 0) data["resolved"] = _resolved;
    }

    private void AddComponent(JsonObject component, IReadOnlyList<NewFile> files)
    {
        if (component["values"] is not JsonArray values) return;
        switch ((int?)component["type"])
        {
            case 5 or 6 or 7 or 8:
                foreach (var value in values) Add((string?)value);
                break;
            case 19:
                component["values"] = new JsonArray([.. values.Select(value => (JsonNode?)Upload((string?)value, files))]);
                break;
        }
    }

    private void Add(string? text)
    {
        if (!Snowflake.TryParse(text, out var id) || channel.Guild is not { } guild) return;
        if (guild.RoleIndex.TryGetValue(id, out var role)) Put("roles", id, Payloads.Bytes(json => Payloads.Role(json, role)));
        else if (world.FindUser(id) is { } user)
        {
            Put("users", id, Payloads.Bytes(json => Payloads.User(json, user)));
            if (guild.MemberIndex.TryGetValue(id, out var member)) Put("members", id, Payloads.Bytes(json => Payloads.ResolvedMember(json, member, world.PermissionsOf(user, channel))));
        }
        else if (world.FindChannel(id) is { } named) Put("channels", id, Payloads.Bytes(json => payloads.InteractionChannel(json, named, viewer)));
    }

    private string? Upload(string? place, IReadOnlyList<NewFile> files)
    {
        if (!int.TryParse(place, out var index) || index < 0 || index >= files.Count) return null;
        var attachment = world.Upload(channel, [files[index]])[0];
        Put("attachments", attachment.Id, Payloads.Bytes(json => payloads.Attachment(json, attachment)));
        return attachment.Id.ToString();
    }

    private void Put(string kind, Snowflake id, byte[] element)
    {
        if (_resolved[kind] is not JsonObject group) _resolved[kind] = group = [];
        group[id.ToString()] = JsonNode.Parse(element);
    }
}
