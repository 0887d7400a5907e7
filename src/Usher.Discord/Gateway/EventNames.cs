using System.Collections.Concurrent;
using System.Text;

namespace Usher.Discord.Gateway;

/// <summary>
/// Event names as strings without making one per event: each name is kept at its first sight. Discord has about a hundred; a peer that makes up more
/// is not remembered without bound.
/// </summary>
internal static class EventNames
{
    public const string Ready = "READY";
    public const string Resumed = "RESUMED";

    private const int MaximumKept = 512;
    private const int MaximumLength = 64;

    private static readonly ConcurrentDictionary<string, string> Kept = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> ByCharacters =
        Kept.GetAlternateLookup<ReadOnlySpan<char>>();

    public static string Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaximumLength) return Encoding.UTF8.GetString(utf8);
        Span<char> characters = stackalloc char[MaximumLength];
        var length = Encoding.UTF8.GetChars(utf8, characters);
        if (ByCharacters.TryGetValue(characters[..length], out var name)) return name;
        name = new string(characters[..length]);
        return Kept.Count < MaximumKept ? Kept.GetOrAdd(name, name) : name;
    }
}
