using System.Net;
using Usher.Discord.Model;
using Usher.Discord.Rest;
using Xunit;

namespace Usher.Discord.Tests.Rest;

public sealed class SendingTests : IDisposable
{
    private const string AMessage = """{"id":"30","channel_id":"20","author":{"id":"1"}}""";
    private static readonly Snowflake Thread = new(20);
    private readonly ScriptedDiscord _discord = new();

    public void Dispose() => _discord.Dispose();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_goes_out_with_token_user_agent_and_pings_nobody()
    {
        using var rest = _discord.Answers(HttpStatusCode.OK, AMessage).Client();

        var message = await rest.CreateMessageAsync(Thread, new() { Content = "Hello @everyone" }, cancellationToken: Ct);

        Assert.Equal(new Snowflake(30), message.Id);
        var sent = Assert.Single(_discord.Requests);
        Assert.Equal("POST", sent.Method);
        Assert.Equal("/api/v10/channels/20/messages", sent.Path);
        Assert.Equal("Bot secret", sent.Headers["Authorization"]);
        Assert.Equal("application/json", sent.Headers["Content-Type"]);
        Assert.Matches(@"^DiscordBot \(https://\S+, \d+\.\d+\.\d+\)$", sent.Headers["User-Agent"]);
        Assert.Equal("""{"content":"Hello @everyone","allowed_mentions":{"parse":[]}}""", sent.Body);
        Assert.Equal(1, rest.CallsByRoute["POST /channels/{channel}/messages"]);
    }

    [Fact]
    public async Task An_interaction_is_answered_without_the_bots_token()
    {
        using var rest = _discord.Answers(HttpStatusCode.NoContent, "").Client();

        await rest.RespondAsync(new(5), "tok/en", InteractionResponse.Defer(ephemeral: true), cancellationToken: Ct);

        var sent = Assert.Single(_discord.Requests);
        Assert.Equal("/api/v10/interactions/5/tok%2Fen/callback", sent.Path);
        Assert.False(sent.Headers.ContainsKey("Authorization"));
        Assert.Equal("""{"type":5,"data":{"flags":64}}""", sent.Body);
    }

    [Theory]
    [InlineData("Closed by Ada", "Closed%20by%20Ada")]
    [InlineData("fermé ✓", "ferm%C3%A9%20%E2%9C%93")]
    public async Task A_reason_is_url_encoded(string reason, string header)
    {
        using var rest = _discord.Answers(HttpStatusCode.OK, """{"id":"20"}""").Client();

        await rest.DeleteChannelAsync(Thread, reason, Ct);

        Assert.Equal(header, _discord.Requests[0].Headers["X-Audit-Log-Reason"]);
    }

    [Fact]
    public async Task A_reason_is_cut_at_512_characters_and_never_within_one()
    {
        using var rest = _discord.Answers(HttpStatusCode.OK, """{"id":"20"}""").Client();

        await rest.DeleteChannelAsync(Thread, string.Concat(Enumerable.Repeat("🙂", 600)), Ct);

        Assert.Equal(string.Concat(Enumerable.Repeat("🙂", 512)), Uri.UnescapeDataString(_discord.Requests[0].Headers["X-Audit-Log-Reason"]));
    }

    [Fact]
    public async Task Files_follow_the_json_in_a_form_of_known_length()
    {
        using var rest = _discord.Answers(HttpStatusCode.OK, AMessage).Client();
        var files = new[] { UploadFile.Of("a \"b\".txt", "one"u8.ToArray(), "text/plain"), UploadFile.Of("été.bin", [50, 51]) };

        await rest.CreateMessageAsync(Thread, new() { Content = "x" }, files, Ct);

        var sent = _discord.Requests[0];
        var boundary = sent.Headers["Content-Type"].Split('"')[1];
        var expected = string.Join("\r\n",
            $"--{boundary}", "Content-Disposition: form-data; name=\"payload_json\"", "Content-Type: application/json", "", """{"content":"x","allowed_mentions":{"parse":[]}}""",
            $"--{boundary}", "Content-Disposition: form-data; name=\"files[0]\"; filename=\"a %22b%22.txt\"", "Content-Type: text/plain", "", "one",
            $"--{boundary}", "Content-Disposition: form-data; name=\"files[1]\"; filename=\"été.bin\"", "Content-Type: application/octet-stream", "", "23",
            $"--{boundary}--", "");
        Assert.Equal(expected, sent.Body);
        Assert.Equal(System.Text.Encoding.UTF8.GetByteCount(expected), sent.Length);
    }

    [Fact]
    public async Task A_faulty_body_is_told_field_by_field()
    {
        using var rest = _discord.Answers(
            HttpStatusCode.BadRequest,
            """
            {"code":50035,"message":"Invalid Form Body","errors":{
              "components":{"0":{"components":{"2":{"label":{"_errors":[{"code":"BASE_TYPE_BAD_LENGTH","message":"Must be 45 or fewer in length."}]}}}}},
              "_errors":[{"code":"TOO_LARGE","message":"Too large."}]}}
            """).Client();

        var refused = await Assert.ThrowsAsync<DiscordApiException>(() => rest.CreateMessageAsync(Thread, new() { Content = "x" }, cancellationToken: Ct));

        Assert.Equal(ErrorCode.InvalidFormBody, refused.Code);
        Assert.Equal(["components[0].components[2].label: Must be 45 or fewer in length. [BASE_TYPE_BAD_LENGTH]", "(body): Too large. [TOO_LARGE]"], refused.Faults);
        Assert.StartsWith("POST /channels/{channel}/messages: Invalid Form Body (HTTP 400, code 50035)\n  components[0]", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, 10003, true, false, false)]
    [InlineData(404, 10062, false, false, false)]
    [InlineData(403, 50001, false, true, false)]
    [InlineData(403, 50013, false, true, false)]
    [InlineData(403, 50007, false, false, true)]
    [InlineData(403, 50278, false, false, true)]
    public async Task A_refusal_says_what_it_means(int status, int code, bool gone, bool forbidden, bool closedDm)
    {
        using var rest = _discord.Answers((HttpStatusCode)status, $$"""{"code":{{code}},"message":"no"}""").Client();

        var refused = await Assert.ThrowsAsync<DiscordApiException>(() => rest.GetChannelAsync(Thread, Ct));

        Assert.Equal((gone, forbidden, closedDm), (refused.IsGone, refused.IsForbidden, refused.IsDirectMessageClosed));
    }

    [Fact]
    public async Task A_refusal_in_html_still_is_a_refusal()
    {
        using var rest = _discord.Answers(HttpStatusCode.Forbidden, "<html>no</html>").Client();

        var refused = await Assert.ThrowsAsync<DiscordApiException>(() => rest.GetChannelAsync(Thread, Ct));

        Assert.Equal("GET /channels/{channel}: Forbidden (HTTP 403)", refused.Message);
    }

    [Fact]
    public async Task After_401_nothing_more_is_sent_with_the_token()
    {
        using var rest = _discord.Answers(HttpStatusCode.Unauthorized, """{"code":0,"message":"401: Unauthorized"}""").Answers(HttpStatusCode.NoContent).Client();

        await Assert.ThrowsAsync<DiscordUnauthorizedException>(() => rest.GetCurrentUserAsync(Ct));
        await Assert.ThrowsAsync<DiscordUnauthorizedException>(() => rest.GetChannelAsync(Thread, Ct));
        await rest.RespondAsync(new(1), "t", InteractionResponse.DeferUpdate(), cancellationToken: Ct);

        Assert.Equal(["/api/v10/users/@me", "/api/v10/interactions/1/t/callback"], _discord.Requests.Select(r => r.Path));
    }

    [Fact]
    public async Task An_expired_interaction_token_is_no_bad_bot_token()
    {
        using var rest = _discord.Answers(HttpStatusCode.Unauthorized, """{"code":50027,"message":"Invalid Webhook Token"}""").Answers(HttpStatusCode.OK, """{"id":"1"}""").Client();

        var expired = await Assert.ThrowsAsync<DiscordApiException>(() => rest.GetOriginalResponseAsync(new(9), "t", Ct));
        await rest.GetCurrentUserAsync(Ct);

        Assert.True(expired.IsInteractionExpired);
    }
}
