using System.Globalization;

namespace Usher.Desk.Texts;

/// <summary>How many bytes something has, as the settings write it.</summary>
public static class Sizes
{
    private static readonly string[] Units = ["KB", "MB", "GB", "TB"];

    /// <summary>Such as «500 KB» or «1.5 GB», in the largest unit of which it is at least one; a kilobyte is 1024 bytes.</summary>
    public static string Of(long bytes)
    {
        var unit = 0;
        var size = bytes / 1024.0;
        while (size >= 1024 && unit < Units.Length - 1)
        {
            size /= 1024;
            unit++;
        }
        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {Units[unit]}");
    }
}
