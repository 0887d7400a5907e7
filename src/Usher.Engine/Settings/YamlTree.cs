using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Usher.Engine.Settings;

/// <summary>A piece of a YAML document that knows its line.</summary>
internal abstract record YamlPiece(int Line);

/// <summary>A word, a number, a text.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Text">What it says.</param>
/// <param name="IsNull">Whether it is YAML's nothing: an empty value, <c>~</c> or <c>null</c> without quotes.</param>
internal sealed record YamlScalar(int Line, string Text, bool IsNull) : YamlPiece(Line);

/// <summary>A list.</summary>
internal sealed record YamlList(int Line, IReadOnlyList<YamlPiece> Items) : YamlPiece(Line);

/// <summary>Keys with values, in the file's order.</summary>
internal sealed record YamlMap(int Line, IReadOnlyList<YamlEntry> Entries) : YamlPiece(Line);

/// <summary>A key with its value.</summary>
internal sealed record YamlEntry(int Line, string Key, YamlPiece Value);

/// <summary>Reads YAML from the parser's events.</summary>
/// <remarks>The library's own document model gives up at the first key that stands twice; here that is a fault among others.</remarks>
internal sealed class YamlTree
{
    private const string MergeKey = "<<";

    // Deeper than any setting goes, and shallow enough for the stack.
    private const int Deepest = 32;

    private readonly FaultList _faults;
    private readonly Parser _parser;
    private readonly Dictionary<AnchorName, YamlPiece> _anchors = [];
    private int _depth;
    private string _path = "";

    private YamlTree(string yaml, FaultList faults)
    {
        _faults = faults;
        _parser = new Parser(new StringReader(yaml));
    }

    /// <summary>The document; null when it is empty or when it is not YAML, which then stands among the faults.</summary>
    internal static YamlPiece? Read(string yaml, FaultList faults)
    {
        var tree = new YamlTree(yaml, faults);
        try
        {
            return tree.Document();
        }
        catch (YamlException broken)
        {
            Tell(yaml, LineOf(broken.Start), Sentence(broken.Message), faults);
        }
        // The library's scanner runs out of its own bounds on some damaged files.
        catch (Exception broken) when (broken is ArgumentException or InvalidOperationException or IndexOutOfRangeException or FormatException)
        {
            Tell(yaml, tree._parser.Current is { } last ? LineOf(last.End) : 1, "it breaks off or cannot be understood near here.", faults);
        }
        return null;
    }

    private static void Tell(string yaml, int line, string why, FaultList faults)
    {
        var tab = LineWithTab(yaml, line);
        faults.Add(tab ?? line, "", $"This is not YAML: {why}", tab is not null
            ? "Indent with spaces; YAML takes no tabs."
            : "Look at this line and the one above: indentation, a missing colon, or a quote that is not closed. Text with : or # needs quotes.");
    }

    private YamlPiece? Document()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _)) return null;
        var root = Piece();
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
            _faults.Add(LineOf(second.Start), "", "A second document begins here.", "Keep everything in one document: remove the line ---.");
        return root;
    }

    private YamlPiece Piece()
    {
        if (_parser.TryConsume<AnchorAlias>(out var alias)) return Named(alias);
        var start = _parser.Current as NodeEvent;
        if (++_depth > Deepest) throw new YamlException(start!.Start, start.End, "It is nested too deeply");
        YamlPiece piece = _parser.Current switch
        {
            SequenceStart => List(),
            MappingStart => Map(),
            _ => Scalar(),
        };
        _depth--;
        // Only now: an anchor inside itself would be a circle.
        if (start is { Anchor.IsEmpty: false }) _anchors[start.Anchor] = piece;
        return piece;
    }

    private YamlPiece Within(string path)
    {
        var outer = _path;
        _path = path;
        var piece = Piece();
        _path = outer;
        return piece;
    }

    private YamlPiece Named(AnchorAlias alias)
    {
        if (_anchors.TryGetValue(alias.Value, out var piece)) return piece;
        var known = _anchors.Keys.Select(a => a.Value).ToList();
        _faults.Add(LineOf(alias.Start), _path, $"*{alias.Value} names nothing above it.", Nearest.To(alias.Value.Value, known) is { } near
            ? $"Did you mean *{near}?"
            : $"Mark what it stands for with &{alias.Value}, further up.");
        return new YamlScalar(LineOf(alias.Start), "", IsNull: true);
    }

    private YamlScalar Scalar()
    {
        var scalar = _parser.Consume<Scalar>();
        var isNull = scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null" or "Null" or "NULL";
        return new YamlScalar(LineOf(scalar.Start), scalar.Value, isNull);
    }

    private YamlList List()
    {
        var start = _parser.Consume<SequenceStart>();
        var items = new List<YamlPiece>();
        while (!_parser.TryConsume<SequenceEnd>(out _)) items.Add(Within($"{_path}[{items.Count}]"));
        return new YamlList(LineOf(start.Start), items);
    }

    private YamlMap Map()
    {
        var start = _parser.Consume<MappingStart>();
        var entries = new List<YamlEntry>();
        var merged = new List<YamlEntry>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var keyStart = _parser.Current!.Start;
            var key = Piece();
            var name = (key as YamlScalar)?.Text;
            var path = _path.Length == 0 ? name ?? "" : $"{_path}.{name}";
            var value = Within(path);
            if (name is null)
                _faults.Add(LineOf(keyStart), _path, "A key must be one word.", "Write it as name: value.");
            else if (name == MergeKey)
                merged.AddRange(Merged(value));
            else if (entries.Find(e => e.Key == name) is { } first)
                _faults.Add(LineOf(keyStart), path, $"{name} stands twice: first on line {first.Line}.", "Keep one of the two.");
            else
                entries.Add(new YamlEntry(LineOf(keyStart), name, value));
        }
        foreach (var entry in merged)
            if (!entries.Exists(e => e.Key == entry.Key)) entries.Add(entry);
        return new YamlMap(LineOf(start.Start), entries);
    }

    private List<YamlEntry> Merged(YamlPiece value)
    {
        switch (value)
        {
            case YamlMap map:
                return [.. map.Entries];
            case YamlList list when list.Items.All(i => i is YamlMap):
                return [.. list.Items.Cast<YamlMap>().SelectMany(m => m.Entries)];
            case YamlScalar { IsNull: true }:
                return [];
            default:
                _faults.Add(value.Line, _path, "Only keys with values can be merged.", "Write <<: *name, where &name marks keys with values.");
                return [];
        }
    }

    private static int LineOf(Mark mark) => (int)Math.Max(mark.Line, 1);

    private static string Sentence(string message)
    {
        var text = message.StartsWith('(') && message.IndexOf("): ", StringComparison.Ordinal) is > 0 and var end ? message[(end + 3)..] : message;
        return text.TrimEnd('.', ' ') + ".";
    }

    // The parser blames the line where the block began, not the one with the tab.
    private static int? LineWithTab(string yaml, int from)
    {
        var lines = yaml.Split('\n');
        for (var i = from - 1; i < lines.Length; i++)
            if (lines[i].AsSpan(0, lines[i].Length - lines[i].AsSpan().TrimStart().Length).Contains('\t')) return i + 1;
        return null;
    }
}
