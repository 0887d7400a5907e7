using System.Security.Cryptography;
using System.Text;

namespace Usher.Web.Transcripts;

/// <summary>The page's two style sheets, the common one and the colours of this transcript's names, and the policy that allows exactly those.</summary>
internal static class TranscriptStyle
{
    /// <summary>The style sheet that all transcripts share.</summary>
    public static string Common { get; } = Load("Transcripts/transcript.css");

    /// <summary>Drawings that the page refers to by <c>#i-…</c>.</summary>
    public static byte[] Icons { get; } = Encoding.UTF8.GetBytes(Load("Transcripts/icons.svg"));

    private static readonly string CommonHash = Hash(Common);

    /// <summary>What a page may load and do; see <see href="https://www.w3.org/TR/CSP3/"/>.</summary>
    public static string Policy(TranscriptHead head)
    {
        var colours = NameColours.StyleSheet(head.Names);
        var styles = colours.Length == 0 ? CommonHash : $"{CommonHash} {Hash(colours)}";
        var sources = head.Standalone ? "img-src data:" : "img-src 'self' data:; media-src 'self'; frame-ancestors 'none'";
        return $"default-src 'none'; style-src {styles}; {sources}; base-uri 'none'; form-action 'none'";
    }

    private static string Hash(string sheet) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(sheet)))}'";

    private static string Load(string name)
    {
        using var file = typeof(TranscriptStyle).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not built in.");
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
