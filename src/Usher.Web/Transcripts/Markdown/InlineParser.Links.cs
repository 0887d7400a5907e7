namespace Usher.Web.Transcripts.Markdown;

internal sealed partial class InlineParser
{
    private const int LongestAddress = 2048;
    private const int MostOpenBrackets = 4;

    private int _links;

    private void OpenBracket()
    {
        if (_open.Count(open => open.Mark == '[') == MostOpenBrackets)
        {
            _position++;
            return;
        }

        FlushText();
        Open('[', 1);
    }

    private void CloseBracket()
    {
        var index = _open.FindLastIndex(open => open.Mark == '[');
        if (index < 0)
        {
            _position++;
            return;
        }

        FlushText();
        var bracket = _open[index];
        // A label that holds a link itself must not become a link around a link.
        if (_links > bracket.LinksBefore || !HasContent(bracket) || !TryDestination(_position + 1, out var address, out var end))
        {
            _open.RemoveAt(index);
            _position++;
            return;
        }

        _nodes[bracket.Node] = new LinkNode(address, TakeNodes(bracket.Node + 1));
        _open.RemoveRange(index, _open.Count - index);
        _links++;
        _position = end;
        _pending = end;
    }

    /// <summary>Reads <c>(https://…)</c>, <c>(&lt;https://…&gt;)</c> or <c>(https://… "title")</c>; the title is Discord's hover text and not kept.</summary>
    private bool TryDestination(int from, out ReadOnlyMemory<char> address, out int end)
    {
        address = default;
        end = 0;
        var text = _text.Span;
        if (from >= text.Length || text[from] != '(') return false;
        var start = from + 1;
        while (start < text.Length && text[start] == ' ') start++;
        var angled = start < text.Length && text[start] == '<';
        if (angled) start++;
        if (!StartsWithScheme(text[start..], out _)) return false;

        var stop = AddressEnd(text, start, angled);
        if (stop < 0 || !WebAddress.IsWeb(text[start..stop])) return false;
        address = _text[start..stop];
        if (angled) stop++;
        end = TitleEnd(text, stop);
        return end > 0;
    }

    private static int AddressEnd(ReadOnlySpan<char> text, int start, bool angled)
    {
        var parentheses = 0;
        var limit = Math.Min(text.Length, start + LongestAddress);
        for (var at = start; at < limit; at++)
        {
            var c = text[at];
            if (angled && c == '>') return at;
            if (c is '\n' or '<') return -1;
            if (angled) continue;
            if (c == ' ') return at;
            if (c == '(') parentheses++;
            if (c == ')' && parentheses-- == 0) return at;
        }

        return -1;
    }

    private static int TitleEnd(ReadOnlySpan<char> text, int from)
    {
        while (from < text.Length && text[from] == ' ') from++;
        if (from < text.Length && text[from] is '"' or '\'')
        {
            var limit = Math.Min(LongestAddress, text.Length - from - 1);
            var length = text.Slice(from + 1, limit).IndexOf(text[from]);
            if (length < 0) return -1;
            from += length + 2;
            while (from < text.Length && text[from] == ' ') from++;
        }

        return from < text.Length && text[from] == ')' ? from + 1 : -1;
    }

    private void BareLink()
    {
        var start = SchemeStart();
        if (start < 0)
        {
            _position++;
            return;
        }

        var end = TrimEnd(start, BareEnd(_position + 3));
        if (end <= _position + 3 || !WebAddress.IsWeb(_text.Span[start..end]))
        {
            _position += 3;
            return;
        }

        _position = start;
        _links++;
        Add(new LinkNode(_text[start..end], null), end - start);
    }

    /// <summary>The place where <c>http://</c> or <c>https://</c> begins when the colon at the position is its colon, else -1.</summary>
    private int SchemeStart()
    {
        if (!Rest.StartsWith("://")) return -1;
        var before = _text.Span[_pending.._position];
        var length = before.EndsWith("https", StringComparison.OrdinalIgnoreCase) ? 5 : before.EndsWith("http", StringComparison.OrdinalIgnoreCase) ? 4 : 0;
        if (length == 0) return -1;
        var start = _position - length;
        return start > 0 && char.IsAsciiLetterOrDigit(_text.Span[start - 1]) ? -1 : start;
    }

    // An address ends at white space, and where it would swallow the end of a style or of a label that is open around it.
    private int BareEnd(int from)
    {
        var text = _text.Span;
        var limit = Math.Min(text.Length, from + LongestAddress);
        for (var at = from; at < limit; at++)
        {
            var c = text[at];
            if (char.IsWhiteSpace(c) || c == '<') return at;
            var twice = at + 1 < text.Length && text[at + 1] == c;
            if (c is '*' or '|' or '~' && IsOpen(c, twice)) return at;
            if (c == '_' && twice && IsOpen(c, twice: true)) return at;
            if (c == ']' && at + 1 < text.Length && text[at + 1] == '(' && IsOpen('[', twice: false)) return at;
        }

        return limit;
    }

    private bool IsOpen(char mark, bool twice)
    {
        foreach (var open in _open)
        {
            if (open.Mark == mark && (mark == '[' || (twice ? open.HasDouble : open.HasSingle))) return true;
        }

        return false;
    }

    private int TrimEnd(int start, int end)
    {
        var text = _text.Span;
        var surplus = text[start..end].Count(')') - text[start..end].Count('(');
        while (end > start)
        {
            var last = text[end - 1];
            if (last is '.' or ',' or ':' or ';' or '"' or '\'' or ']') end--;
            else if (last == ')' && surplus-- > 0) end--;
            else break;
        }

        return end;
    }

    private static bool StartsWithScheme(ReadOnlySpan<char> text, out int length)
    {
        length = text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8 : text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7 : 0;
        return length > 0;
    }
}
