using System.Buffers;

namespace Usher.Web.Transcripts.Markdown;

/// <summary>
/// Reads the text within a block. It goes once from left to right and keeps the marks that are still open on a small stack: at most one of each
/// kind, as Discord never nests a style in itself. A mark that finds no partner stays text. So the work is linear in the text and the tree
/// at most as deep as there are kinds of marks.
/// </summary>
internal sealed partial class InlineParser
{
    private static readonly SearchValues<char> Marks = SearchValues.Create("\\`*_~|[]<@:");

    private readonly ReadOnlyMemory<char> _text;
    private readonly List<MarkdownNode> _nodes = [];
    private readonly List<OpenMark> _open = [];
    private int _position;
    private int _pending;

    private InlineParser(ReadOnlyMemory<char> text) => _text = text;

    public static IReadOnlyList<MarkdownNode> Parse(ReadOnlyMemory<char> text)
    {
        if (text.Span.IndexOfAny(Marks) < 0) return text.IsEmpty ? [] : [new TextNode(text)];
        var parser = new InlineParser(text);
        parser.Run();
        return parser._nodes;
    }

    private ReadOnlySpan<char> Rest => _text.Span[_position..];

    private void Run()
    {
        while (_position < _text.Length)
        {
            var next = Rest.IndexOfAny(Marks);
            if (next < 0) break;
            _position += next;
            Read(_text.Span[_position]);
        }

        _position = _text.Length;
        FlushText();
    }

    private void Read(char mark)
    {
        switch (mark)
        {
            case '\\': Escape(); break;
            case '`': Code(); break;
            case '*' or '_': Emphasis(mark); break;
            case '~' or '|': Pair(mark); break;
            case '[': OpenBracket(); break;
            case ']': CloseBracket(); break;
            case '<': AngleBracket(); break;
            case '@': Everyone(); break;
            default: BareLink(); break;
        }
    }

    private void FlushText()
    {
        if (_position > _pending) _nodes.Add(new TextNode(_text[_pending.._position]));
        _pending = _position;
    }

    /// <summary>Adds a node for the next <paramref name="length"/> characters.</summary>
    private void Add(MarkdownNode node, int length)
    {
        FlushText();
        _nodes.Add(node);
        _position += length;
        _pending = _position;
    }

    private void Escape()
    {
        const string shrug = @"\_(ツ)_/¯";
        if (_position > 0 && _text.Span[_position - 1] == '¯' && Rest.StartsWith(shrug))
        {
            _position += shrug.Length;
            return;
        }

        if (Rest.Length < 2 || char.IsAsciiLetterOrDigit(Rest[1]) || char.IsWhiteSpace(Rest[1]))
        {
            _position++;
            return;
        }

        FlushText();
        _pending = _position + 1;
        _position += 2;
    }

    private void Code()
    {
        var run = RunLength('`');
        var close = ClosingTicks(_position + run, run);
        if (close < 0)
        {
            _position += run;
            return;
        }

        var code = _text[(_position + run)..close];
        if (code.Span.StartsWith(" `")) code = code[1..];
        if (code.Span.EndsWith("` ")) code = code[..^1];
        Add(new InlineCodeNode(code), close + run - _position);
    }

    // Remembers for each length of ticks from where on there is none, so that a text full of lone ticks is not searched again and again.
    private readonly Dictionary<int, int> _noTicksFrom = [];

    private int ClosingTicks(int from, int run)
    {
        if (_noTicksFrom.TryGetValue(run, out var none) && from >= none) return -1;
        var at = from;
        while (at < _text.Length)
        {
            var found = _text.Span[at..].IndexOf('`');
            if (found < 0) break;
            at += found;
            var length = _text.Span[at..].IndexOfAnyExcept('`');
            if (length < 0) length = _text.Length - at;
            if (length == run) return at;
            at += length;
        }

        _noTicksFrom[run] = from;
        return -1;
    }

    private void Everyone()
    {
        foreach (var name in (ReadOnlySpan<string>)["everyone", "here"])
        {
            if (!Rest[1..].StartsWith(name)) continue;
            Add(new NamedMentionNode('@', _text.Slice(_position + 1, name.Length)), name.Length + 1);
            return;
        }

        _position++;
    }

    private int RunLength(char mark)
    {
        var length = Rest.IndexOfAnyExcept(mark);
        return length < 0 ? Rest.Length : length;
    }
}
