using System.Buffers;
using System.Security.Cryptography;
using Usher.Storage.S3;

namespace Usher.Storage;

/// <summary>Bytes that are kept.</summary>
/// <param name="Hash">What they are found by: their SHA-256 in 64 lower-case hexadecimal digits.</param>
/// <param name="Size">How many they are.</param>
public sealed record StoredFile(string Hash, long Size);

/// <summary>
/// Keeps the bytes of attachments, each content once, named by its hash: in a folder, or in a bucket. What is for the bucket lies in the folder until it is there, so that nothing is lost while
/// the bucket is away, and what lay in the folder before there was a bucket goes there too. Names from outside never touch a path.
/// </summary>
public sealed class FileStore
{
    private const int BufferSize = 81920;
    private const int HashLength = 2 * SHA256.HashSizeInBytes;

    // So many that the bucket refuses are passed over: more of them are no fault of the files.
    private const int MostRefused = 8;

    // Where a disk begins there are folders of the system's own, which cannot be read.
    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true };

    private readonly string _folder;
    private readonly string _incoming;
    private readonly Func<string, Stream> _create;
    private readonly S3Bucket? _bucket;

    /// <summary>Uses a folder, which is made when it is not there.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="bucket">Where the bytes are kept; null when in the folder.</param>
    /// <exception cref="StoreUnavailableException">The folder cannot be made or used.</exception>
    public FileStore(string folder, S3Bucket? bucket = null) : this(folder, path => new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize, useAsync: true), bucket) { }

    internal FileStore(string folder, Func<string, Stream> create, S3Bucket? bucket = null) : this(folder, create, bucket, isOurs: true) { }

    private FileStore(string folder, Func<string, Stream> create, S3Bucket? bucket, bool isOurs)
    {
        _bucket = bucket;
        _folder = Path.GetFullPath(folder);
        _incoming = Path.Combine(_folder, "incoming");
        _create = create;
        if (!isOurs) return;
        try
        {
            Directory.CreateDirectory(_incoming);
            // What a killed process left half-written.
            foreach (var left in Directory.EnumerateFiles(_incoming)) File.Delete(left);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Explain(exception);
        }
    }

    /// <summary>The files in a folder that another program may be storing into right now: only to be read, and taken away.</summary>
    public static FileStore ToRead(string folder, S3Bucket? bucket = null) => new(folder, _ => throw new InvalidOperationException("It is only read."), bucket, isOurs: false);

    /// <summary>Keeps what a stream gives.</summary>
    /// <returns>Where it is kept; null when it is longer than allowed, and then nothing is kept.</returns>
    /// <param name="content">The bytes.</param>
    /// <param name="maxBytes">How many at most.</param>
    /// <param name="cancellationToken">Gives up; nothing is kept.</param>
    /// <exception cref="StoreUnavailableException">The disk is full, or the folder cannot be written.</exception>
    /// <remarks>Whatever reading from <paramref name="content"/> throws is passed on as it is.</remarks>
    public async Task<StoredFile?> SaveAsync(Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        var temporary = Path.Combine(_incoming, Guid.NewGuid().ToString("N"));
        try
        {
            var stored = await CopyAsync(content, temporary, maxBytes, cancellationToken);
            if (stored is not null) Writing(() => MoveInPlace(temporary, stored.Hash));
            return stored;
        }
        finally
        {
            Discard(temporary);
        }
    }

    /// <summary>The bytes of that hash; null when they are not kept, or when it is no hash.</summary>
    /// <exception cref="StoreUnavailableException">The bucket cannot be read now.</exception>
    public async Task<Stream?> OpenAsync(string hash, CancellationToken cancellationToken)
    {
        if (!IsHash(hash)) return null;
        return OpenHere(hash) ?? (_bucket is null ? null : await _bucket.OpenAsync(NameOf(hash), cancellationToken));
    }

    private FileStream? OpenHere(string hash)
    {
        try
        {
            return new FileStream(PathOf(hash), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, useAsync: true);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Takes what lies in the folder to the bucket; nothing to do without one. Not at once with anything that stores or deletes.</summary>
    /// <param name="most">How many files at most: what was in the folder before can be a great deal.</param>
    /// <param name="cancellationToken">Gives up; what is left stays in the folder.</param>
    /// <returns>How many files went there.</returns>
    /// <exception cref="StoreUnavailableException">The bucket cannot be written now, or refuses a file; what is left stays in the folder. A file that is refused keeps no other from going.</exception>
    public async Task<int> SendAsync(int most, CancellationToken cancellationToken)
    {
        if (_bucket is null) return 0;
        var (sent, refused) = (0, new List<StoreUnavailableException>());
        foreach (var path in Directory.EnumerateFiles(_folder, "*", Everywhere))
        {
            var hash = Path.GetFileName(path);
            if (!IsHash(hash) || path != PathOf(hash)) continue;
            try
            {
                if (!await CopyThereAsync(_bucket, hash, cancellationToken)) continue;
            }
            catch (StoreUnavailableException refusal) when (!refusal.Passes && refused.Count + 1 < MostRefused)
            {
                refused.Add(refusal);
                continue;
            }
            // Another program took the bytes away meanwhile: they must not outlive that over there.
            if (!File.Exists(path)) await _bucket.DeleteAsync(NameOf(hash), cancellationToken);
            Delete(hash);
            if (++sent == most) break;
        }
        return refused.Count == 0 ? sent : throw refused[0];
    }

    // False when somebody took it away meanwhile.
    private async Task<bool> CopyThereAsync(S3Bucket bucket, string hash, CancellationToken cancellationToken)
    {
        try
        {
            if (OpenHere(hash) is not { } content) return false;
            await using (content)
            {
                if (!await bucket.HasAsync(NameOf(hash), content.Length, cancellationToken)) await bucket.PutAsync(NameOf(hash), content, content.Length, hash, cancellationToken);
            }
            return true;
        }
        catch (StoreUnavailableException refusal) when (!refusal.Passes)
        {
            if (await IsWholeAsync(hash, cancellationToken)) throw;
            throw new StoreUnavailableException(StoreFailure.Other, $"The file {PathOf(hash)} is damaged: it holds other bytes than were stored in it. Bring it back from a backup, or delete it.", refusal);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(StoreFailure.Other, $"The file {PathOf(hash)} cannot be read: {unreadable.Message}", unreadable);
        }
    }

    private async Task<bool> IsWholeAsync(string hash, CancellationToken cancellationToken)
    {
        if (OpenHere(hash) is not { } content) return true;
        await using (content) return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken)) == hash;
    }

    /// <summary>Deletes the bytes of that hash from the bucket, if there is one.</summary>
    /// <exception cref="StoreUnavailableException">The bucket cannot be written now.</exception>
    public Task DeleteElsewhereAsync(string hash, CancellationToken cancellationToken) =>
        _bucket is not null && IsHash(hash) ? _bucket.DeleteAsync(NameOf(hash), cancellationToken) : Task.CompletedTask;

    /// <summary>Deletes the bytes of that hash from the folder, if they are there. Whoever is reading them reads on to the end.</summary>
    /// <exception cref="StoreUnavailableException">The folder cannot be written.</exception>
    public void Delete(string hash)
    {
        if (!IsHash(hash)) return;
        Writing(() =>
        {
            try
            {
                File.Delete(PathOf(hash));
            }
            catch (DirectoryNotFoundException)
            {
                // There never were any.
            }
        });
    }

    private async Task<StoredFile?> CopyAsync(Stream content, string temporary, long maxBytes, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        var file = Writing(() => _create(temporary));
        try
        {
            long size = 0;
            int read;
            while ((read = await content.ReadAsync(buffer.AsMemory(0, BufferSize), cancellationToken)) > 0)
            {
                size += read;
                if (size > maxBytes) return null;
                hash.AppendData(buffer, 0, read);
                await WritingAsync(() => file.WriteAsync(buffer.AsMemory(0, read), cancellationToken).AsTask());
            }
            // A name that says what the bytes are must not outlive a power cut that takes the bytes.
            if (file is FileStream onDisk) Writing(() => onDisk.Flush(flushToDisk: true));
            return new StoredFile(Convert.ToHexStringLower(hash.GetHashAndReset()), size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            await WritingAsync(() => file.DisposeAsync().AsTask());
        }
    }

    private void MoveInPlace(string temporary, string hash)
    {
        var place = PathOf(hash);
        if (File.Exists(place)) return;
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.Move(temporary, place, overwrite: true);
    }

    // Two levels, so that no folder holds a million files.
    private string PathOf(string hash) => Path.Combine(_folder, hash[..2], hash);

    private static string NameOf(string hash) => $"{hash[..2]}/{hash}";

    private static bool IsHash(string text) => text.Length == HashLength && text.All(char.IsAsciiHexDigitLower);

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next start clears the folder.
        }
    }

    private void Writing(Action write) => Writing(() =>
    {
        write();
        return true;
    });

    private T Writing<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Explain(exception);
        }
    }

    private async Task WritingAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Explain(exception);
        }
    }

    private StoreUnavailableException Explain(Exception exception) => IoFailure.Of(exception) switch
    {
        StoreFailure.DiskFull => new(StoreFailure.DiskFull, $"The disk that holds {_folder} is full. Make room there; work goes on by itself.", exception),
        StoreFailure.ReadOnly => new(StoreFailure.ReadOnly, $"The folder {_folder} cannot be written. Give this account the right to write there.", exception),
        _ => new(StoreFailure.Other, $"The folder {_folder} cannot be used: {exception.Message}", exception),
    };
}
