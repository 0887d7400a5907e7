using System.Globalization;

namespace Usher.Web.Transcripts.Markdown;

internal sealed partial class InlineParser
{
    private const int LongestTag = 128;

    /// <summary>
    /// Reads what stands in angle brackets: mentions, emoji, timestamps, addresses.
    /// See <see href="https://discord.com/developers/docs/reference#message-formatting-formats"/>.
    /// </summary>
    private void AngleBracket()
    {
        if (StartsWithScheme(Rest[1..], out _))
        {
            var stop = Rest[..Math.Min(Rest.Length, LongestAddress)].IndexOfAny('>', ' ', '\n');
            if (stop > 0 && Rest[stop] == '>' && WebAddress.IsWeb(Rest[1..stop]))
            {
                _links++;
                Add(new LinkNode(_text.Slice(_position + 1, stop - 1), null), stop + 1);
                return;
            }
        }

        var end = Rest[..Math.Min(Rest.Length, LongestTag)].IndexOf('>');
        var node = end > 2 ? ReadTag(_text.Slice(_position + 1, end - 1)) : null;
        if (node is null) _position++;
        else Add(node, end + 1);
    }

    private static MarkdownNode? ReadTag(ReadOnlyMemory<char> tag) => tag.Span[0] switch
    {
        '@' when tag.Span[1] == '&' => Mention(MentionKind.Role, tag.Span[2..]),
        '@' when tag.Span[1] == '!' => Mention(MentionKind.User, tag.Span[2..]),
        '@' => Mention(MentionKind.User, tag.Span[1..]),
        '#' => Mention(MentionKind.Channel, tag.Span[1..]),
        '/' => Named('/', tag[1..], Command(tag.Span[1..])),
        ':' => Named(':', tag[1..], Emoji(tag.Span[1..])),
        'a' when tag.Span[1] == ':' => Named(':', tag[2..], Emoji(tag.Span[2..])),
        't' when tag.Span[1] == ':' => Timestamp(tag.Span[2..]),
        'i' when tag.Span.StartsWith("id:") && IsNavigation(tag.Span[3..]) => new NamedMentionNode('#', tag[3..]),
        _ => null,
    };

    private static MentionNode? Mention(MentionKind kind, ReadOnlySpan<char> id) => TryId(id, out var value) ? new MentionNode(kind, value) : null;

    private static MarkdownNode? Named(char sign, ReadOnlyMemory<char> tag, int length) =>
        length <= 0 ? null : sign == ':' ? new EmojiNode(tag[..length]) : new NamedMentionNode(sign, tag[..length]);

    private static int Command(ReadOnlySpan<char> tag)
    {
        var colon = tag.LastIndexOf(':');
        return colon > 0 && TryId(tag[(colon + 1)..], out _) && tag[..colon].IndexOfAny(":<\n") < 0 ? colon : -1;
    }

    private static int Emoji(ReadOnlySpan<char> tag)
    {
        var colon = tag.IndexOf(':');
        if (colon < 1 || !TryId(tag[(colon + 1)..], out _)) return -1;
        foreach (var c in tag[..colon])
        {
            if (!IsWord(c)) return -1;
        }

        return colon;
    }

    private static TimestampNode? Timestamp(ReadOnlySpan<char> tag)
    {
        var colon = tag.IndexOf(':');
        var style = 'f';
        if (colon >= 0)
        {
            if (tag.Length != colon + 2 || !"tTdDfFsSR".Contains(tag[^1])) return null;
            style = tag[^1];
            tag = tag[..colon];
        }

        return tag.Length <= 14 && long.TryParse(tag, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            && seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? new TimestampNode(seconds, style)
            : null;
    }

    private static bool IsNavigation(ReadOnlySpan<char> name) => name is "customize" or "browse" or "guide" or "linked-roles" || name.StartsWith("linked-roles:");

    private static bool TryId(ReadOnlySpan<char> digits, out ulong id) =>
        ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out id) && digits.Length is >= 1 and <= 20;
}
