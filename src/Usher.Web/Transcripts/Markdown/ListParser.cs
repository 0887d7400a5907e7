using System.Globalization;

namespace Usher.Web.Transcripts.Markdown;

/// <summary>Reads the lines of a list into nested lists.</summary>
internal static class ListParser
{
    /// <summary>Discord nests a list eleven deep and shows deeper items at the last level.</summary>
    public const int DeepestList = 11;

    private const int LongestNumber = 9;

    /// <summary>Reads the list that begins at <paramref name="start"/>, in a line that ends at <paramref name="firstEnd"/>; bullets and numbers at the same level are lists of their own.</summary>
    public static bool TryParse(ReadOnlyMemory<char> text, int start, int firstEnd, out IReadOnlyList<MarkdownNode> lists, out int next)
    {
        var items = new List<Item>();
        next = start;
        while (next < text.Length && !EndsWithOpenCode(items))
        {
            var end = next == start ? firstEnd : EndOfLine(text.Span, next);
            if (TryItem(text, next, end, out var item)) items.Add(item);
            else if (items.Count > 0 && IsContinuation(text.Span[next..end])) items[^1] = items[^1] with { End = end };
            else break;
            next = end + 1;
        }

        if (items.Count > 0) next = CutAtOpenCode(text, items, next);
        var index = 0;
        lists = items.Count == 0 ? [] : Build(text, items, ref index, depth: 1);
        return items.Count > 0;

        bool EndsWithOpenCode(List<Item> soFar) => soFar.Count > 0 && OpenCode(text, soFar[^1]) >= 0;
    }

    private static int EndOfLine(ReadOnlySpan<char> text, int from)
    {
        var length = text[from..].IndexOf('\n');
        return length < 0 ? text.Length : from + length;
    }

    private sealed record Item(int Indent, int? Number, int Start, int End);

    private static bool TryItem(ReadOnlyMemory<char> text, int start, int end, out Item item)
    {
        item = null!;
        var line = text.Span[start..end];
        var marked = line.TrimStart(' ');
        var indent = line.Length - marked.Length;
        int? number = null;
        int markLength;
        if (marked.Length > 0 && marked[0] is '-' or '*')
        {
            markLength = 1;
        }
        else
        {
            var digits = marked.IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > LongestNumber || marked[digits] != '.') return false;
            number = int.Parse(marked[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
            markLength = digits + 1;
        }

        var words = marked[markLength..];
        if (words.IsEmpty || words[0] != ' ' || words.IsWhiteSpace()) return false;
        item = new Item(indent, number, end - words.TrimStart(' ').Length, end);
        return true;
    }

    private static bool IsContinuation(ReadOnlySpan<char> line) => line.StartsWith("  ") && !line.IsWhiteSpace();

    // Code that opens on an item's line and closes further down ends the list: what follows is a block of its own.
    private static int OpenCode(ReadOnlyMemory<char> text, Item item)
    {
        var words = text.Span[item.Start..item.End];
        var open = words.IndexOf("```");
        return open >= 0 && words[(open + 3)..].IndexOf("```") < 0 ? item.Start + open : -1;
    }

    private static int CutAtOpenCode(ReadOnlyMemory<char> text, List<Item> items, int next)
    {
        var open = OpenCode(text, items[^1]);
        if (open < 0) return next;
        items[^1] = items[^1] with { End = open };
        return open;
    }

    private static List<MarkdownNode> Build(ReadOnlyMemory<char> text, List<Item> items, ref int index, int depth)
    {
        var lists = new List<MarkdownNode>();
        var indent = items[index].Indent;
        List<IReadOnlyList<MarkdownNode>>? entries = null;
        Item? first = null;
        while (index < items.Count)
        {
            var item = items[index];
            if (item.Indent < indent && depth > 1) break;
            if (first is null || entries is null || item.Number is null != first.Number is null)
            {
                first = item;
                entries = [];
                lists.Add(new ListNode(item.Number, entries));
            }

            index++;
            var content = Content(text[item.Start..item.End]);
            if (depth < DeepestList && index < items.Count && items[index].Indent > item.Indent)
                content.AddRange(Build(text, items, ref index, depth + 1));
            entries.Add(content);
        }

        return lists;
    }

    private static List<MarkdownNode> Content(ReadOnlyMemory<char> words) =>
        BlockParser.TryHeading(words, out var heading) ? [heading] : [.. InlineParser.Parse(words)];
}
