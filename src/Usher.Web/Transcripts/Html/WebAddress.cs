namespace Usher.Web.Transcripts;

/// <summary>Decides which addresses may become a link. Everything else is shown as text.</summary>
internal static class WebAddress
{
    /// <summary>An absolute address of http or https with a host, and without control characters.</summary>
    public static bool IsWeb(ReadOnlySpan<char> address)
    {
        var isWeb = address.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
        if (!isWeb || address.IndexOfAnyInRange('\0', ' ') >= 0 || address.IndexOfAny('\\', '\u007f') >= 0) return false;
        return Uri.TryCreate(address.ToString(), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0;
    }

    /// <summary>A path on the site that serves the transcript: begins with one slash.</summary>
    public static bool IsLocal(ReadOnlySpan<char> address) =>
        address.Length > 1 && address[0] == '/' && address[1] is not ('/' or '\\') && address.IndexOfAnyInRange('\0', ' ') < 0 && !address.Contains('\\');
}
