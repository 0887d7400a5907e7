using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Usher.Desk.Settings;
using Usher.Desk.Values;

namespace Usher.Engine.Settings;

/// <summary>Writes <c>usher.yml</c> as it would be if what was changed in Discord stood in it.</summary>
/// <remarks><c>${NAME}</c> stays as it is; anchors are written out, and comments are lost.</remarks>
public static class SettingsExport
{
    private const string Spare = "x-";
    private static readonly JsonSerializerOptions Quoting = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The file's text with what holds now.</summary>
    /// <param name="yaml">The file, without fault.</param>
    /// <param name="file">What it says.</param>
    /// <param name="inForce">What holds, one a guild.</param>
    /// <param name="environment">The values of <c>${NAME}</c>, by which the guilds are told apart.</param>
    public static string Write(string yaml, IReadOnlyList<DeskSettings> file, IReadOnlyList<DeskSettings> inForce, IReadOnlyDictionary<string, string> environment)
    {
        var reading = new Reading(new FaultList(), environment);
        var root = (YamlMap)YamlTree.Read(yaml, reading.Faults)!;
        var text = new StringBuilder();
        WriteMap(text, root.Entries.Any(e => e.Key == "guilds") ? Each(root, Overlaid) : Overlaid(root), 0);
        return text.ToString();

        YamlMap Overlaid(YamlMap desk)
        {
            var guild = new Section(desk, desk.Line, "", reading).Id<GuildId>("guild", "a guild");
            var (was, now) = (file.FirstOrDefault(d => d.Guild == guild), inForce.FirstOrDefault(d => d.Guild == guild));
            if (was is null || now is null) return desk;
            desk = Change(desk, "departments", departments => was.Departments.Aggregate((YamlMap)departments, (map, before) =>
                now.Department(before.Key) is { } after ? Change(map, before.Key, piece => Department((YamlMap)piece, before, after)) : map));
            return was.Panels.Count == 0 ? desk : Change(desk, "panels", panels => was.Panels.Aggregate((YamlMap)panels, (map, before) =>
                now.Panel(before.Key) is { } after && after.Channel != before.Channel ? Change(map, before.Key, piece => Set((YamlMap)piece, "channel", Plain(after.Channel.ToString()))) : map));
        }
    }

    private static YamlMap Department(YamlMap map, Department before, Department after)
    {
        if (before.Staff != after.Staff) map = Set(map, "staff", new YamlList(map.Line, [.. after.Staff.Select(role => Plain(role.ToString()))]));
        if (before.Home != after.Home)
            map = Set(map, "home", new YamlMap(map.Line, [new YamlEntry(map.Line, after.Home.Kind == HomeKind.Thread ? "thread" : "channel", Plain(after.Home.Parent?.ToString() ?? "none"))]));
        return map;
    }

    private static YamlMap Each(YamlMap root, Func<YamlMap, YamlMap> change) =>
        Change(root, "guilds", list => new YamlList(list.Line, [.. ((YamlList)list).Items.Select(item => change((YamlMap)item))]));

    private static YamlMap Change(YamlMap map, string key, Func<YamlPiece, YamlPiece> change) =>
        map with { Entries = [.. map.Entries.Select(entry => entry.Key == key ? entry with { Value = change(entry.Value) } : entry)] };

    private static YamlMap Set(YamlMap map, string key, YamlPiece value) =>
        map.Entries.Any(e => e.Key == key) ? Change(map, key, _ => value) : map with { Entries = [.. map.Entries, new YamlEntry(map.Line, key, value)] };

    private static YamlScalar Plain(string text) => new(0, text, IsNull: false);

    private static void WriteMap(StringBuilder text, YamlMap map, int depth, bool afterDash = false)
    {
        foreach (var entry in map.Entries.Where(e => !e.Key.StartsWith(Spare, StringComparison.Ordinal)))
        {
            if (!afterDash) text.Append(' ', depth * 2);
            afterDash = false;
            text.Append(Key(entry.Key)).Append(':');
            switch (entry.Value)
            {
                case YamlMap { Entries.Count: > 0 } inner:
                    text.Append('\n');
                    WriteMap(text, inner, depth + 1);
                    break;
                case YamlList { Items: var items } when items.Any(item => item is YamlMap):
                    text.Append('\n');
                    foreach (var item in items) WriteItem(text, item, depth + 1);
                    break;
                default:
                    text.Append(' ').Append(Inline(entry.Value)).Append('\n');
                    break;
            }
        }
    }

    private static void WriteItem(StringBuilder text, YamlPiece item, int depth)
    {
        text.Append(' ', depth * 2).Append("- ");
        if (item is YamlMap { Entries.Count: > 0 } map) WriteMap(text, map, depth + 1, afterDash: true);
        else text.Append(Inline(item)).Append('\n');
    }

    private static string Inline(YamlPiece piece) => piece switch
    {
        YamlScalar { IsNull: true } => "~",
        // JSON's quotes are YAML's double quotes.
        YamlScalar scalar => JsonSerializer.Serialize(scalar.Text, Quoting),
        YamlList list => $"[{string.Join(", ", list.Items.Select(Inline))}]",
        YamlMap map => $"{{{string.Join(", ", map.Entries.Select(e => $"{Key(e.Key)}: {Inline(e.Value)}"))}}}",
        _ => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Line {piece.Line} holds something unknown.")),
    };

    private static string Key(string key) => key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') && char.IsAsciiLetter(key[0]) ? key : JsonSerializer.Serialize(key, Quoting);
}
