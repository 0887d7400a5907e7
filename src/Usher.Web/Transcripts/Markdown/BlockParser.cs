using System.Text;

namespace Usher.Web.Transcripts.Markdown;

/// <summary>
/// Cuts a message into blocks, line by line: headings, subtext, lists, quotes, code, and paragraphs of everything else.
/// Every character is looked at a bounded number of times, quotes do not nest (as in Discord) and lists nest at most
/// <see cref="ListParser.DeepestList"/> deep, so the time is linear and the tree shallow whatever is sent.
/// </summary>
internal sealed class BlockParser
{
    private const string Fence = "```";

    private readonly ReadOnlyMemory<char> _text;
    private readonly bool _quoted;
    private readonly List<MarkdownNode> _blocks = [];
    private int _position;
    private int _paragraphStart = -1;
    private bool _fencesAreOver;
    private int _lineFrom;
    private int _lineEnd = -1;

    private BlockParser(ReadOnlyMemory<char> text, bool quoted)
    {
        _text = text;
        _quoted = quoted;
    }

    /// <summary>Parses a whole message.</summary>
    public static IReadOnlyList<MarkdownNode> Parse(string text) => Parse(text.AsMemory(), quoted: false);

    private static List<MarkdownNode> Parse(ReadOnlyMemory<char> text, bool quoted) => new BlockParser(text, quoted).Run();

    private List<MarkdownNode> Run()
    {
        while (_position < _text.Length)
        {
            var end = EndOfLine(_position);
            if (TryQuote(end) || TryHeading(end) || TryList(end) || TryCode(end)) continue;

            if (_paragraphStart < 0) _paragraphStart = _position;
            _position = Math.Min(end + 1, _text.Length);
        }

        EndParagraph(_text.Length);
        return _blocks;
    }

    // A line with much code in it is come back to after each piece: its end is looked for once.
    private int EndOfLine(int from)
    {
        if (from >= _lineFrom && from <= _lineEnd) return _lineEnd;
        var length = _text.Span[from..].IndexOf('\n');
        (_lineFrom, _lineEnd) = (from, length < 0 ? _text.Length : from + length);
        return _lineEnd;
    }

    private void EndParagraph(int end)
    {
        if (_paragraphStart < 0) return;
        var paragraph = _text[_paragraphStart..end];
        _paragraphStart = -1;
        if (paragraph.Span.EndsWith("\n")) paragraph = paragraph[..^1];
        if (!paragraph.Span.IsWhiteSpace()) _blocks.Add(new ParagraphNode(InlineParser.Parse(paragraph)));
    }

    private void Add(MarkdownNode block, int next)
    {
        EndParagraph(_position);
        _blocks.Add(block);
        _position = Math.Min(next, _text.Length);
    }

    private bool TryQuote(int end)
    {
        if (_quoted) return false;
        var line = _text.Span[_position..end];
        var mark = line.TrimStart(' ');
        var indent = line.Length - mark.Length;

        if (mark.StartsWith(">>> "))
        {
            Add(new QuoteNode(Parse(_text[(_position + indent + 4)..], quoted: true)), _text.Length);
            return true;
        }

        if (!mark.StartsWith("> ")) return false;

        var quoted = new StringBuilder();
        var next = _position;
        while (next < _text.Length)
        {
            var lineEnd = EndOfLine(next);
            mark = _text.Span[next..lineEnd].TrimStart(' ');
            if (!mark.StartsWith("> ")) break;
            quoted.Append(mark[2..]).Append('\n');
            next = lineEnd + 1;
        }

        Add(new QuoteNode(Parse(quoted.ToString().AsMemory(), quoted: true)), next);
        return true;
    }

    private bool TryHeading(int end)
    {
        if (!TryHeading(_text[_position..end], out var heading)) return false;
        Add(heading, end + 1);
        return true;
    }

    /// <summary>Reads <c># </c>, <c>## </c>, <c>### </c> or <c>-# </c> at the start of a line; a list's item may hold one, too.</summary>
    internal static bool TryHeading(ReadOnlyMemory<char> line, out MarkdownNode heading)
    {
        heading = null!;
        var span = line.Span;
        var isSubtext = span.StartsWith("-# ");
        var level = isSubtext ? 1 : span[..Math.Min(4, span.Length)].IndexOfAnyExcept('#');
        if (level is < 1 or > 3) return false;

        var words = isSubtext ? span[2..] : span[level..];
        if (words.IsEmpty || words[0] != ' ' || words.IsWhiteSpace()) return false;

        var children = InlineParser.Parse(line[^words.TrimStart(' ').Length..]);
        heading = isSubtext ? new SubtextNode(children) : new HeadingNode(level, children);
        return true;
    }

    private bool TryList(int end)
    {
        if (!ListParser.TryParse(_text, _position, end, out var lists, out var next)) return false;
        EndParagraph(_position);
        _blocks.AddRange(lists);
        _position = Math.Min(next, _text.Length);
        return true;
    }

    private bool TryCode(int end)
    {
        if (_fencesAreOver) return false;
        var from = _position;
        while (true)
        {
            var found = _text.Span[from..end].IndexOf(Fence);
            if (found < 0) return false;
            var open = from + found;
            if (IsEscaped(open))
            {
                from = open + 1;
                continue;
            }

            var length = _text.Span[(open + 3)..].IndexOf(Fence);
            if (length < 0)
            {
                _fencesAreOver = true;
                return false;
            }

            var inside = _text.Slice(open + 3, length);
            if (inside.Span.Trim('\n').IsEmpty)
            {
                from = open + 3;
                continue;
            }

            AddCode(open, inside);
            return true;
        }
    }

    private void AddCode(int open, ReadOnlyMemory<char> inside)
    {
        if (_paragraphStart < 0 && open > _position) _paragraphStart = _position;
        EndParagraph(open);
        _position = open;
        var next = open + 3 + inside.Length + 3;
        if (next < _text.Length && _text.Span[next] == '\n') next++;

        var language = ReadOnlyMemory<char>.Empty;
        var line = inside.Span.IndexOf('\n');
        if (line > 0 && IsLanguage(inside.Span[..line]) && !inside.Span[line..].Trim('\n').IsEmpty)
        {
            language = inside[..line];
            inside = inside[line..];
        }

        Add(new CodeBlockNode(language, inside.Trim('\n')), next);
    }

    private static bool IsLanguage(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '+' or '-' or '.' or '#')) return false;
        }

        return true;
    }

    private bool IsEscaped(int position)
    {
        var before = _text.Span[_position..position];
        return (before.Length - before.TrimEnd('\\').Length) % 2 == 1;
    }
}
