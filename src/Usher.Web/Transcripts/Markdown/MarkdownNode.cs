namespace Usher.Web.Transcripts.Markdown;

/// <summary>
/// A piece of a message as Discord understands it. Text is kept as slices of the message, not as copies.
/// See <see href="https://discord.com/developers/docs/reference#message-formatting"/>.
/// </summary>
internal abstract record MarkdownNode;

internal enum TextStyle
{
    Bold,
    Italic,
    Underline,
    Strikethrough,
    Spoiler,
}

internal enum MentionKind
{
    User,
    Role,
    Channel,
}

internal sealed record TextNode(ReadOnlyMemory<char> Text) : MarkdownNode;

internal sealed record StyledNode(TextStyle Style, IReadOnlyList<MarkdownNode> Children) : MarkdownNode;

internal sealed record InlineCodeNode(ReadOnlyMemory<char> Code) : MarkdownNode;

/// <summary>A link to http or https; <paramref name="Label"/> is <c>null</c> when the address stands bare in the text.</summary>
internal sealed record LinkNode(ReadOnlyMemory<char> Address, IReadOnlyList<MarkdownNode>? Label) : MarkdownNode;

internal sealed record MentionNode(MentionKind Kind, ulong Id) : MarkdownNode;

/// <summary>What Discord shows as a mention but names by itself: <c>@everyone</c>, <c>/close</c>, a guild's navigation.</summary>
internal sealed record NamedMentionNode(char Sign, ReadOnlyMemory<char> Name) : MarkdownNode;

internal sealed record EmojiNode(ReadOnlyMemory<char> Name) : MarkdownNode;

/// <summary>A moment in seconds since 1970 and the letter of its style, one of <c>tTdDfFsSR</c>.</summary>
internal sealed record TimestampNode(long Seconds, char Style) : MarkdownNode;

internal sealed record ParagraphNode(IReadOnlyList<MarkdownNode> Children) : MarkdownNode;

internal sealed record HeadingNode(int Level, IReadOnlyList<MarkdownNode> Children) : MarkdownNode;

internal sealed record SubtextNode(IReadOnlyList<MarkdownNode> Children) : MarkdownNode;

internal sealed record QuoteNode(IReadOnlyList<MarkdownNode> Children) : MarkdownNode;

internal sealed record CodeBlockNode(ReadOnlyMemory<char> Language, ReadOnlyMemory<char> Code) : MarkdownNode;

/// <summary>A list; <paramref name="Start"/> is the first number of a numbered one and <c>null</c> for bullets.</summary>
internal sealed record ListNode(int? Start, IReadOnlyList<IReadOnlyList<MarkdownNode>> Items) : MarkdownNode;
