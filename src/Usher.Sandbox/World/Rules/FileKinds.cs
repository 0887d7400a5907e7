using System.Buffers.Binary;

namespace Usher.Sandbox.World.Rules;

/// <summary>What Discord finds out about a file by itself: its type by its name, an image's size by its first bytes.</summary>
internal static class FileKinds
{
    public static string? TypeOf(string filename) => Path.GetExtension(filename).ToUpperInvariant() switch
    {
        ".PNG" => "image/png",
        ".JPG" or ".JPEG" => "image/jpeg",
        ".GIF" => "image/gif",
        ".WEBP" => "image/webp",
        ".TXT" or ".LOG" or ".MD" => "text/plain; charset=utf-8",
        ".HTML" or ".HTM" => "text/html; charset=utf-8",
        ".JSON" => "application/json; charset=utf-8",
        ".CSV" => "text/csv; charset=utf-8",
        ".PDF" => "application/pdf",
        ".ZIP" => "application/zip",
        ".MP4" => "video/mp4",
        ".MP3" => "audio/mpeg",
        _ => null,
    };

    public static (int Width, int Height)? SizeOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= 24 && bytes[..8].SequenceEqual(PngSignature))
            return (BinaryPrimitives.ReadInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadInt32BigEndian(bytes[20..]));
        if (bytes.Length >= 10 && bytes[..4].SequenceEqual("GIF8"u8))
            return (BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]));
        return null;
    }

    private static ReadOnlySpan<byte> PngSignature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
}
