using Usher.Desk.Values;

namespace Usher.Desk.Settings;

/// <summary>Which files of messages are kept.</summary>
public sealed record AttachmentSettings
{
    /// <summary>What Usher keeps of one file at most, in bytes, whatever the settings say.</summary>
    public const long LargestEver = 100L * 1024 * 1024;

    /// <summary>The largest file that is kept, in bytes.</summary>
    public long Largest { get; init; } = LargestEver;

    /// <summary>Only these kinds are kept; every kind when empty.</summary>
    public ValueList<FileKind> Only { get; init; }

    /// <summary>These kinds are not kept.</summary>
    public ValueList<FileKind> Not { get; init; }

    /// <summary>How many bytes of the guild's files are kept in all; null for no limit.</summary>
    public long? Room { get; init; }

    /// <summary>Whether a file is of a kind that is kept.</summary>
    /// <param name="fileName">Its name, as whoever sent it says.</param>
    /// <param name="contentType">Its media type, as Discord says; null when it does not.</param>
    public bool Keeps(string fileName, string? contentType) =>
        !Not.Any(kind => kind.Fits(fileName, contentType)) && (Only.Count == 0 || Only.Any(kind => kind.Fits(fileName, contentType)));
}

/// <summary>A kind of file: an ending of names such as <c>.exe</c>, a media type such as <c>image/png</c>, or all of a sort such as <c>image/*</c>.</summary>
/// <param name="Text">As it is written, in lower case.</param>
public sealed record FileKind(string Text)
{
    /// <summary>Whether a file is of this kind.</summary>
    public bool Fits(string fileName, string? contentType)
    {
        // Dots and blanks at the end are left away by some systems, which then see the ending before.
        if (Text[0] == '.') return fileName.TrimEnd('.', ' ').EndsWith(Text, StringComparison.OrdinalIgnoreCase);
        if (contentType?.Split(';')[0].Trim() is not { } type) return false;
        return Text.EndsWith("/*", StringComparison.Ordinal) ? type.StartsWith(Text[..^1], StringComparison.OrdinalIgnoreCase) : type.Equals(Text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads a kind; null when it is none.</summary>
    public static FileKind? Read(string text)
    {
        var kind = text.Trim().ToLowerInvariant();
        if (kind.Length is < 2 or > 100 || kind.Any(letter => letter is < '!' or > '~')) return null;
        if (kind[0] == '.') return kind.Contains('/', StringComparison.Ordinal) || kind.EndsWith('.') ? null : new FileKind(kind);
        return kind.Split('/') is [{ Length: > 0 } sort, { Length: > 0 } rest] && !sort.Contains('*', StringComparison.Ordinal) && (rest == "*" || !rest.Contains('*', StringComparison.Ordinal)) ? new FileKind(kind) : null;
    }
}
