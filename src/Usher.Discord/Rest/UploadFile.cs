namespace Usher.Discord.Rest;

/// <summary>
/// A file to send. It is opened anew for each attempt and never held in memory as a whole.
/// <see href="https://discord.com/developers/docs/reference#uploading-files"/>
/// </summary>
public sealed class UploadFile
{
    private readonly Func<CancellationToken, ValueTask<Stream>> _open;

    /// <summary>A file from anywhere.</summary>
    /// <param name="name">The file's name, by which <c>attachment://name</c> refers to it.</param>
    /// <param name="length">Its bytes, exactly.</param>
    /// <param name="open">Opens it at its beginning, each time.</param>
    /// <param name="contentType">Its media type.</param>
    public UploadFile(string name, long length, Func<CancellationToken, ValueTask<Stream>> open, string contentType = "application/octet-stream")
    {
        Name = name;
        Length = length;
        _open = open;
        ContentType = contentType;
    }

    /// <summary>The file's name.</summary>
    public string Name { get; }

    /// <summary>Its bytes.</summary>
    public long Length { get; }

    /// <summary>Its media type.</summary>
    public string ContentType { get; }

    /// <summary>A file in memory.</summary>
    public static UploadFile Of(string name, byte[] bytes, string contentType = "application/octet-stream") =>
        new(name, bytes.Length, _ => new(new MemoryStream(bytes, writable: false)), contentType);

    /// <summary>A file on disk.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static UploadFile At(string path, string? name = null, string contentType = "application/octet-stream")
    {
        var file = new FileInfo(path);
        return new(name ?? file.Name, file.Length, _ => new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 81920, useAsync: true)), contentType);
    }

    internal ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) => _open(cancellationToken);
}
