using System.Net.Http.Headers;
using System.Text;
using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Discord.Gateway;
using Usher.Discord.Model;
using Usher.Discord.Rest;
using Usher.Sandbox;
using Usher.Sandbox.Cast;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>Discord is slow, down, limiting or forgetful: everything is done once, and nobody is left without a word.</summary>
public sealed class TroubleStories
{
    private const string StartThread = "POST /channels/{channel}/threads";
    private const string CreateChannel = "POST /guilds/{guild}/channels";
    private const string Post = "POST /channels/{channel}/messages";
    private const string Callback = "POST /interactions/{interaction}/{token}/callback";

    [Theory]
    [InlineData("Support", StartThread)]
    [InlineData("Billing", CreateChannel)]
    [InlineData("Support", Post)]
    [InlineData("Billing", Post)]
    public async Task An_answer_that_was_lost_makes_nothing_twice(string department, string route)
    {
        await using var stage = await Stage.StartAsync();
        stage.Box.Weather.Next(route, Fault.AnswerLost);

        var asking = stage.Alice.Clicks(department, stage.Harbour.Help);
        await stage.WaitsOutAsync(TimeSpan.FromMinutes(2));
        await asking;

        var homes = stage.Alice.Channels(stage.Harbour.Guild).Where(channel => channel.IsThread || channel.Parent == stage.Harbour.Tickets).ToList();
        var home = Assert.Single(homes);
        Assert.Single(stage.Alice.Sees(home), message => Person.ButtonsOf(message).Contains("Claim"));
        Assert.Single(await stage.Desk.Store.OpenTicketsAsync(new(stage.Harbour.Guild.Id.Value), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_claim_whose_acknowledgement_was_lost_with_the_program_leaves_the_card_standing()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        stage.Box.Weather.Next(Callback, Fault.AnswerLost);
        var asking = stage.Carol.Clicks("Claim", home);
        await asking;
        await stage.StopUsherAsync();

        await stage.StartUsherAsync();
        await stage.WaitsOutAsync(TimeSpan.FromSeconds(10));

        var card = Assert.Single(stage.Alice.Sees(home));
        Assert.Contains("Unclaim", Person.ButtonsOf(card));
    }

    [Fact]
    public async Task While_Discord_is_down_for_ten_minutes_everything_waits_and_then_happens_once()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        stage.Box.Weather.Next(Post, Fault.Unavailable, times: 8);
        var closing = stage.Bob.Runs("/close", home);
        await stage.UntilAsync(() => stage.Box.Weather.Pending < 8);
        stage.Box.Weather.GoDown(TimeSpan.FromMinutes(10));

        for (var second = 0; second < 720; second += 5)
        {
            stage.Clock.Advance(TimeSpan.FromSeconds(5));
            await stage.BreathesAsync();
        }
        await stage.WaitsOutAsync(TimeSpan.FromMinutes(5));
        await closing;

        Assert.True(home.Thread!.Archived);
        Assert.Single(stage.Alice.Sees(home), message => Person.TextOf(message).Contains("closed this ticket", StringComparison.Ordinal));
        Assert.Single(stage.Alice.DirectMessages(stage.Harbour.Bot.Bot));
    }

    [Fact]
    public async Task A_storm_of_429_only_delays()
    {
        await using var stage = await Stage.StartAsync();
        stage.Box.Weather.Storm(new Dictionary<Fault, double> { [Fault.RateLimited] = 0.3, [Fault.GloballyLimited] = 0.05, [Fault.ServerError] = 0.1 });

        var asking = stage.Alice.Clicks("Billing", stage.Harbour.Help);
        await stage.WaitsOutAsync(TimeSpan.FromMinutes(3));
        stage.Box.Weather.Clear();
        await stage.WaitsOutAsync(TimeSpan.FromMinutes(3));
        await asking;

        var home = Assert.Single(stage.Alice.Channels(stage.Harbour.Guild), channel => channel.Parent == stage.Harbour.Tickets);
        Assert.Single(stage.Alice.Sees(home));
    }

    [Fact]
    public async Task A_click_that_takes_long_is_deferred_on_time_and_answered_later()
    {
        await using var stage = await Stage.StartAsync();
        stage.Box.Weather.Next(StartThread, Fault.Slow, lasting: TimeSpan.FromSeconds(10));

        var asked = await stage.DeferredAsync(stage.Alice.Clicks("Support", stage.Harbour.Help));
        await stage.WaitsOutAsync(TimeSpan.FromSeconds(30));

        Assert.False(asked.Failed);
        Assert.Equal(5, asked.Interaction.CallbackType);
        Assert.Contains("Your ticket is open", asked.Text);
        Assert.True(asked.IsPrivate);
    }

    [Fact]
    public async Task A_refusal_that_took_long_is_said_once_and_not_thought_over_at_the_next_start()
    {
        var server = new Question { Key = "server", Text = "Your server", Format = AnswerFormat.Invite, Lookup = "invite" };
        await using var stage = await Stage.StartAsync(stage => stage.Settings = stage.Settings with
        {
            Departments = stage.Settings.Departments.Select(department => department with { Form = new FormSettings { Place = FormPlace.BeforeOpening, Questions = [server] } }).ToValueList(),
        });
        var code = stage.Erin.Invites(stage.Harbour.Help);
        await stage.AfterAsync(stage.Alice.Clicks("Support", stage.Harbour.Help));
        await stage.AfterAsync(stage.Dana.Runs("/block", stage.Harbour.General, ("member", stage.Alice.Mention)));
        stage.Box.Weather.Next("GET /invites/{code}", Fault.Slow, lasting: TimeSpan.FromSeconds(2));

        var asked = await stage.DeferredAsync(stage.Alice.Fills(("Your server", code)));
        await stage.WaitsOutAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(5, asked.Interaction.CallbackType);
        Assert.Contains("blocked", asked.Text);
        await stage.AfterAsync(stage.Dana.Runs("/unblock", stage.Harbour.General, ("member", stage.Alice.Mention)));
        await stage.StopUsherAsync();
        await stage.StartUsherAsync();
        Assert.Empty(stage.Harbour.Guild.Threads);
        Assert.Contains("blocked", asked.Text);
    }

    [Fact]
    public async Task An_answer_that_Discord_no_longer_takes_leaves_the_ticket_whole()
    {
        await using var stage = await Stage.StartAsync();
        stage.Box.Weather.Next(Callback, Fault.Slow, times: 2, lasting: TimeSpan.FromSeconds(5));

        var asking = stage.Alice.Clicks("Support", stage.Harbour.Help);
        await stage.WaitsOutAsync(TimeSpan.FromSeconds(30));
        var asked = await asking;

        Assert.True(asked.Failed);
        Assert.Single(stage.Alice.Pings(stage.Harbour.Guild));
    }

    [Fact]
    public async Task A_lost_socket_is_resumed_and_nothing_is_missed()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");

        stage.Box.CutSockets();
        stage.Alice.Types("did you hear that?", home);
        await stage.WaitsOutAsync(TimeSpan.FromSeconds(30));

        Assert.Contains("did you hear that?", await stage.TranscriptAsync(1));
    }

    [Fact]
    public async Task An_invalid_session_leaves_a_gap_that_is_fetched()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Billing");

        stage.Box.InvalidateSessions(mayResume: false);
        stage.Alice.Types("into the void", home);
        await stage.PassesUntilAsync(() => stage.Desk.NotReadyBecause is not null);
        await stage.ReconnectsAsync();

        Assert.Contains("into the void", await stage.TranscriptAsync(1));
    }

    [Fact]
    public async Task What_Discord_tells_twice_happens_once()
    {
        await using var stage = await Stage.StartAsync();
        stage.Box.Weather.DuplicatedDispatches = 1;

        var home = await stage.OpensAsync("Support");
        stage.Alice.Types("echo", home);
        stage.Bob.Types("!claim", home);
        await stage.SettlesAsync();
        stage.Box.Weather.DuplicatedDispatches = 0;

        Assert.Single(stage.Box.World.ThreadsOf(stage.Harbour.SupportChannel));
        Assert.Single(stage.Alice.Sees(home), message => Person.TextOf(message).Contains("is yours", StringComparison.Ordinal));
        Assert.Equal(2, (await stage.TranscriptAsync(1)).Split(">echo<").Length);
    }

    [Fact]
    public async Task A_click_that_failed_while_Usher_was_away_opens_nothing_when_Discord_tells_of_it_afterwards()
    {
        await using var stage = await Stage.StartAsync();
        await stage.StopUsherAsync();
        var asking = stage.Alice.Clicks("Support", stage.Harbour.Help);
        for (var second = 0; second < 4; second++) stage.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await asking).Failed);

        await stage.StartUsherAsync();
        await stage.SettlesAsync();

        Assert.Empty(stage.Harbour.Guild.Threads);
        await stage.AfterAsync(stage.Alice.Clicks("Support", stage.Harbour.Help));
        Assert.Single(stage.Harbour.Guild.Threads);
    }

    [Fact]
    public async Task It_opens_nothing_either_when_a_start_in_between_was_lost_with_all_that_it_had_heard()
    {
        await using var stage = await Stage.StartAsync();
        await stage.StopUsherAsync();
        var before = await SessionAsync(stage);
        await stage.StartUsherAsync();
        await stage.StopUsherAsync();
        var asking = stage.Alice.Clicks("Support", stage.Harbour.Help);
        for (var second = 0; second < 4; second++) stage.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await asking).Failed);

        // As a kill leaves it: what the second start was told, RESUMED among it, is told again before the click.
        await SessionAsync(stage, before);
        await stage.StartUsherAsync();

        Assert.Empty(stage.Harbour.Guild.Threads);
    }

    [Fact]
    public async Task A_button_of_last_year_says_that_it_is_old()
    {
        await using var stage = await Stage.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(stage.Box.ApiAddress, $"channels/{stage.Harbour.General.Id}/messages"))
        {
            Content = new StringContent(
                """{"content":"old panel","components":[{"type":1,"components":[{"type":2,"style":1,"label":"Old","custom_id":"create_ticket:support"}]}]}""",
                Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bot", stage.Box.Token);
        using var posted = await stage.Browser.SendAsync(request, TestContext.Current.CancellationToken);
        posted.EnsureSuccessStatusCode();

        var asked = await stage.AfterAsync(stage.Alice.Clicks("Old", stage.Harbour.General));

        Assert.Contains("older version", asked.Text);
        Assert.Contains("/panel", asked.Text);
    }

    [Fact]
    public async Task A_bad_token_is_refused_at_the_start()
    {
        await using var stage = await Stage.StartAsync();
        await stage.StopUsherAsync();
        stage.Box.World.ResetToken(stage.Harbour.Bot);
        var good = stage.Box.Token;
        Assert.NotEqual(Harbour.BotToken, good);

        await Assert.ThrowsAsync<DiscordUnauthorizedException>(() => stage.StartUsherAsync(settle: false, token: Harbour.BotToken));
    }

    [Fact]
    public async Task A_missing_intent_is_named()
    {
        await using var stage = await Stage.StartAsync();
        await stage.StopUsherAsync();
        stage.Harbour.Bot.PrivilegedIntents = Intents.GuildMembers;
        stage.Box.ForgetSessions();

        await stage.StartUsherAsync(settle: false);
        var refused = await RefusedAsync(stage);

        Assert.Contains("Message Content", refused.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_bot_that_is_not_in_its_guild_says_how_to_invite_it_and_takes_up_its_work_when_it_comes()
    {
        await using var stage = await Stage.StartAsync();
        await stage.StopUsherAsync();
        stage.Box.World.Leave(stage.Harbour.Guild, stage.Harbour.Bot.Bot);
        stage.Box.ForgetSessions();

        await stage.StartUsherAsync(settle: false);
        await stage.PassesUntilAsync(() => stage.Desk.NotServed is { } why && stage.Desk.NotReadyBecause == why);
        Assert.Contains($"not in guild {stage.Harbour.Guild.Id}", stage.Desk.NotServed, StringComparison.Ordinal);
        Assert.Contains($"client_id={stage.Harbour.Bot.Id}&scope=bot+applications.commands", stage.Desk.NotServed, StringComparison.Ordinal);

        stage.Box.World.Install(stage.Harbour.Bot, stage.Harbour.Guild, Permissions.Administrator);
        await stage.PassesUntilAsync(() => stage.Desk.NotReadyBecause is null);
        await stage.SettlesAsync();
        await stage.AfterAsync(stage.Alice.Runs("/open", stage.Harbour.General, ("department", "support")));
        Assert.Single(await stage.Desk.Store.OpenTicketsAsync(new GuildId(stage.Harbour.Guild.Id.Value), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_bot_that_is_thrown_out_says_so()
    {
        await using var stage = await Stage.StartAsync();
        Assert.Null(stage.Desk.NotServed);

        stage.Box.World.Leave(stage.Harbour.Guild, stage.Harbour.Bot.Bot);
        await stage.PassesUntilAsync(() => stage.Desk.NotReadyBecause is not null);
        Assert.Contains("invite it with", stage.Desk.NotReadyBecause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_another_program_holds_the_database_locked_whoever_clicks_is_told_that_it_will_be_done_and_it_is()
    {
        await using var stage = await Stage.StartAsync();
        Asked asked;
        await using (await stage.LocksDatabaseAsync())
        {
            asked = await stage.Alice.Clicks("Support", stage.Harbour.Help);
            Assert.Contains("will be done", asked.Text, StringComparison.Ordinal);
            Assert.Empty(stage.Harbour.Guild.Threads);
        }

        await stage.WaitsOutAsync(TimeSpan.FromSeconds(5));
        Assert.Single(stage.Harbour.Guild.Threads);
        Assert.Contains("Your ticket is open", asked.Text, StringComparison.Ordinal);
    }

    private static async Task<GatewayRefusedException> RefusedAsync(Stage stage)
    {
        for (var second = 0; second < 60 && !stage.Desk.Completion.IsCompleted; second++)
        {
            stage.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(stage.Desk.Completion, Task.Delay(50, TestContext.Current.CancellationToken));
        }
        return await Assert.ThrowsAsync<GatewayRefusedException>(() => stage.Desk.Completion);
    }

    // Back-off, limits and deadlines go by the clock: second after second, with room for the sockets in between.
    private static async Task<string> SessionAsync(Stage stage, string? set = null) =>
        (string)(set is null ? await stage.InDatabaseAsync("select json from sessions") : await stage.InDatabaseAsync("update sessions set json = $1 returning json", set))!;
}
