using System.Globalization;
using System.Text;

namespace Usher.Web.Transcripts;

/// <summary>
/// Role colours as CSS classes. Guilds choose them for a dark background and mostly without looking, so each is moved towards white or black until text in it
/// reaches the contrast of WCAG AA on both of the page's backgrounds. Classes, not style attributes, so that the page's policy can forbid those.
/// </summary>
internal static class NameColours
{
    private const double LeastContrast = 4.5;
    private const int MostColours = 1000;
    private const int DarkBackground = 0x26272d;
    private const int LightBackground = 0xf2f3f5;

    /// <summary>The style sheet of the colours that a transcript's names have.</summary>
    public static string StyleSheet(TranscriptNames names)
    {
        var sheet = new StringBuilder();
        var colours = names.Users.Values.Concat(names.Roles.Values).Select(name => Meaningful(name.Colour)).OfType<int>().Distinct().Order().Take(MostColours);
        foreach (var colour in colours)
        {
            sheet.Append(CultureInfo.InvariantCulture,
                $".c{colour:x6}{{--light:#{Readable(colour, LightBackground, 0):x6};--dark:#{Readable(colour, DarkBackground, 0xffffff):x6}}}");
        }

        return sheet.ToString();
    }

    /// <summary>Writes the colour's class, with a space before it.</summary>
    public static void WriteClass(HtmlWriter html, int? colour)
    {
        if (Meaningful(colour) is not { } value) return;
        Span<char> digits = stackalloc char[6];
        value.TryFormat(digits, out _, "x6", CultureInfo.InvariantCulture);
        html.Raw(" c"u8).Text(digits);
    }

    /// <summary>The colour moved towards another one as far as text on the background needs it.</summary>
    internal static int Readable(int colour, int background, int towards)
    {
        const int Steps = 20;
        for (var step = 0; step < Steps; step++)
        {
            var mixed = Mix(colour, towards, step / (double)Steps);
            if (Contrast(mixed, background) >= LeastContrast) return mixed;
        }

        return towards;
    }

    /// <summary>The contrast of two colours, 1 to 21. See <see href="https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"/>.</summary>
    internal static double Contrast(int one, int other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static int? Meaningful(int? colour) => colour is > 0 and <= 0xffffff ? colour : null;

    private static int Mix(int from, int to, double share)
    {
        var mixed = 0;
        for (var shift = 16; shift >= 0; shift -= 8)
        {
            var (start, end) = ((from >> shift) & 0xff, (to >> shift) & 0xff);
            mixed |= (int)Math.Round(start + ((end - start) * share)) << shift;
        }

        return mixed;
    }

    private static double Luminance(int colour) =>
        (0.2126 * Linear((colour >> 16) & 0xff)) + (0.7152 * Linear((colour >> 8) & 0xff)) + (0.0722 * Linear(colour & 0xff));

    private static double Linear(int channel)
    {
        var value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
