using System.Net;
using System.Security.Cryptography;
using System.Text;
using Usher.Storage.S3;
using Usher.Testing;
using Xunit;

namespace Usher.Storage.Tests;

/// <summary>Files in a bucket: the signature as Amazon's documentation works it out, and a store over a real socket that checks it by itself.</summary>
public sealed class S3Tests : IAsyncDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 200_000).Select(n => (byte)(n * 7))];
    private static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData(Content));
    private static readonly string Name = $"/{ObjectServer.Bucket}/kept/{Hash[..2]}/{Hash}";

    private readonly string _folder = Directory.CreateTempSubdirectory("usher-s3-").FullName;
    private readonly ObjectServer _server = ObjectServer.Start();
    private readonly S3Bucket _bucket;

    public S3Tests() => _bucket = BucketWith(Settings(_server.Address));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string[] Here => Directory.GetFiles(_folder, "*", SearchOption.AllDirectories);

    public async ValueTask DisposeAsync()
    {
        _bucket.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    // https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html, and get-vanilla of Amazon's test suite.
    public static TheoryData<string, string, string, string, string, string, string> Vectors => new()
    {
        { "GET", "/test.txt", "", "range: bytes=0-9", "", "s3", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41" },
        { "PUT", "/test$file.text", "", "date: Fri, 24 May 2013 00:00:00 GMT\nx-amz-storage-class: REDUCED_REDUNDANCY", "Welcome to Amazon S3.", "s3", "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd" },
        { "GET", "/", "lifecycle=", "", "", "s3", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543" },
        { "GET", "/", "prefix=J&max-keys=2", "", "", "s3", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7" },
        { "GET", "/", "", "", "", "service", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Amazons_own_examples_are_signed_as_Amazon_says(string method, string path, string query, string further, string body, string service, string signature)
    {
        var isS3 = service == "s3";
        var at = isS3 ? new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero) : new DateTimeOffset(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);
        var payload = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        var headers = new Dictionary<string, string> { ["host"] = isS3 ? "examplebucket.s3.amazonaws.com" : "example.amazonaws.com", ["x-amz-date"] = SignatureV4.DateOf(at) };
        if (isS3) headers["x-amz-content-sha256"] = payload;
        foreach (var header in further.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": ", 2))) headers[header[0]] = header[1];
        var request = new RequestToSign(method, path, headers, payload) { Query = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]) };
        var signer = isS3
            ? new Signer("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1")
            : new Signer("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "us-east-1", "service");

        Assert.EndsWith($"Signature={signature}", SignatureV4.Authorize(request, signer, at), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/a b/ü~-._/+%", "/a%20b/%C3%BC~-._/%2B%25")]
    [InlineData("/plain", "/plain")]
    public void A_path_is_encoded_part_by_part(string path, string encoded) => Assert.Equal(encoded, SignatureV4.PathOf(path));

    [Fact]
    public async Task Bytes_go_to_the_bucket_once_come_back_from_any_place_and_can_be_deleted()
    {
        var files = new FileStore(_folder, _bucket);
        Assert.Equal(new StoredFile(Hash, Content.Length), await files.SaveAsync(new MemoryStream(Content), Content.Length, Token));
        Assert.Empty(_server.Requests);
        Assert.Equal(Content, await ReadAsync(files, Hash));

        Assert.Equal(1, await files.SendAsync(10, Token));
        Assert.Empty(Here);
        Assert.Equal(Content, _server.Objects[Name]);
        Assert.Equal(Content, await ReadAsync(new FileStore(_folder, _bucket), Hash));
        await using (var middle = (await files.OpenAsync(Hash, Token))!)
        {
            Assert.Equal(Content.Length, middle.Length);
            middle.Seek(150_000, SeekOrigin.Begin);
            using var rest = new MemoryStream();
            await middle.CopyToAsync(rest, Token);
            Assert.Equal(Content[150_000..], rest.ToArray());
        }

        // The same again is not sent again.
        await files.SaveAsync(new MemoryStream(Content), Content.Length, Token);
        await files.SendAsync(10, Token);
        Assert.Single(_server.Requests, request => request.StartsWith("PUT", StringComparison.Ordinal));
        Assert.Empty(Here);

        await files.DeleteElsewhereAsync(Hash, Token);
        Assert.Empty(_server.Objects);
        Assert.Null(await files.OpenAsync(Hash, Token));
        await files.DeleteElsewhereAsync(Hash, Token);
    }

    [Fact]
    public async Task What_lay_in_the_folder_before_there_was_a_bucket_goes_there_and_nothing_else()
    {
        await new FileStore(_folder).SaveAsync(new MemoryStream(Content), Content.Length, Token);
        Directory.CreateDirectory(Path.Combine(_folder, "zz"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "zz", "readme.txt"), "mine", Token);
        await File.WriteAllTextAsync(Path.Combine(_folder, "zz", Hash), "no place of ours", Token);

        Assert.Equal(1, await new FileStore(_folder, _bucket).SendAsync(10, Token));

        Assert.Equal([Name], _server.Objects.Keys);
        Assert.Equal(2, Here.Length);
    }

    [Fact]
    public async Task What_is_a_great_deal_goes_there_some_at_a_time()
    {
        var files = new FileStore(_folder, _bucket);
        for (byte one = 0; one < 5; one++) await files.SaveAsync(new MemoryStream([one]), 10, Token);

        Assert.Equal((2, 2, 1, 0), (await files.SendAsync(2, Token), await files.SendAsync(2, Token), await files.SendAsync(2, Token), await files.SendAsync(2, Token)));
        Assert.Equal((5, 0), (_server.Objects.Count, Here.Length));
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, true)]
    [InlineData(HttpStatusCode.InternalServerError, true)]
    [InlineData(HttpStatusCode.TooManyRequests, true)]
    [InlineData(HttpStatusCode.Forbidden, false)]
    [InlineData(HttpStatusCode.MovedPermanently, false)]
    public async Task While_the_bucket_refuses_nothing_is_lost_and_the_key_is_told_to_nobody(HttpStatusCode trouble, bool passes)
    {
        var files = new FileStore(_folder, _bucket);
        await files.SaveAsync(new MemoryStream(Content), Content.Length, Token);
        _server.Trouble = trouble;

        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => files.SendAsync(10, Token));
        Assert.Equal(passes, failure.Passes);
        Assert.DoesNotContain(ObjectServer.Secret, failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(Content, await ReadAsync(files, Hash));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => files.OpenAsync(new string('0', 64), Token));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => files.DeleteElsewhereAsync(Hash, Token));

        _server.Trouble = null;
        Assert.Equal(1, await files.SendAsync(10, Token));
        Assert.Equal(Content, _server.Objects[Name]);
    }

    public static TheoryData<string> WrongSettings => ["secret", "key", "region", "bucket", "nobody"];

    [Theory]
    [MemberData(nameof(WrongSettings))]
    public async Task A_wrong_key_region_or_bucket_is_told_and_never_taken_for_a_file_that_is_gone(string wrong)
    {
        var settings = Settings(_server.Address);
        if (wrong == "nobody") await _server.DisposeAsync();
        using var bucket = BucketWith(wrong switch
        {
            "secret" => settings with { Secret = "another" },
            "key" => settings with { AccessKey = "another" },
            "region" => settings with { Region = "another" },
            "bucket" => settings with { Bucket = "another" },
            _ => settings,
        });
        var files = new FileStore(_folder, bucket);
        await files.SaveAsync(new MemoryStream(Content), Content.Length, Token);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => files.SendAsync(10, Token));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => files.OpenAsync(new string('0', 64), Token));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => files.DeleteElsewhereAsync(Hash, Token));
        Assert.Single(Here);
    }

    [Fact]
    public async Task A_file_that_the_bucket_refuses_is_named_and_keeps_no_other_from_going()
    {
        var files = new FileStore(_folder, _bucket);
        var damaged = new List<string>();
        for (byte one = 0; one < 6; one++)
        {
            var stored = (await files.SaveAsync(new MemoryStream([one]), 10, Token))!;
            // Whichever comes first in the folder.
            if (one % 2 == 0) damaged.Add(stored.Hash);
        }
        foreach (var hash in damaged) await File.WriteAllTextAsync(Path.Combine(_folder, hash[..2], hash), "other bytes", Token);

        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => files.SendAsync(10, Token));

        Assert.Equal(3, _server.Objects.Count);
        Assert.Equal(3, Here.Length);
        Assert.Contains("is damaged", failure.Message, StringComparison.Ordinal);
        Assert.Contains(damaged, hash => failure.Message.Contains(hash, StringComparison.Ordinal));
        Assert.False(failure.Passes);
    }

    [Fact]
    public async Task A_bucket_in_another_region_says_in_which()
    {
        var files = new FileStore(_folder, _bucket);
        await files.SaveAsync(new MemoryStream(Content), Content.Length, Token);
        (_server.Trouble, _server.TroubleRegion) = (HttpStatusCode.BadRequest, "ap-south-1");

        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => files.SendAsync(10, Token));

        Assert.Contains("The bucket is in the region ap-south-1: set S3_REGION", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bucket_that_falls_silent_in_the_middle_of_a_file_is_not_waited_for_without_end()
    {
        using var silent = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var time = new ManualTimeProvider();
        using var bucket = new S3Bucket(Settings(new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/")), time);
        var asked = bucket.OpenAsync("ab/abc", Token);
        using var caller = await silent.AcceptSocketAsync(Token);
        await caller.ReceiveAsync(new byte[4096], Token);
        await caller.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nbegin"u8.ToArray(), Token);
        await using var content = (await asked)!;
        var buffer = new byte[100];
        Assert.Equal(5, await content.ReadAsync(buffer, Token));

        var more = content.ReadAsync(buffer, Token).AsTask();
        Assert.False(more.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(31));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => more.WaitAsync(TimeSpan.FromSeconds(20), Token));
    }

    [Fact]
    public void Printed_the_settings_hold_no_key()
    {
        Assert.DoesNotContain(ObjectServer.Secret, Settings(_server.Address).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(ObjectServer.Secret, new Signer("a", ObjectServer.Secret, "r").ToString(), StringComparison.Ordinal);
    }

    private static S3Settings Settings(Uri address) => new(address, ObjectServer.Bucket, ObjectServer.AccessKey, ObjectServer.Secret) { Region = ObjectServer.Region, Prefix = "kept/" };

    private static S3Bucket BucketWith(S3Settings settings) => new(settings, TimeProvider.System);

    private static async Task<byte[]> ReadAsync(FileStore files, string hash)
    {
        await using var stream = (await files.OpenAsync(hash, Token))!;
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Token);
        return copy.ToArray();
    }
}
