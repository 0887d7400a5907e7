using Usher.Desk.Settings;
using Usher.Desk.Values;

namespace Usher.Engine.Settings;

/// <summary>Reads which files of messages are kept.</summary>
internal static class AttachmentReader
{
    private const string SizeMend = "Write a number with KB, MB, GB or TB, such as 25MB.";
    private const string KindMend = "Write endings such as .exe, media types such as image/png, or image/*.";

    internal static AttachmentSettings Read(Section section, Reading reading)
    {
        var settings = new AttachmentSettings();
        if (section.Inner("attachments", "Write attachments: { largest: 25MB, room: 10GB }.") is not { } inner) return settings;
        var largest = inner.Parsed<long>("largest", Written.TrySize, "is not a size.", SizeMend);
        if (largest > AttachmentSettings.LargestEver || largest == 0)
        {
            inner.Fault("largest", "largest is out of range.", "Write a size up to 100MB; more is kept of no file.");
            largest = null;
        }
        settings = settings with
        {
            Largest = largest ?? settings.Largest,
            Only = Kinds(inner, "only", reading),
            Not = Kinds(inner, "not", reading),
            Room = inner.Parsed<long>("room", Written.TrySize, "is not a size.", SizeMend),
        };
        inner.Finish();
        return settings;
    }

    private static ValueList<FileKind> Kinds(Section section, string key, Reading reading)
    {
        var kinds = new List<FileKind>();
        foreach (var (text, line, path) in section.WordList(key))
        {
            if (FileKind.Read(text) is { } kind) kinds.Add(kind);
            else reading.Faults.Add(line, path, $"«{text}» is no kind of file.", KindMend);
        }
        return kinds.ToValueList();
    }
}
