using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>A shop's own interface, asked over HTTP: what it answers, what it does not, and where it would lead.</summary>
public sealed class HttpSourceStories : IAsyncLifetime
{
    private readonly WebApplication _shop = Build();
    private readonly ConcurrentQueue<(string Target, string? Key)> _asked = [];
    private readonly TaskCompletionSource _never = new();
    private string _address = "";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_is_looked_up_and_only_what_was_chosen_is_shown()
    {
        await using var stage = await StartAsync("/orders/{answer}");

        var home = await AsksAsync(stage, "1042");

        var card = Person.TextOf(stage.Alice.Sees(home)[1]);
        Assert.Contains("**State:** sent", card);
        Assert.Contains("**Customer:** Alice \\_A\\_", card);
        Assert.Contains("**First item:** `crane-4`", card);
        Assert.Contains("**Tags:** big, heavy", card);
        Assert.DoesNotContain("4111", card, StringComparison.Ordinal);
        Assert.Equal(("/orders/1042", "let me in"), Assert.Single(_asked));
    }

    [Theory]
    [InlineData("7/../../admin?all=1#x", "/orders/7%2F..%2F..%2Fadmin%3Fall%3D1%23x")]
    [InlineData("..", null)]
    [InlineData("naïve &= +", "/orders/na%C3%AFve%20%26%3D%20%2B")]
    public async Task An_answer_never_leads_to_another_address(string answer, string? target)
    {
        await using var stage = await StartAsync("/orders/{answer}");

        await AnswersAsync(stage, answer);

        Assert.Contains("nothing is known", Person.TextOf(stage.Alice.Sees(stage.Harbour.Help)[^1]));
        Assert.Equal(target is null ? [] : [target], _asked.Select(asked => asked.Target));
    }

    [Theory]
    [InlineData("/broken")]
    [InlineData("/words")]
    [InlineData("/endless")]
    [InlineData("/circle")]
    [InlineData("/elsewhere")]
    [InlineData("/file")]
    public async Task Whatever_else_it_answers_the_ticket_opens_and_says_so(string path)
    {
        await using var stage = await StartAsync(path + "?order={answer}");

        var home = await AsksAsync(stage, "1042");

        Assert.Contains("could not be looked up", Person.TextOf(stage.Alice.Sees(home)[1]));
        Assert.DoesNotContain("1042", string.Join('\n', stage.Log.Where(line => line.Contains("shop", StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirection_inside_is_followed_where_the_settings_say_so_and_the_key_stays_here()
    {
        await using var stage = await StartAsync("/elsewhere?order={answer}", source => source with { PrivateRedirects = true });

        var home = await AsksAsync(stage, "1042");

        Assert.Contains("**State:** sent", Person.TextOf(stage.Alice.Sees(home)[1]));
        Assert.Equal(["let me in", null], _asked.Select(asked => asked.Key));
    }

    [Fact]
    public async Task A_slow_shop_is_given_up_after_three_seconds_and_asked_again_by_staff()
    {
        await using var stage = await StartAsync("/slow?order={answer}");
        await stage.AfterAsync(stage.Alice.Clicks("Support", stage.Harbour.Help));
        var filling = stage.Alice.Fills(("Your order", "1042"));
        for (var moment = 0; moment < 200 && Homes(stage).Count == 0; moment++)
        {
            for (var breath = 0; breath < 3; breath++) await stage.BreathesAsync();
            stage.Clock.Advance(TimeSpan.FromSeconds(0.1));
        }
        await stage.AfterAsync(filling);
        var home = Assert.Single(Homes(stage));
        Assert.Contains("could not be looked up", Person.TextOf(stage.Alice.Sees(home)[1]));

        _never.SetResult();
        await stage.AfterAsync(stage.Bob.Clicks("Look up again", home));

        Assert.Contains("**State:** sent", Person.TextOf(stage.Alice.Sees(home)[1]));
    }

    [Fact]
    public async Task The_members_orders_are_the_options_of_a_select()
    {
        await using var stage = await StartAsync("/of/{opener}", source => source with { Rows = "data.orders", Option = new RowOption("id", "Order {id}", "{state}") }, new Question { Key = "order", Text = "Which order?", Kind = QuestionKind.Select, OptionsFrom = "shop" });
        await stage.AfterAsync(stage.Alice.Clicks("Support", stage.Harbour.Help));
        await stage.AfterAsync(stage.Alice.Clicks("Show the choices", stage.Harbour.Help));

        await stage.AfterAsync(stage.Alice.Picks("Choose …", stage.Harbour.Help, "Order 7"));

        var card = Person.TextOf(stage.Alice.Sees(Assert.Single(Homes(stage)))[1]);
        Assert.Contains("> Order 7", card);
        Assert.Contains("**State:** lost", card);
    }

    [Fact]
    public async Task In_the_ticket_too_and_a_shop_that_is_down_ends_nobodys_form()
    {
        var order = new Question { Key = "order", Text = "Which order?", Kind = QuestionKind.Select, OptionsFrom = "shop" };
        await using var stage = await StartAsync("/broken?of={opener}", source => source with { Option = new RowOption("id", "Order {id}") }, order, FormPlace.InTicket);
        var home = await stage.OpensAsync("Support");
        await stage.AfterAsync(stage.Alice.Clicks("Show the choices", home));
        Assert.Contains("could not be looked up", Person.TextOf(stage.Alice.Sees(home)[1]));

        await stage.AfterAsync(stage.Alice.Clicks("Go on without", home));

        Assert.Contains("that is everything", Person.TextOf(stage.Alice.Sees(home)[1]));
        Assert.Contains("could not be looked up", Person.TextOf(stage.Alice.Sees(home)[2]));
    }

    public async ValueTask InitializeAsync()
    {
        _shop.Use((context, next) =>
        {
            _asked.Enqueue((context.Features.Get<IHttpRequestFeature>()!.RawTarget.Split("?order=")[0], context.Request.Headers["X-Key"]));
            return next(context);
        });
        const string order = """{"id": 1042, "state": "sent", "customer": {"name": "Alice _A_", "card": "4111"}, "lines": [{"sku": "crane-4"}], "tags": ["big", "heavy"]}""";
        _shop.MapGet("/orders/1042", () => Results.Text(order, "application/json"));
        _shop.MapGet("/of/{member}", () => Results.Text("""{"data": {"orders": [{"id": 3, "state": "sent"}, {"id": 7, "state": "lost"}]}}""", "application/json"));
        _shop.MapGet("/broken", () => Results.StatusCode(500));
        _shop.MapGet("/words", () => Results.Text("It was sent."));
        _shop.MapGet("/endless", () => Results.Text($"\"{new string('x', 300_000)}\"", "application/json"));
        _shop.MapGet("/circle", () => Results.Redirect("/circle"));
        _shop.MapGet("/file", () => Results.Redirect("file:///etc/passwd"));
        // Another name for this machine: to Usher another house.
        _shop.MapGet("/elsewhere", () => Results.Redirect(_address.Replace("127.0.0.1", "127.0.0.2", StringComparison.Ordinal) + "/orders/1042"));
        _shop.MapGet("/slow", async () =>
        {
            await _never.Task;
            return Results.Text(order, "application/json");
        });
        await _shop.StartAsync(Now);
        _address = _shop.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        _never.TrySetResult();
        await _shop.DisposeAsync();
    }

    private Task<Stage> StartAsync(string path, Func<HttpSourceSettings, HttpSourceSettings>? change = null, Question? question = null, FormPlace place = FormPlace.BeforeOpening) => Stage.StartAsync(stage =>
    {
        var source = new HttpSourceSettings
        {
            Key = "shop",
            Url = new Secret(_address + path),
            Headers = [new HttpHeader("X-Key", new Secret("let me in"))],
            Show = [new("state", "State"), new("customer.name", "Customer"), new("lines[0].sku", "First item", FieldLook.Code), new("tags", "Tags"), new("customer", "Nothing")],
        };
        var form = new FormSettings { Place = place, Questions = [question ?? new Question { Key = "order", Text = "Your order", Lookup = "shop" }] };
        stage.Settings = stage.Settings with
        {
            Sources = [(change ?? (s => s))(source)],
            Departments = stage.Settings.Departments.Select(department => department with { Form = form }).ToValueList(),
        };
    });

    private static async Task AnswersAsync(Stage stage, string answer)
    {
        await stage.AfterAsync(stage.Alice.Clicks("Support", stage.Harbour.Help));
        await stage.AfterAsync(stage.Alice.Fills(("Your order", answer)));
    }

    private static async Task<ChannelState> AsksAsync(Stage stage, string answer)
    {
        await AnswersAsync(stage, answer);
        return Assert.Single(Homes(stage));
    }

    private static List<ChannelState> Homes(Stage stage) => [.. stage.Alice.Channels(stage.Harbour.Guild).Where(channel => channel.IsThread)];

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://0.0.0.0:0");
        builder.Logging.ClearProviders();
        return builder.Build();
    }
}
