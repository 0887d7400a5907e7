using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;
using Usher.Scenarios.Stages;
using Usher.Web.Api;

namespace Usher.Scenarios;

/// <summary>Members call the API with the token that Discord gave them.</summary>
public sealed class SigningInStories
{
    private const string Back = "https://app.example/back";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Alice_signs_in_on_Discords_page_and_sees_her_tickets_until_she_takes_it_back()
    {
        await using var stage = await Stage.StartAsync();
        stage.Harbour.Bot.RedirectUris.Add(Back);
        await stage.OpensAsync("Support");
        await stage.OpensAsync(stage.Bob, "Billing");
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(stage.Box.Address) };
        var address = $"/oauth2/authorize?response_type=code&client_id={stage.Harbour.Bot.Id}&scope=identify&state=s%261&redirect_uri={Uri.EscapeDataString(Back)}";

        Assert.Contains("Alice", await browser.GetStringAsync(new Uri(address, UriKind.Relative), Now));
        using var agreed = await browser.PostAsync(new Uri(address, UriKind.Relative), Form(("as", stage.Alice.User.Id.ToString())), Now);
        Assert.Equal(HttpStatusCode.Redirect, agreed.StatusCode);
        Assert.StartsWith(Back + "?code=", agreed.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("&state=s%261", agreed.Headers.Location.ToString(), StringComparison.Ordinal);
        var code = agreed.Headers.Location.Query.Split("code=")[1].Split('&')[0];
        var tokens = await ExchangeAsync(browser, stage, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Back));
        Assert.Equal(("Bearer", 604800, "identify"), (tokens.GetProperty("token_type").GetString(), tokens.GetProperty("expires_in").GetInt32(), tokens.GetProperty("scope").GetString()));
        Assert.Equal("invalid_grant", (await ExchangeAsync(browser, stage, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Back))).GetProperty("error").GetString());

        var alice = new ApiProgram(stage, tokens.GetProperty("access_token").GetString()!);
        var me = await alice.GetAsync("/api/me");
        Assert.Equal((200, "member", "Alice"), (me.Status, me["role"], me["name"]));
        Assert.Equal(["TKT000001"], (await alice.GetAsync("/api/tickets")).Body.GetProperty("tickets").EnumerateArray().Select(ticket => ticket.GetProperty("ticket_id").GetString()));
        Assert.Equal(404, (await alice.GetAsync("/api/tickets/2")).Status);
        Assert.Equal(201, (await alice.PostAsync("/api/tickets", """{"category":"billing","subject":"An invoice"}""")).Status);

        using var revoked = await browser.PostAsync(new Uri("/api/oauth2/token/revoke", UriKind.Relative), Form(("client_id", stage.Harbour.Bot.Id.ToString()), ("client_secret", stage.Harbour.Bot.ClientSecret), ("token", alice.Token)), Now);
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        await stage.PassesAsync(TimeSpan.FromSeconds(61));
        Assert.Equal((401, "token.unknown"), (await alice.GetAsync("/api/me")).Verdict);
    }

    [Fact]
    public async Task Discord_is_asked_once_a_minute_and_a_role_taken_away_is_felt_within_one()
    {
        await using var stage = await Stage.StartAsync();
        await stage.OpensAsync("Support");
        var bob = Caller(stage, stage.Bob);
        var before = stage.Box.Journal.Now;
        for (var request = 0; request < 5; request++) Assert.Equal("staff", (await bob.GetAsync("/api/me"))["role"]);
        Assert.Equal(["/guilds/{guild}/members/{user}", "/oauth2/@me"], stage.Box.Journal.Calls(before).Select(call => call.Route).Order());

        stage.Box.World.TakeRole(stage.Harbour.Guild.Members.Single(member => member.User == stage.Bob.User), stage.Harbour.Support);
        await stage.PassesAsync(TimeSpan.FromSeconds(61));

        Assert.Equal("member", (await bob.GetAsync("/api/me"))["role"]);
        Assert.Equal(404, (await bob.GetAsync("/api/tickets/1")).Status);
    }

    [Fact]
    public async Task Tokens_of_other_applications_and_of_people_elsewhere_open_nothing()
    {
        await using var stage = await Stage.StartAsync();
        var other = stage.Box.World.AddApplication("Phisher", stage.Bob.User, "phisher.token");
        var stranger = stage.Box.World.AddUser("mallory", "Mallory");

        Assert.Equal((401, "token.unknown"), (await new ApiProgram(stage, stage.Box.SignIn(other, stage.Erin.User, "identify").AccessToken).GetAsync("/api/me")).Verdict);
        Assert.Equal((401, "token.scope"), (await new ApiProgram(stage, stage.Box.SignIn(stage.Harbour.Bot, stage.Erin.User, "guilds").AccessToken).GetAsync("/api/me")).Verdict);
        Assert.Equal((403, "caller.not_member"), (await new ApiProgram(stage, stage.Box.SignIn(stage.Harbour.Bot, stranger, "identify").AccessToken).GetAsync("/api/me")).Verdict);
        Assert.Equal((401, "token.unknown"), (await new ApiProgram(stage, stage.Box.Token).GetAsync("/api/me")).Verdict);
        Assert.Equal((404, "guild.none"), (await Caller(stage, stage.Erin).GetAsync("/api/me?guild=5")).Verdict);
        Assert.Equal(200, (await Caller(stage, stage.Erin).GetAsync($"/api/me?guild={stage.Settings.Guild}")).Status);
    }

    [Fact]
    public async Task While_Discord_is_down_it_is_said_so_and_whoever_is_known_goes_on()
    {
        await using var stage = await Stage.StartAsync();
        await stage.OpensAsync("Support");
        var (alice, bob) = (Caller(stage, stage.Alice), Caller(stage, stage.Bob));
        Assert.Equal(200, (await alice.GetAsync("/api/tickets/1")).Status);
        stage.Box.Weather.Next("GET /oauth2/@me", Usher.Sandbox.Fault.Unavailable, times: 9);

        Assert.Equal((503, "discord.unavailable"), (await bob.GetAsync("/api/tickets/1")).Verdict);
        Assert.Equal(200, (await alice.GetAsync("/api/tickets/1")).Status);
    }

    [Fact]
    public async Task Whoever_tries_tokens_is_stopped_before_Discord_bars_the_bot()
    {
        await using var stage = await Stage.StartAsync();
        var known = Caller(stage, stage.Alice);
        Assert.Equal(200, (await known.GetAsync("/api/me")).Status);

        var replies = new List<ApiReply>();
        for (var guess = 0; guess < 14; guess++) replies.Add(await new ApiProgram(stage, $"guess{guess}").GetAsync("/api/me"));

        Assert.Contains(replies, reply => reply.Verdict == (429, "limit.tokens"));
        Assert.Equal(10, replies.Count(reply => reply.Status == 401));
        Assert.Equal(200, (await known.GetAsync("/api/me")).Status);
        // Nor is anybody shut out who was let in before, when Discord is to be asked about them anew.
        stage.Clock.Advance(TimeSpan.FromSeconds(61));
        for (var guess = 20; guess < 34; guess++) await new ApiProgram(stage, $"guess{guess}").GetAsync("/api/me");
        Assert.Equal(200, (await known.GetAsync("/api/me")).Status);
    }

    public static TheoryData<string> People => ["Alice", "Bob", "Carol", "Dana", "Erin"];

    [Theory]
    [MemberData(nameof(People))]
    public async Task What_a_button_refuses_the_API_refuses_on_every_route(string name)
    {
        await using var stage = await Stage.StartAsync();
        await stage.OpensAsync(stage.Alice, "Billing");
        var person = stage.Box.Cast[name];
        var caller = Caller(stage, person);
        var ticket = (await stage.Desk.Store.FindTicketAsync(new TicketKey(stage.Settings.Guild, 1), Now))!;
        var actor = (await stage.Desk.Members.FindAsync(stage.Settings.Guild, new UserId(person.User.Id.Value), Now))!;
        var sees = Access.Allows(Permission.OpenerOrStaff, actor, stage.Settings, ticket);
        foreach (var route in ApiRoutes.All.Where(route => route.IsOnTicket && route.Command is not null))
        {
            var command = name == "Alice" && route.Command == typeof(Usher.Desk.Features.Replying.Reply) ? typeof(Usher.Desk.Features.Replying.ReplyAsOpener) : route.Command!;
            var rule = Usher.Desk.Features.All.Features.SelectMany(feature => feature.Commands).Single(rule => rule.Command == command);
            var allowed = Access.Allows(rule.Permission, actor, stage.Settings, ticket);

            var reply = await caller.SendAsync(new HttpMethod(route.Method), route.Path.Replace("{id}", "1", StringComparison.Ordinal), BodyOf(route, stage));

            if (!sees) Assert.Equal((route.Name, 404, "ticket.none"), (route.Name, reply.Status, reply["code"]));
            else if (!allowed) Assert.Equal((route.Name, 403, "access.denied"), (route.Name, reply.Status, reply["code"]));
            else Assert.True(reply["code"] != "access.denied" && reply.Status is not (401 or 404 or 422 or 500), $"{route.Name}: {reply.Text}");
        }
    }

    private static string BodyOf(ApiRoute route, Stage stage) => route.Name switch
    {
        "replyToTicket" => """{"message":"Hello"}""",
        "writeNote" => """{"text":"Hm"}""",
        "assignTicket" => $$"""{"user_id":"{{stage.Carol.User.Id}}"}""",
        "transferTicket" => """{"department":"support"}""",
        "redactMessage" => """{"message_id":"1"}""",
        "setPriority" => """{"priority":"high"}""",
        "rateTicket" => """{"rating":5}""",
        "setTags" => """{"tags":["vip"]}""",
        _ => "{}",
    };

    private static ApiProgram Caller(Stage stage, Person person) => new(stage, stage.Box.SignIn(stage.Harbour.Bot, person.User, "identify").AccessToken);

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) => new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private static async Task<JsonElement> ExchangeAsync(HttpClient browser, Stage stage, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v10/oauth2/token", UriKind.Relative)) { Content = Form(fields) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{stage.Harbour.Bot.Id}:{stage.Harbour.Bot.ClientSecret}")));
        using var response = await browser.SendAsync(request, Now);
        return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(Now));
    }
}
