using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace Usher.Engine.Outgoing;

/// <summary>
/// Clicks that the database cannot take now, as files beside it: whoever is told that they will be done can rely on it, also when the program ends before the database is back.
/// </summary>
public sealed class KeptClicks
{
    // A click is some kilobytes; where the database is away for hours, people click again and again.
    private const int Most = 1000;

    private readonly string _folder;
    private readonly ConcurrentDictionary<ulong, bool> _kept = new();

    /// <summary>The clicks in a folder, which need not be there.</summary>
    public KeptClicks(string folder)
    {
        _folder = folder;
        if (!Directory.Exists(folder)) return;
        foreach (var file in Directory.EnumerateFiles(folder, "*.json"))
            if (ulong.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var interaction)) _kept[interaction] = true;
    }

    /// <summary>Keeps one.</summary>
    /// <param name="interaction">Its id.</param>
    /// <param name="payload">The event as Discord sent it.</param>
    /// <returns>False when it cannot be kept.</returns>
    public bool Keep(ulong interaction, ReadOnlySpan<byte> payload)
    {
        if (_kept.Count >= Most) return false;
        var path = PathOf(interaction);
        try
        {
            Directory.CreateDirectory(_folder);
            // There is a token in it, with which one can answer for a while.
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new FileStream(path + ".new", options))
            {
                file.Write(payload);
                file.Flush(flushToDisk: true);
            }
            File.Move(path + ".new", path, overwrite: true);
            _kept[interaction] = true;
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>One was decided, or is not to be.</summary>
    public void Forget(ulong interaction)
    {
        if (!_kept.TryRemove(interaction, out _)) return;
        try
        {
            File.Delete(PathOf(interaction));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The next start decides it again, which the database knows to be done.
        }
    }

    /// <summary>What is kept, oldest first. A damaged file is set aside under another name: it must not hold up a start.</summary>
    public IReadOnlyList<byte[]> All() => [.. _kept.Keys.Order().Select(Read).OfType<byte[]>()];

    private byte[]? Read(ulong interaction)
    {
        var path = PathOf(interaction);
        try
        {
            var payload = File.ReadAllBytes(path);
            if (IsWhole(payload)) return payload;
            File.Move(path, path + ".damaged", overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Somebody took it away, or its owner is another: the next start looks again.
        }
        _kept.TryRemove(interaction, out _);
        return null;
    }

    private static bool IsWhole(byte[] payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private string PathOf(ulong interaction) => Path.Combine(_folder, interaction.ToString(CultureInfo.InvariantCulture) + ".json");
}
