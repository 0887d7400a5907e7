namespace Usher.Desk.Figures;

/// <summary>
/// Durations as text, two characters each, of which percentiles can be made: a day's durations are one short row, and one more is written by appending to it.
/// A duration comes back to a quarter of a percent; sums and counts are kept beside them exactly.
/// </summary>
public static class Durations
{
    /// <summary>How many characters one takes.</summary>
    public const int Width = 2;

    // Printable ASCII: every database and every tool shows it as it is.
    private const char First = '!';
    private const int Letters = '~' - First + 1;

    // Each step is a quarter of a percent longer; the last is more than a century.
    private static readonly double Step = Math.Log(1.0025);

    /// <summary>How many different ones there are.</summary>
    public const int Codes = Letters * Letters;

    /// <summary>A duration as text.</summary>
    public static string Write(TimeSpan duration)
    {
        var code = CodeOf(duration);
        return new string([(char)(First + code / Letters), (char)(First + code % Letters)]);
    }

    /// <summary>The codes in a text, in the order in which they were written.</summary>
    public static void Read(string text, List<ushort> into)
    {
        for (var at = 0; at + 1 < text.Length; at += Width) into.Add((ushort)CodeAt(text, at));
    }

    /// <summary>How often each code stands in a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ofEach">A number for each of all <see cref="Codes"/>, to which what stands in the text is added.</param>
    public static void Count(string text, int[] ofEach)
    {
        for (var at = 0; at + 1 < text.Length; at += Width) ofEach[CodeAt(text, at)]++;
    }

    private static int CodeAt(string text, int at) => (text[at] - First) * Letters + (text[at + 1] - First);

    /// <summary>Which step a duration is.</summary>
    public static ushort CodeOf(TimeSpan duration) =>
        (ushort)Math.Clamp(Math.Round(Math.Log(1 + Math.Max(0, duration.TotalSeconds)) / Step), 0, Codes - 1);

    /// <summary>How long a step is, to the second.</summary>
    public static TimeSpan Of(int code) => TimeSpan.FromSeconds(Math.Round(Math.Exp(code * Step) - 1));
}
