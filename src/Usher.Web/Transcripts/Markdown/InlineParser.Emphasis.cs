namespace Usher.Web.Transcripts.Markdown;

internal sealed partial class InlineParser
{
    /// <summary>
    /// A mark that waits for its partner. Its own characters stand in the nodes at <paramref name="Node"/> as text until it is closed.
    /// Three stars or underscores are bold (underline) and italic at once: whichever closes first is the inner one.
    /// </summary>
    private sealed record OpenMark(char Mark, int Count, int Node, int Start, int LinksBefore)
    {
        public bool HasSingle => Mark is '*' or '_' && Count is 1 or 3;
        public bool HasDouble => Count is 2 or 3;

        public bool Overlaps(OpenMark other) => Mark == other.Mark && ((HasSingle && other.HasSingle) || (HasDouble && other.HasDouble));
    }

    private void Emphasis(char mark)
    {
        var count = RunLength(mark);
        var before = _position == 0 ? '\n' : _text.Span[_position - 1];
        var after = _position + count < _text.Length ? _text.Span[_position + count] : '\n';
        var mayOpenSingle = mark == '*' ? !char.IsWhiteSpace(after) : !IsWord(before);
        var mayCloseSingle = mark == '*' ? !char.IsWhiteSpace(before) : !IsWord(after);

        FlushText();
        count = CloseEmphasis(mark, count, mayCloseSingle);
        if (count is 1 && !mayOpenSingle)
        {
            ForgetSingle(mark);
            _position += count;
            return;
        }

        // A longer run is a line that someone drew, not a style.
        if (count is 0 or > 3)
        {
            _position += count;
            return;
        }

        Open(mark, count);
    }

    /// <summary>Closes what the run can close, moves behind it, and returns how many of its marks are left.</summary>
    private int CloseEmphasis(char mark, int count, bool mayCloseSingle)
    {
        while (count > 0)
        {
            var index = count >= 3
                ? _open.FindLastIndex(open => open.Mark == mark)
                : count == 2
                    ? _open.FindLastIndex(open => open.Mark == mark && open.HasDouble)
                    : _open.FindLastIndex(open => open.Mark == mark && open.HasSingle);
            if (index < 0 || !HasContent(_open[index])) return count;

            var isDouble = count == 2 || (count >= 3 && _open[index].HasDouble);
            if (!isDouble && !mayCloseSingle) return count;
            var style = isDouble ? (mark == '*' ? TextStyle.Bold : TextStyle.Underline) : TextStyle.Italic;
            var used = isDouble ? 2 : 1;
            Close(index, used, style);
            count -= used;
            _position += used;
            _pending = _position;
        }

        return count;
    }

    // Discord gives an italic up as soon as a mark stands where it can neither close nor belong to the text.
    private void ForgetSingle(char mark)
    {
        var index = _open.FindLastIndex(open => open.Mark == mark && open.HasSingle);
        if (index >= 0 && _open[index].Count == 1) _open.RemoveAt(index);
    }

    private void Pair(char mark)
    {
        var run = RunLength(mark);
        if (run < 2)
        {
            _position++;
            return;
        }

        FlushText();
        var index = _open.FindLastIndex(open => open.Mark == mark);
        if (index >= 0 && HasContent(_open[index]))
        {
            Close(index, 2, mark == '~' ? TextStyle.Strikethrough : TextStyle.Spoiler);
            _position += 2;
            _pending = _position;
        }
        else if (index >= 0 || run == 4)
        {
            _position += run;
        }
        else
        {
            Open(mark, 2);
        }
    }

    private bool HasContent(OpenMark open) => _nodes.Count > open.Node + 1;

    private void Open(char mark, int count)
    {
        var opened = new OpenMark(mark, count, _nodes.Count, _position, _links);
        if (mark != '[') _open.RemoveAll(opened.Overlaps);
        _open.Add(opened);
        _nodes.Add(new TextNode(_text.Slice(_position, count)));
        _position += count;
        _pending = _position;
    }

    /// <summary>Makes everything since the open mark its content. Marks opened in between have lost and stay text.</summary>
    private void Close(int index, int used, TextStyle style)
    {
        var open = _open[index];
        var node = new StyledNode(style, TakeNodes(open.Node + 1));
        _open.RemoveRange(index, _open.Count - index);
        if (open.Count > used)
        {
            _open.Add(open with { Count = open.Count - used });
            _nodes[open.Node] = new TextNode(_text.Slice(open.Start, open.Count - used));
            _nodes.Add(node);
        }
        else
        {
            _nodes[open.Node] = node;
        }
    }

    private List<MarkdownNode> TakeNodes(int from)
    {
        var taken = _nodes.GetRange(from, _nodes.Count - from);
        _nodes.RemoveRange(from, _nodes.Count - from);
        return taken;
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
