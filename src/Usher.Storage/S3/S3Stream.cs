namespace Usher.Storage.S3;

/// <summary>An object's bytes as they come. Going elsewhere asks for them from there: browsers want a film from its middle.</summary>
internal sealed class S3Stream(S3Bucket bucket, string name, HttpResponseMessage first, long length) : Stream
{
    private HttpResponseMessage? _response = first;
    private Stream? _content;
    private long _read;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= length || buffer.IsEmpty) return 0;
        if (_read != _position)
        {
            Close(_response);
            (_response, _content) = (await bucket.GetAsync(name, _position, cancellationToken) ?? throw Gone(), null);
            _read = _position;
        }
        _content ??= await _response!.Content.ReadAsStreamAsync(cancellationToken);
        var count = await bucket.ReadAsync(_content, buffer, cancellationToken);
        if (count == 0) throw Gone();
        _read = _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Current => _position,
        SeekOrigin.End => length,
        _ => 0,
    };

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("It comes over the network.");

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) Close(_response);
        _response = null;
        base.Dispose(disposing);
    }

    private static void Close(HttpResponseMessage? response) => response?.Dispose();

    private static StoreUnavailableException Gone() => new(StoreFailure.Unreachable, "The object store ended before the file did.");
}
