using System.Net;
using Usher.Discord.Model;
using Usher.Discord.Rest;
using Xunit;

namespace Usher.Discord.Tests.Rest;

public sealed class RepeatingTests : IDisposable
{
    private const string AMessage = """{"id":"30","channel_id":"20","author":{"id":"1"}}""";
    private static readonly Snowflake Thread = new(20);
    private static readonly HttpRequestException Cut = new(HttpRequestError.ResponseEnded);
    private static readonly HttpRequestException NoConnection = new(HttpRequestError.ConnectionError);
    private readonly ScriptedDiscord _discord = new();

    public void Dispose() => _discord.Dispose();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_read_is_repeated_with_growing_pauses()
    {
        using var rest = _discord.Answers(HttpStatusCode.BadGateway, "<html>").Fails(Cut).Answers(HttpStatusCode.ServiceUnavailable).Answers(HttpStatusCode.OK, AMessage).Client();

        await _discord.InTimeAsync(() => rest.GetMessageAsync(Thread, new(30), Ct));

        var start = _discord.Requests[0].At;
        Assert.Equal([0, 0.5, 1.5, 3.5], _discord.Requests.Select(r => (r.At - start).TotalSeconds));
    }

    [Fact]
    public async Task After_five_attempts_discord_counts_as_down()
    {
        for (var n = 0; n < 5; n++) _discord.Answers(HttpStatusCode.InternalServerError);
        using var rest = _discord.Client();

        var down = await Assert.ThrowsAsync<DiscordUnavailableException>(() => _discord.InTimeAsync(() => rest.GetChannelAsync(Thread, Ct)));

        Assert.Equal(5, down.Attempts);
        Assert.Equal(5, _discord.Requests.Count);
    }

    public static TheoryData<string, Func<DiscordRest, Task>> Creations => new()
    {
        { "channel", rest => rest.CreateChannelAsync(new(1), new() { Name = "a" }, cancellationToken: Ct) },
        { "thread", rest => rest.StartThreadAsync(new(1), new() { Name = "a", Type = ChannelType.PrivateThread }, cancellationToken: Ct) },
        { "message without nonce", rest => rest.CreateMessageAsync(new(1), new() { Content = "a" }, cancellationToken: Ct) },
        { "message with a nonce that is not enforced", rest => rest.CreateMessageAsync(new(1), new() { Content = "a", Nonce = "n" }, cancellationToken: Ct) },
        { "follow-up", rest => rest.CreateFollowUpAsync(new(1), "t", new() { Content = "a" }, cancellationToken: Ct) },
    };

    [Theory]
    [MemberData(nameof(Creations))]
    public async Task What_cannot_be_made_twice_is_not_repeated_when_it_may_have_been_made(string what, Func<DiscordRest, Task> create)
    {
        using var cut = _discord.Fails(Cut).Client();
        await Assert.ThrowsAsync<DiscordUnknownOutcomeException>(() => _discord.InTimeAsync(() => create(cut)));
        _discord.Answers(HttpStatusCode.BadGateway);
        await Assert.ThrowsAsync<DiscordUnknownOutcomeException>(() => _discord.InTimeAsync(() => create(cut)));
        _discord.NeverAnswers();
        await Assert.ThrowsAsync<DiscordUnknownOutcomeException>(() => _discord.InTimeAsync(() => create(cut)));

        Assert.True(_discord.Requests.Count == 3, what);
    }

    [Fact]
    public async Task What_never_left_the_house_is_always_repeated()
    {
        using var rest = _discord.Fails(NoConnection).Fails(NoConnection).Answers(HttpStatusCode.OK, """{"id":"7"}""").Client();

        var channel = await _discord.InTimeAsync(() => rest.CreateChannelAsync(new(1), new() { Name = "a" }, cancellationToken: Ct));

        Assert.Equal(new Snowflake(7), channel.Id);
    }

    [Fact]
    public async Task A_message_with_an_enforced_nonce_is_repeated()
    {
        using var rest = _discord.Fails(Cut).Answers(HttpStatusCode.OK, AMessage).Client();

        await _discord.InTimeAsync(() => rest.CreateMessageAsync(Thread, new() { Content = "a", Nonce = "n", EnforceNonce = true }, cancellationToken: Ct));

        Assert.Equal(2, _discord.Requests.Count);
        Assert.Equal(_discord.Requests[0].Body, _discord.Requests[1].Body);
    }

    [Fact]
    public async Task A_deletion_that_had_already_worked_counts_as_done()
    {
        using var rest = _discord.Fails(Cut).Answers(HttpStatusCode.NotFound, """{"code":10003}""").Answers(HttpStatusCode.NotFound, """{"code":10003}""").Client();

        await _discord.InTimeAsync(() => rest.DeleteChannelAsync(Thread, cancellationToken: Ct));

        await Assert.ThrowsAsync<DiscordApiException>(() => rest.DeleteChannelAsync(Thread, cancellationToken: Ct));
    }

    [Fact]
    public async Task An_interactions_answer_that_had_already_arrived_counts_as_given()
    {
        using var rest = _discord.Fails(Cut).Answers(HttpStatusCode.BadRequest, """{"code":40060}""").Answers(HttpStatusCode.BadRequest, """{"code":40060}""").Client();

        await _discord.InTimeAsync(() => rest.RespondAsync(new(5), "t", InteractionResponse.DeferUpdate(), cancellationToken: Ct));

        var twice = await Assert.ThrowsAsync<DiscordApiException>(() => rest.RespondAsync(new(6), "t", InteractionResponse.DeferUpdate(), cancellationToken: Ct));
        Assert.True(twice.IsAlreadyAcknowledged);
    }

    [Fact]
    public async Task A_file_is_opened_again_for_each_attempt()
    {
        var opened = 0;
        var file = new UploadFile("a.txt", 3, _ =>
        {
            opened++;
            return new(new MemoryStream("abc"u8.ToArray()));
        });
        using var rest = _discord.Answers(HttpStatusCode.BadGateway).Answers(HttpStatusCode.OK, AMessage).Client();

        await _discord.InTimeAsync(() => rest.EditMessageAsync(Thread, new(30), new(), [file], Ct));

        Assert.Equal(2, opened);
        Assert.All(_discord.Requests, sent => Assert.Contains("\r\nabc\r\n", sent.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_heard_during_a_pause()
    {
        using var giveUp = new CancellationTokenSource();
        using var rest = _discord.Answers(HttpStatusCode.BadGateway).Client();

        var call = rest.GetChannelAsync(Thread, giveUp.Token);
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Single(_discord.Requests);
    }

    [Theory]
    [InlineData(1, 0, 0.5)]
    [InlineData(1, 1, 0.25)]
    [InlineData(4, 0, 4)]
    [InlineData(20, 0, 15)]
    [InlineData(20, 1, 7.5)]
    public void Pauses_double_up_to_15_seconds_less_a_random_half(int attempt, double jitter, double seconds) =>
        Assert.Equal(seconds, Backoff.After(attempt, jitter).TotalSeconds);
}
