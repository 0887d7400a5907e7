using System.Globalization;
using Usher.Discord.Model;
using Usher.Sandbox.Cast;
using YamlDotNet.RepresentationModel;

namespace Usher.Starting;

/// <summary>Reads what a preset says for the demo. Presets are the program's own: what is wrong in them is a defect, and thrown.</summary>
internal static class SceneryReader
{
    internal static Scenery Read(string yaml, string key)
    {
        var file = File(yaml);
        var scenery = (YamlMappingNode)file[key];
        return new Scenery(
            Text(scenery, "guild")!,
            Text(file, "language") switch { null or "en" => "en-US", var language => language },
            [.. Inner(scenery, "roles").Select(role => Role(role.Key, role.Value))],
            [.. Inner(scenery, "channels").Select(channel => Channel(channel.Key, channel.Value))],
            [.. Inner(scenery, "emojis").Select(emoji => new SceneEmoji(emoji.Key, Id(emoji.Value)!.Value, Text(emoji.Value, "picture")!))]);
    }

    internal static PresetAbout ReadAbout(string yaml, string key)
    {
        var about = (YamlMappingNode)File(yaml)[key];
        return new PresetAbout(Text(about, "title")!, Text(about, "what")!, Text(about, "try")!);
    }

    private static YamlMappingNode File(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static SceneRole Role(string key, YamlMappingNode role) => new(
        key,
        Text(role, "name")!,
        Id(role),
        int.Parse(Text(role, "colour")!.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
        [.. ((YamlSequenceNode)role["members"]).Select(member => ((YamlScalarNode)member).Value!)]);

    private static SceneChannel Channel(string key, YamlMappingNode channel) => new(
        key,
        Text(channel, "name")!,
        Text(channel, "kind") == "category",
        Id(channel),
        Text(channel, "for") is { } audience ? Enum.Parse<SceneAudience>(audience, ignoreCase: true) : SceneAudience.Everyone);

    private static IEnumerable<(string Key, YamlMappingNode Value)> Inner(YamlMappingNode map, string key) =>
        map.Children.TryGetValue(key, out var inner) ? ((YamlMappingNode)inner).Select(entry => (((YamlScalarNode)entry.Key).Value!, (YamlMappingNode)entry.Value)) : [];

    private static Snowflake? Id(YamlMappingNode map) => Text(map, "id") is { } id ? Snowflake.Parse(id, CultureInfo.InvariantCulture) : null;

    private static string? Text(YamlMappingNode map, string key) => map.Children.TryGetValue(key, out var value) ? ((YamlScalarNode)value).Value : null;
}
