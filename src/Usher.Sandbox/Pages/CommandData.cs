using System.Globalization;
using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Pages;

/// <summary>
/// The data of a slash command as the page filled it in, with what its identifiers stand for; files are uploaded here and their places become identifiers.
/// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-application-command-data-structure
/// </summary>
internal sealed class CommandData(DiscordWorld world, ChannelState channel, CommandState command, JsonElement filledIn, IReadOnlyList<NewFile> files)
{
    private const int Attachment = 11;

    private readonly List<UserState> _users = [];
    private readonly List<RoleState> _roles = [];
    private readonly List<ChannelState> _channels = [];
    private readonly List<AttachmentState> _uploads = [];

    /// <summary>The command's name with its subcommands.</summary>
    public string FullName
    {
        get
        {
            var name = command.Name;
            var level = filledIn;
            while (Options(level) is [var only] && TypeOf(only) is 1 or 2)
            {
                name = $"{name} {only.GetProperty("name").GetString()}";
                level = only;
            }
            return name;
        }
    }

    public JsonElement Write() => Person.Json(json =>
    {
        json.WriteStartObject();
        CommandLine.WriteHead(json, command);
        WriteOptions(json, filledIn);
        if (_users.Count + _roles.Count + _channels.Count + _uploads.Count > 0)
        {
            json.WriteStartObject("resolved");
            Resolved.Write(json, new Payloads(world), channel, _users, _roles, _channels, _uploads);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    });

    private void WriteOptions(Utf8JsonWriter json, JsonElement level)
    {
        if (Options(level) is not { Count: > 0 } options) return;
        json.WriteStartArray("options");
        foreach (var option in options) WriteOption(json, option);
        json.WriteEndArray();
    }

    private void WriteOption(Utf8JsonWriter json, JsonElement option)
    {
        json.WriteStartObject();
        json.WriteString("name", option.GetProperty("name").GetString());
        json.WriteNumber("type", TypeOf(option));
        if (option.TryGetProperty("focused", out var focused)) json.WriteBoolean("focused", focused.GetBoolean());
        if (option.TryGetProperty("value", out var value))
        {
            json.WritePropertyName("value");
            if (TypeOf(option) == Attachment) json.WriteStringValue(Upload(value.GetString()));
            else value.WriteTo(json);
            Resolve(TypeOf(option), value);
        }
        WriteOptions(json, option);
        json.WriteEndObject();
    }

    private void Resolve(int type, JsonElement value)
    {
        if (type is < 6 or > 9 || !Snowflake.TryParse(value.ToString(), out var id)) return;
        if (type is 6 or 9 && world.FindUser(id) is { } user) _users.Add(user);
        else if (type is 8 or 9 && channel.Guild?.RoleIndex.GetValueOrDefault(id) is { } role) _roles.Add(role);
        else if (type == 7 && world.FindChannel(id) is { Guild: not null } named) _channels.Add(named);
    }

    private string Upload(string? place)
    {
        var file = int.TryParse(place, CultureInfo.InvariantCulture, out var index) && index >= 0 && index < files.Count ? files[index] : throw new CannotException("A file is missing.");
        var upload = world.Upload(channel, [file])[0];
        _uploads.Add(upload);
        return upload.Id.ToString();
    }

    private static List<JsonElement> Options(JsonElement level) =>
        level.TryGetProperty("options", out var options) && options.ValueKind == JsonValueKind.Array ? [.. options.EnumerateArray()] : [];

    private static int TypeOf(JsonElement option) => option.GetProperty("type").GetInt32();
}
