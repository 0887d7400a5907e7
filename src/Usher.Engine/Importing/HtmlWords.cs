using System.Buffers;
using System.Net;
using System.Text;

namespace Usher.Engine.Importing;

/// <summary>The words of a page, without its markup: a line for each part that stands by itself. Never shown as a page again.</summary>
internal static class HtmlWords
{
    private static readonly string[] Silent = ["script", "style", "head", "template", "svg"];
    private static readonly string[] Within = ["a", "abbr", "b", "code", "em", "font", "i", "mark", "s", "small", "span", "strong", "sub", "sup", "time", "u", "img"];

    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n/>");

    public static string Of(string html)
    {
        var words = new StringBuilder(html.Length / 2);
        for (var at = 0; at < html.Length;)
        {
            var tag = html.IndexOf('<', at);
            words.Append(WebUtility.HtmlDecode(html[at..(tag < 0 ? html.Length : tag)]));
            if (tag < 0) break;
            var end = html.AsSpan(tag).StartsWith("<!--") ? html.IndexOf("-->", tag, StringComparison.Ordinal) + 2 : html.IndexOf('>', tag);
            if (end < tag) break;
            var name = NameOf(html.AsSpan(tag + 1, end - tag - 1));
            if (!Contains(Within, name)) words.Append('\n');
            at = end + 1;
            if (Contains(Silent, name) && html[tag + 1] != '/' && html.IndexOf($"</{name}", at, StringComparison.OrdinalIgnoreCase) is >= 0 and var closing) at = closing;
        }
        return string.Join('\n', words.ToString().Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));
    }

    private static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> tag)
    {
        tag = tag.TrimStart('/');
        var end = tag.IndexOfAny(NameEnds);
        return end < 0 ? tag : tag[..end];
    }

    private static bool Contains(string[] names, ReadOnlySpan<char> name)
    {
        foreach (var known in names)
            if (name.Equals(known, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
