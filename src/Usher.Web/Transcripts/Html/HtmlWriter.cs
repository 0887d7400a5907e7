using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Usher.Web.Transcripts;

/// <summary>
/// Writes HTML as UTF-8. Markup comes only as literals through <see cref="Raw"/>; whatever people or Discord wrote goes through <see cref="Text"/>
/// or an attribute, which escape it. There is no way to write an address that was not looked at, see <see cref="WebAddress"/>.
/// </summary>
internal sealed class HtmlWriter(ArrayBufferWriter<byte> output)
{
    private static readonly SearchValues<char> Unsafe = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(code => (char)code).Except(['\t', '\n']), '\u007f', '&', '<', '>', '"', '\'']);

    public HtmlWriter Raw(ReadOnlySpan<byte> markup)
    {
        output.Write(markup);
        return this;
    }

    /// <summary>Writes text. Control characters but tab and line feed are left out; a lone surrogate becomes the replacement character.</summary>
    public HtmlWriter Text(ReadOnlySpan<char> text)
    {
        while (true)
        {
            var next = text.IndexOfAny(Unsafe);
            if (next < 0) break;
            Encode(text[..next]);
            Raw(Entity(text[next]));
            text = text[(next + 1)..];
        }

        Encode(text);
        return this;
    }

    public HtmlWriter Number(long value)
    {
        var span = output.GetSpan(20);
        Utf8Formatter.TryFormat(value, span, out var written);
        return Advance(written);
    }

    public HtmlWriter Number(ulong value)
    {
        var span = output.GetSpan(20);
        Utf8Formatter.TryFormat(value, span, out var written);
        return Advance(written);
    }

    /// <summary>Writes <c> name="value"</c>.</summary>
    public HtmlWriter Attribute(ReadOnlySpan<byte> name, ReadOnlySpan<char> value) => Raw(" "u8).Raw(name).Raw("=\""u8).Text(value).Raw("\""u8);

    /// <summary>Opens a link to another site, which learns nothing of where the reader came from.</summary>
    /// <param name="address">An address that <see cref="WebAddress.IsWeb"/> or <see cref="WebAddress.IsLocal"/> has let pass.</param>
    /// <param name="attributes">Further attributes as markup, each with a space before it.</param>
    public HtmlWriter OpenLink(ReadOnlySpan<char> address, ReadOnlySpan<byte> attributes = default)
    {
        if (!WebAddress.IsWeb(address) && !WebAddress.IsLocal(address)) throw new ArgumentException("The address was not checked.", nameof(address));
        return Raw("<a"u8).Attribute("href"u8, address).Raw(" target=\"_blank\" rel=\"noopener noreferrer nofollow\""u8).Raw(attributes).Raw(">"u8);
    }

    /// <summary>Writes <c>&lt;time&gt;</c> with the moment for machines and, as hover text, in full.</summary>
    public HtmlWriter Time(DateTimeOffset moment, ReadOnlySpan<char> words, ReadOnlySpan<char> title, ReadOnlySpan<byte> attributes = default)
    {
        Raw("<time"u8).Raw(attributes).Raw(" datetime=\""u8);
        var span = output.GetSpan(32);
        moment.UtcDateTime.TryFormat(span, out var written, "s", CultureInfo.InvariantCulture);
        Advance(written).Raw("Z\""u8);
        if (!title.IsEmpty) Attribute("title"u8, title);
        return Raw(">"u8).Text(words).Raw("</time>"u8);
    }

    /// <summary>Writes bytes as Base64, for a data URI.</summary>
    public HtmlWriter Base64(ReadOnlySpan<byte> bytes)
    {
        const int Piece = 3 * 4096;
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..Math.Min(Piece, bytes.Length)];
            var span = output.GetSpan(System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(piece.Length));
            System.Buffers.Text.Base64.EncodeToUtf8(piece, span, out _, out var written);
            Advance(written);
            bytes = bytes[piece.Length..];
        }

        return this;
    }

    private void Encode(ReadOnlySpan<char> text)
    {
        const int Piece = 4096;
        while (!text.IsEmpty)
        {
            var length = Math.Min(Piece, text.Length);
            if (length < text.Length && char.IsHighSurrogate(text[length - 1])) length--;
            var span = output.GetSpan(Encoding.UTF8.GetMaxByteCount(length));
            Advance(Encoding.UTF8.GetBytes(text[..length], span));
            text = text[length..];
        }
    }

    private HtmlWriter Advance(int written)
    {
        output.Advance(written);
        return this;
    }

    private static ReadOnlySpan<byte> Entity(char c) => c switch
    {
        '&' => "&amp;"u8,
        '<' => "&lt;"u8,
        '>' => "&gt;"u8,
        '"' => "&quot;"u8,
        '\'' => "&#39;"u8,
        _ => default,
    };
}
