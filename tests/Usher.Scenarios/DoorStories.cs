using Usher.Desk.Engine;
using Usher.Desk.Features;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;
using Usher.Scenarios.Stages;
using Usher.Web.Api;

namespace Usher.Scenarios;

/// <summary>One door: what somebody may not do they may do nowhere. The table is made of the features' own declarations, so a command or a route more is in it by itself.</summary>
public sealed class DoorStories
{
    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task What_is_refused_to_somebody_on_one_surface_is_refused_on_all(string department)
    {
        await using var stage = await Stage.StartAsync(s => s.Box.World.Join(s.Harbour.Guild, s.Box.World.AddUser("frank", "Frank")));
        var home = await stage.OpensAsync(department);
        var frank = stage.Box.Cast["Frank"];
        await stage.AfterAsync(stage.Dana.Runs("/add", home, ("member", frank.Mention)));
        var ticket = await TicketAsync(stage);
        var tried = new HashSet<Type>();

        foreach (var person in (Person[])[stage.Alice, frank, stage.Carol])
        {
            var actor = ActorOf(person, stage);
            var program = await ApiProgram.WithKeyAsync(stage, actsAs: actor.User);
            foreach (var rule in All.Features.SelectMany(feature => feature.Commands).Where(rule => rule.NeedsTicket && !Access.Allows(rule.Permission, actor, stage.Settings, ticket)))
            {
                var refusal = Language.English.Say("refusal.not_allowed", ("who", Access.WhoCould(rule.Permission, Language.English, stage.Settings, ticket)));
                foreach (var trigger in All.Rules.Triggers)
                {
                    if (await TryAsync(stage, person, trigger, rule, home) is not { } answer) continue;
                    Assert.Equal(refusal, answer);
                    tried.Add(rule.Command);
                }
                foreach (var route in ApiRoutes.All.Where(route => route.Command == rule.Command))
                {
                    var reply = await program.SendAsync(new HttpMethod(route.Method), route.Path.Replace("{id}", "1", StringComparison.Ordinal), BodyOf(route, stage));
                    Assert.True(reply.Status is 403 or 404, $"{person.Name}, {route.Name}: {reply.Status}");
                    tried.Add(rule.Command);
                }
            }
        }

        Assert.Equal(ticket, await TicketAsync(stage));
        // What no trigger or route leads to, people cannot do.
        var reachable = All.Rules.Triggers.Where(trigger => trigger.Door is Door.Slash or Door.Typed).Select(trigger => Given(trigger, stage)?.GetType())
            .Concat(ApiRoutes.All.Select(route => route.Command))
            .Where(command => command is not null && All.Features.SelectMany(feature => feature.Commands).Any(rule => rule.Command == command && rule is { NeedsTicket: true, Permission: not Permission.Anyone }));
        Assert.Equal([], reachable.Distinct().Except(tried));
    }

    // In direct messages there is nobody but the opener: others come to such a ticket by its number, or over the API.
    [Fact]
    public async Task What_is_refused_for_a_ticket_without_a_home_is_refused_by_its_number_and_over_the_API_alike()
    {
        await using var stage = await Stage.StartAsync(s =>
        {
            s.Box.World.Join(s.Harbour.Guild, s.Box.World.AddUser("frank", "Frank"));
            var advice = new Department { Key = "advice", Name = "Advice", Staff = [new RoleId(s.Harbour.Billing.Id.Value)], Home = new HomeSettings(HomeKind.DirectMessage, null) };
            s.Settings = s.Settings with { Departments = [.. s.Settings.Departments, advice], Panels = [s.Settings.Panels[0] with { Departments = ["support", "billing", "advice"] }] };
        });
        await stage.AfterAsync(stage.Alice.Clicks("Advice", stage.Harbour.Help));
        var ticket = await TicketAsync(stage);
        Assert.True(ticket.IsHomeless);
        var tried = (Named: new HashSet<Type>(), Called: new HashSet<Type>());
        // Bob is staff of another department: to him it is as closed as to Frank, who is none.
        foreach (var person in (Person[])[stage.Alice, stage.Box.Cast["Frank"], stage.Bob])
        {
            var actor = ActorOf(person, stage);
            var program = await ApiProgram.WithKeyAsync(stage, actsAs: actor.User);
            foreach (var rule in All.Features.SelectMany(feature => feature.Commands).Where(rule => rule.NeedsTicket && !Access.Allows(rule.Permission, actor, stage.Settings, ticket)))
            {
                var refusal = Language.English.Say("refusal.not_allowed", ("who", Access.WhoCould(rule.Permission, Language.English, stage.Settings, ticket)));
                foreach (var trigger in All.Rules.Triggers.Where(trigger => trigger.Door == Door.Slash && (trigger.NamesTicket || trigger.MayNameTicket) && Given(trigger, stage)?.GetType() == rule.Command))
                {
                    var options = trigger.Options.Where(option => option.Required || option.Name is "number" or "ticket").Select(option => (option.Name, ValueOf(option, stage))).ToList();
                    Assert.Equal(refusal, (await stage.AfterAsync(person.Runs("/" + trigger.Name, stage.Harbour.General, options))).Text);
                    tried.Named.Add(rule.Command);
                }
                foreach (var route in ApiRoutes.All.Where(route => route.Command == rule.Command))
                {
                    var reply = await program.SendAsync(new HttpMethod(route.Method), route.Path.Replace("{id}", "1", StringComparison.Ordinal), BodyOf(route, stage));
                    Assert.True(reply.Status is 403 or 404, $"{person.Name}, {route.Name}: {reply.Status}");
                    tried.Called.Add(rule.Command);
                }
            }
        }

        Assert.Equal(ticket, await TicketAsync(stage));
        Assert.True(tried is { Named.Count: >= 3, Called.Count: >= 8 }, $"{tried.Named.Count} by number, {tried.Called.Count} over the API");
    }

    // What the person is told; null when the trigger leads to something else, or is no command in writing.
    private static async Task<string?> TryAsync(Stage stage, Person person, Trigger trigger, CommandRule rule, ChannelState home)
    {
        if (trigger.Door is not (Door.Slash or Door.Typed) || Given(trigger, stage)?.GetType() != rule.Command) return null;
        if (trigger.Door == Door.Slash)
        {
            var options = trigger.Options.Where(option => option.Required || trigger.NamesTicket).Select(option => (option.Name, ValueOf(option, stage))).ToList();
            return (await stage.AfterAsync(person.Runs("/" + trigger.Name, home, options))).Text;
        }
        person.Types($"!{trigger.Name} {(trigger.NamesTicket ? "1 " : "")}{RestOf(trigger, stage)}", home);
        await stage.SettlesAsync();
        return Person.TextOf(person.Sees(home)[^1]);
    }

    private static Command? Given(Trigger trigger, Stage stage) => trigger.Door switch
    {
        Door.Slash => trigger.Command(new Input(null, trigger.Options.ToDictionary(option => option.Name, option => Convert.ToString(ValueOf(option, stage), System.Globalization.CultureInfo.InvariantCulture)!), "")),
        Door.Typed => trigger.Command(new Input(null, new Dictionary<string, string>(), RestOf(trigger, stage))),
        _ => null,
    };

    // The first words that make a command of it.
    private static string RestOf(Trigger trigger, Stage stage) =>
        ((string[])["x", "high", stage.Bob.Mention]).FirstOrDefault(words => trigger.Command(new Input(null, new Dictionary<string, string>(), words)) is not null) ?? "";

    private static object ValueOf(TriggerOption option, Stage stage) => option switch
    {
        { Name: "ticket" } => "1",
        { Kind: OptionKind.Number } => 1,
        { Kind: OptionKind.Member } => stage.Bob.Mention,
        { Kind: OptionKind.Department } => "billing",
        { Kind: OptionKind.Channel } => stage.Harbour.General.Id.ToString(),
        { Kind: OptionKind.Category } => stage.Harbour.Tickets.Id.ToString(),
        { Kind: OptionKind.Role } => stage.Harbour.Support.Id.ToString(),
        { Kind: OptionKind.YesNo } => true,
        { Choices: [var first, ..] } => first,
        _ => "x",
    };

    private static string BodyOf(ApiRoute route, Stage stage) => route.Path.Split('/')[^1] switch
    {
        "reply" => """{"message":"x"}""",
        "rate" => """{"rating":5}""",
        "redact" => """{"message_id":"1"}""",
        "notes" => """{"text":"x"}""",
        "assign" => $$"""{"user_id":"{{stage.Bob.User.Id}}"}""",
        "transfer" => """{"department":"billing"}""",
        "priority" => """{"priority":"high"}""",
        "tags" => """{"tags":["x"]}""",
        _ => "{}",
    };

    private static Actor ActorOf(Person person, Stage stage) => new()
    {
        User = new UserId(person.User.Id.Value),
        Name = person.Name,
        Roles = stage.Harbour.Guild.Members.Single(member => member.User.Id == person.User.Id).Roles.Select(role => new RoleId(role.Id.Value)).ToValueList(),
    };

    private static async Task<Ticket> TicketAsync(Stage stage) =>
        (await stage.Desk.Store.FindTicketAsync(new TicketKey(stage.Settings.Guild, 1), TestContext.Current.CancellationToken))!;
}
