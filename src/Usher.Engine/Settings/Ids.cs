using Usher.Desk.Values;

namespace Usher.Engine.Settings;

/// <summary>Reads ids, and tells people who wrote something else where ids are found.</summary>
internal static class Ids
{
    private const string HowToFind = "Turn on Developer Mode in Discord's settings, right-click it and choose «Copy ID».";

    internal static T? Read<T>(YamlPiece piece, string path, string what, Reading reading) where T : struct, IDiscordId<T>
    {
        if (piece is not YamlScalar scalar)
        {
            reading.Faults.Add(piece.Line, path, $"The id of {what} must stand here.", HowToFind);
            return null;
        }
        var text = EnvironmentNames.Fill(scalar.Text, reading.Environment, (wrong, mend) => reading.Faults.Add(piece.Line, path, wrong, mend))?.Trim();
        if (text is null) return null;
        if (Written.TryId(text, out var id)) return T.From(id);
        reading.Faults.Add(piece.Line, path, $"«{text}» is not the id of {what}: an id has 17 to 19 digits.", MendFor(text));
        return null;
    }

    // People paste mentions such as <@&123…>.
    private static string MendFor(string text)
    {
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        return digits.Length != text.Length && Written.TryId(digits, out _) ? $"Write only the digits: \"{digits}\"." : HowToFind;
    }
}
