using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features;
using Usher.Desk.Features.Opening;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Tests;

/// <summary>The small desk that every story happens at: two departments, one in threads and one in channels.</summary>
internal static class World
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static readonly GuildId Guild = new(100);
    public static readonly RoleId SupportRole = new(201);
    public static readonly RoleId BillingRole = new(202);
    public static readonly RoleId ManagerRole = new(203);
    public static readonly ChannelId SupportChannel = new(301);
    public static readonly ChannelId BillingCategory = new(302);
    public static readonly ChannelId LogChannel = new(303);
    public static readonly ChannelId Elsewhere = new(304);
    public static readonly ChannelId HomeChannel = new(400);
    public static readonly MessageId CardMessage = new(500);

    public static readonly Actor Alice = new() { User = new UserId(1), Name = "Alice" };
    public static readonly Actor Bob = new() { User = new UserId(2), Name = "Bob" };
    public static readonly Actor Sam = new() { User = new UserId(3), Name = "Sam", Roles = [SupportRole] };
    public static readonly Actor Sue = new() { User = new UserId(4), Name = "Sue", Roles = [SupportRole] };
    public static readonly Actor Bill = new() { User = new UserId(5), Name = "Bill", Roles = [BillingRole] };
    public static readonly Actor Mona = new() { User = new UserId(6), Name = "Mona", Roles = [ManagerRole] };
    public static readonly Actor Ada = new() { User = new UserId(7), Name = "Ada", IsAdministrator = true };
    public static readonly Actor Robot = new() { User = new UserId(8), Name = "Robot", IsBot = true };

    public static readonly Department Support = new()
    {
        Key = "support",
        Name = "Support",
        Emoji = "🛟",
        Description = "Questions of every kind",
        Staff = [SupportRole],
        Home = new HomeSettings(HomeKind.Thread, SupportChannel),
    };

    public static readonly Department Billing = new()
    {
        Key = "billing",
        Name = "Billing",
        Staff = [BillingRole],
        Home = new HomeSettings(HomeKind.Channel, BillingCategory),
    };

    /// <summary>A department without a home in the guild, for the stories that are about such.</summary>
    public static readonly Department Advice = new()
    {
        Key = "advice",
        Name = "Advice",
        Staff = [SupportRole],
        Home = new HomeSettings(HomeKind.DirectMessage, null),
    };

    public static readonly DeskSettings Configuration = new()
    {
        Guild = Guild,
        LogChannel = LogChannel,
        Managers = [ManagerRole],
        Departments = [Support, Billing],
        Panels = [new Panel { Key = "front", Channel = SupportChannel, Title = "How can we help?", Departments = ["support", "billing"] }],
    };

    public static readonly InteractionRef Click = new(700, "click-token", Noon, null);
    public static readonly InteractionRef CardClick = Click with { Message = CardMessage };
    public static readonly TypedRef TypedInHome = new(HomeChannel, new MessageId(600));
    public static readonly TypedRef TypedElsewhere = new(Elsewhere, new MessageId(601));

    public const string Letters = "K3M9X2QWERTY1234";

    /// <summary>What a decision looks at when this person acts at noon.</summary>
    public static Context By(Actor actor) => new()
    {
        Settings = Configuration,
        Actor = actor,
        Now = Noon,
        NextNumber = 7,
        Dice = "dice",
        Letters = Letters,
        PublicAddress = "https://desk.example",
    };

    /// <summary>Alice's open ticket in support, a private thread with its card.</summary>
    public static readonly Ticket ThreadTicket = OpenTicketIn(Support);

    /// <summary>Alice's open ticket in billing, a channel with its card.</summary>
    public static readonly Ticket ChannelTicket = OpenTicketIn(Billing);

    /// <summary>Alice's open ticket in advice, in direct messages with its card.</summary>
    public static readonly Ticket DirectTicket = OpenTicketIn(Advice);

    /// <summary>Alice's ticket in support whose thread is still to be made; her click waits for its answer.</summary>
    public static readonly Ticket OpeningTicket = Opened(Support).ApplyTo(null);

    public static TicketOpened Opened(Department department) => new(
        Noon, Guild, 7, department.Key, Alice.User, Alice.Name, Alice.Language, department.Home.Kind,
        HomeName.For(department, 7, Alice.Name, Letters), "dice", 0, Click);

    public static Ticket ClosedBy(this Ticket ticket, Actor actor, ClosingKind kind = ClosingKind.Closed, string? reason = null) =>
        ticket with { Status = TicketStatus.Closed, Closing = new Closing(kind, actor.User, actor.Name, reason, Noon) };

    public static Ticket ClaimedBy(this Ticket ticket, Actor actor) => ticket with { Claim = new Claim(actor.User, actor.Name, Noon) };

    /// <summary>What the desk decides.</summary>
    public static Decision Decide(Command command, Ticket? ticket, Context context) => All.Rules.Decide(command, ticket, context).Decision;

    /// <summary>The ticket after the desk's decision.</summary>
    public static Ticket? After(Command command, Ticket? ticket, Context context) => All.Rules.Decide(command, ticket, context).Ticket;

    /// <summary>What the desk decides when an effect came to its end.</summary>
    public static Decision Ended(Effect effect, Outcome outcome, Ticket? ticket, Context? context = null) =>
        Decide(new EndEffect(effect, outcome), ticket, context ?? By(Actor.Desk));

    public static CannotBeDone Cannot(FailureReason reason) => new(reason, "Discord said so");

    /// <summary>An English text.</summary>
    public static string Say(string key, params ReadOnlySpan<(string Name, string Value)> values) => Language.English.Say(key, values);

    /// <summary>A private answer with an English text.</summary>
    public static Tell Tells(string key, params ReadOnlySpan<(string Name, string Value)> values) => new(Cards.Card.Saying(Say(key, values)));

    /// <summary>A refusal with an English text.</summary>
    public static Decision Refused(string code, string key, params ReadOnlySpan<(string Name, string Value)> values) =>
        Decision.Refuse(code, Say(key, values));

    private static Ticket OpenTicketIn(Department department)
    {
        Ticket? ticket = null;
        Fact[] facts = [Opened(department), new HomeCreated(Noon, HomeChannel), new CardPosted(Noon, CardMessage), new OpenerArrived(Noon)];
        foreach (var fact in facts) ticket = fact.ApplyTo(ticket);
        return ticket!;
    }
}
