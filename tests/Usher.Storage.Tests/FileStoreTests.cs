using System.Security.Cryptography;
using Xunit;

namespace Usher.Storage.Tests;

public sealed class FileStoreTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 200_000).Select(n => (byte)(n * 7))];

    private readonly string _folder = Directory.CreateTempSubdirectory("usher-files-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string[] Files => Directory.GetFiles(_folder, "*", SearchOption.AllDirectories);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        await using (stream)
        {
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy, Token);
            return copy.ToArray();
        }
    }

    [Fact]
    public async Task Bytes_come_back_by_their_hash()
    {
        var store = new FileStore(_folder);
        var stored = await store.SaveAsync(new MemoryStream(Content), Content.Length, Token);

        Assert.Equal(new StoredFile(Convert.ToHexStringLower(SHA256.HashData(Content)), Content.Length), stored);
        Assert.Equal(Content, await ReadAsync((await new FileStore(_folder).OpenAsync(stored!.Hash, Token))!));
    }

    [Fact]
    public async Task The_same_bytes_are_kept_once()
    {
        var store = new FileStore(_folder);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.SaveAsync(new MemoryStream(Content), Content.Length, Token)));

        Assert.Single(Files);
    }

    [Fact]
    public async Task An_empty_file_is_a_file()
    {
        var store = new FileStore(_folder);
        var stored = await store.SaveAsync(Stream.Null, 10, Token);

        Assert.Equal(0, stored!.Size);
        Assert.Empty(await ReadAsync((await store.OpenAsync(stored.Hash, Token))!));
    }

    [Fact]
    public async Task What_is_longer_than_allowed_is_not_kept()
    {
        Assert.Null(await new FileStore(_folder).SaveAsync(new MemoryStream(Content), Content.Length - 1, Token));
        Assert.Empty(Files);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("../../../../../../../../../../../../../../../../../../../etc/passwd")]
    public async Task What_is_no_hash_of_ours_opens_nothing(string hash) => Assert.Null(await new FileStore(_folder).OpenAsync(hash, Token));

    [Fact]
    public async Task A_stream_that_breaks_leaves_nothing_and_its_error_stays_its_own()
    {
        await Assert.ThrowsAsync<EndOfStreamException>(() => new FileStore(_folder).SaveAsync(new BrokenStream(), 1000, Token));
        Assert.Empty(Files);
    }

    [Fact]
    public async Task A_full_disk_is_said_and_passes()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Only Linux has a device that is always full.");
        var full = new FileStore(_folder, _ => new FileStream("/dev/full", FileMode.Open, FileAccess.Write));

        var exception = await Assert.ThrowsAsync<StoreUnavailableException>(() => full.SaveAsync(new MemoryStream(Content), Content.Length, Token));
        Assert.Equal(StoreFailure.DiskFull, exception.Reason);
        Assert.NotNull(await new FileStore(_folder).SaveAsync(new MemoryStream(Content), Content.Length, Token));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_said()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");

        Assert.Throws<StoreUnavailableException>(() => new FileStore(Path.Combine(file, "attachments")));
    }

    [Fact]
    public void What_a_killed_process_left_half_written_is_cleared()
    {
        _ = new FileStore(_folder);
        File.WriteAllText(Path.Combine(_folder, "incoming", "half"), "half");
        _ = new FileStore(_folder);

        Assert.Empty(Files);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new EndOfStreamException();
    }
}
