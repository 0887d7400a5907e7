using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Usher.Desk.Settings;
using Usher.Sandbox.World;
using Usher.Scenarios.Stages;
using Usher.Storage.S3;
using Usher.Testing;

namespace Usher.Scenarios;

/// <summary>Files of messages: which are kept, and where.</summary>
public sealed class AttachmentStories
{
    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_not_kept_is_said_in_words_and_staff_hears_once_that_there_is_no_room()
    {
        await using var stage = await Stage.StartAsync(s => s.Settings = s.Settings with
        {
            Attachments = new AttachmentSettings { Largest = 2000, Only = [new FileKind("image/*"), new FileKind(".pdf")], Not = [new FileKind(".svg")], Room = 2500 },
        });
        var home = await stage.OpensAsync("Support");
        await SendsAsync(stage, home, new NewFile("tool.exe", "application/x-msdownload", (byte[])[1, 2, 3]));
        await SendsAsync(stage, home, new NewFile("drawing.svg", "image/svg+xml", (byte[])[1, 2, 3]));
        await SendsAsync(stage, home, new NewFile("../../../etc/passwd.pdf", "application/pdf", (byte[])[1, 2, 3]));
        await SendsAsync(stage, home, new NewFile("large.png", "image/png", new byte[2001]));
        Assert.Single(stage.KeptFiles);
        await SendsAsync(stage, home, new NewFile("first.png", "image/png", new byte[2000]));
        // The same bytes need no further room.
        await SendsAsync(stage, home, new NewFile("second.png", "image/png", Bytes(1)));
        Assert.Equal(3, stage.KeptFiles.Count());
        Assert.DoesNotContain(stage.StaffLog, entry => entry.Contains("room for files", StringComparison.Ordinal));
        await SendsAsync(stage, home, new NewFile("third.png", "image/png", Bytes(2)));
        await SendsAsync(stage, home, new NewFile("fourth.png", "image/png", Bytes(3)));

        var page = await stage.TranscriptAsync(1);
        Assert.Equal(2, Regex.Count(page, "Files of this kind are not kept here"));
        Assert.Single(Regex.Matches(page, "too large to be kept"));
        Assert.Equal(2, Regex.Count(page, "the room for files was used up"));
        Assert.Single(stage.StaffLog, entry => entry.Contains("room for files is used up", StringComparison.Ordinal) && entry.Contains("2.4 KB", StringComparison.Ordinal));
        await stage.StopUsherAsync();
        await stage.StartUsherAsync();
        await SendsAsync(stage, home, new NewFile("fifth.png", "image/png", Bytes(4)));
        Assert.Single(stage.StaffLog, entry => entry.Contains("room for files is used up", StringComparison.Ordinal));
        var messages = await (await ApiProgram.WithKeyAsync(stage, manager: true)).GetAsync("/api/tickets/1/messages");
        Assert.Equal(3, Regex.Count(messages.Text, "\"missing\":\"no_room\""));
    }

    [Fact]
    public async Task While_the_bucket_is_away_nothing_is_lost_and_transcripts_show_everything()
    {
        await using var server = ObjectServer.Start();
        await using var stage = await Stage.StartAsync(s => s.Bucket = BucketOf(server));
        var home = await stage.OpensAsync("Support");
        await SendsAsync(stage, home, new NewFile("before.png", "image/png", Picture));
        Assert.Single(server.Objects);
        Assert.Empty(stage.KeptFiles);
        server.Trouble = HttpStatusCode.ServiceUnavailable;
        await SendsAsync(stage, home, new NewFile("meanwhile.png", "image/png", (byte[])[.. Picture, 1]));
        Assert.Single(server.Objects);
        Assert.Single(stage.KeptFiles);

        var page = await stage.TranscriptAsync(1);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await GetAsync(stage, AddressOf(page, "before.png"))).Status);
        Assert.Equal((HttpStatusCode.OK, Convert.ToHexString([.. Picture, 1])), await GetAsync(stage, AddressOf(page, "meanwhile.png")));
        await stage.AfterAsync(stage.Bob.Runs("/close", home));
        Assert.Contains(stage.StaffLog, entry => entry.Contains("#0001", StringComparison.Ordinal));
        await stage.StopUsherAsync();
        await stage.StartUsherAsync();

        server.Trouble = null;
        await stage.WaitsOutAsync(TimeSpan.FromSeconds(31));
        Assert.Equal(2, server.Objects.Count);
        Assert.Empty(stage.KeptFiles);
        page = await stage.TranscriptAsync(1);
        Assert.Equal((HttpStatusCode.OK, Convert.ToHexString(Picture)), await GetAsync(stage, AddressOf(page, "before.png")));
        Assert.Equal((HttpStatusCode.PartialContent, Convert.ToHexString(Picture[10..20])), await GetAsync(stage, AddressOf(page, "before.png"), new RangeHeaderValue(10, 19)));
        Assert.DoesNotContain(server.Address.Authority, page, StringComparison.Ordinal);
        Assert.DoesNotContain(stage.Log, line => line.Contains(ObjectServer.Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(server.Requests, request => request.EndsWith(" 403", StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_the_bucket_the_last_message_takes_its_bytes_along_also_when_it_was_away_then()
    {
        await using var server = ObjectServer.Start();
        await using var stage = await Stage.StartAsync(s => s.Bucket = BucketOf(server));
        var home = await stage.OpensAsync("Support");
        var first = await SendsAsync(stage, home, new NewFile("one.png", "image/png", Picture));
        var second = await SendsAsync(stage, home, new NewFile("two.png", "image/png", Picture));
        Assert.Single(server.Objects);

        await RedactsAsync(stage, home, first);
        Assert.Single(server.Objects);
        server.Trouble = HttpStatusCode.InternalServerError;
        await RedactsAsync(stage, home, second);
        Assert.Single(server.Objects);
        server.Trouble = null;
        await stage.WaitsOutAsync(TimeSpan.FromSeconds(31));
        Assert.Empty(server.Objects);
        Assert.Equal(0L, await stage.InDatabaseAsync("select count(*) from discarded_files"));
    }

    [Fact]
    public async Task What_is_redacted_goes_from_the_bucket_also_while_another_file_cannot_go_there()
    {
        await using var server = ObjectServer.Start();
        await using var stage = await Stage.StartAsync(s => s.Bucket = BucketOf(server));
        var home = await stage.OpensAsync("Support");
        var message = await SendsAsync(stage, home, new NewFile("one.png", "image/png", Picture));
        Assert.Single(server.Objects);
        server.Trouble = HttpStatusCode.ServiceUnavailable;
        await SendsAsync(stage, home, new NewFile("two.png", "image/png", (byte[])[.. Picture, 1]));
        await File.WriteAllTextAsync(Assert.Single(stage.KeptFiles), "other bytes", Now);
        server.Trouble = null;

        await RedactsAsync(stage, home, message);

        Assert.Empty(server.Objects);
        await stage.WaitsOutAsync(TimeSpan.FromSeconds(31));
        Assert.Contains(stage.Log, line => line.Contains("is damaged", StringComparison.Ordinal));
    }

    private static byte[] Bytes(byte all) => [.. Enumerable.Repeat(all, 490)];

    private static S3Settings BucketOf(ObjectServer server) => new(server.Address, ObjectServer.Bucket, ObjectServer.AccessKey, ObjectServer.Secret) { Region = ObjectServer.Region };

    private static async Task<MessageState> SendsAsync(Stage stage, ChannelState home, NewFile file)
    {
        var message = stage.Alice.Types("see this", home, file);
        await stage.SettlesAsync();
        return message;
    }

    private static Task RedactsAsync(Stage stage, ChannelState home, MessageState message) => stage.AfterAsync(stage.Bob.Runs("/redact", home, ("message", message.Id.ToString())));

    private static string AddressOf(string page, string name) => Regex.Match(page, $"/api/ticket/[^\"]+{Regex.Escape(name)}").Value;

    private static async Task<(HttpStatusCode Status, string Content)> GetAsync(Stage stage, string path, RangeHeaderValue? range = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(stage.Address + path));
        request.Headers.Range = range;
        using var answer = await stage.Browser.SendAsync(request, Now);
        return (answer.StatusCode, Convert.ToHexString(await answer.Content.ReadAsByteArrayAsync(Now)));
    }
}
