using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Transferring;
using Usher.Desk.People;

namespace Usher.Desk.Features.Opening;

internal static class OpeningFeature
{
    internal static Feature Feature { get; } = new("Opening")
    {
        Commands =
        [
            CommandRule.OnDesk<OpenTicket>(Permission.Anyone, OpenTicket.Decide) with
            {
                NeedsOpenTickets = true,
                NeedsDrafts = true,
                Person = static (command, _) => ((OpenTicket)command).For?.Who,
            },
            CommandRule.OnDesk<OpenFromMessage>(Permission.Anyone, OpenFromMessage.Decide) with
            {
                NeedsOpenTickets = true,
                Person = static (command, context) => OpenFromMessage.Author((OpenFromMessage)command, context),
            },
            CommandRule.OnDesk<TidyCategory>(Permission.Desk, TidyCategory.Decide),
            CommandRule.OnTicket<SeeMembersAdded>(Permission.Desk, SeeMembersAdded.Decide),
        ],
        Facts =
        [
            new FactKind("ticket_opened", OpeningJson.Default.TicketOpened),
            new FactKind("home_created", OpeningJson.Default.HomeCreated),
            new FactKind("home_became_thread", OpeningJson.Default.HomeBecameThread),
            new FactKind("opening_failed", OpeningJson.Default.OpeningFailed),
            new FactKind("card_posted", OpeningJson.Default.CardPosted),
            new FactKind("card_lost", OpeningJson.Default.CardLost),
            new FactKind("opener_arrived", OpeningJson.Default.OpenerArrived),
        ],
        Triggers =
        [
            new Trigger(Door.Button, "open", input => input.Argument is { } key ? new OpenTicket(key) : null),
            new Trigger(Door.Slash, "open", input => input["department"] is { } key ? new OpenTicket(key) { For = Referred(input, input["member"]) } : null)
            {
                Options = [new TriggerOption("department", OptionKind.Department, Required: true), new TriggerOption("member", OptionKind.Member, Required: false)],
            },
            new Trigger(Door.Typed, "open", Typed),
            new Trigger(Door.Message, "open", input => input.Target is { } message ? new OpenFromMessage(message) : null),
        ],
        Reactions = [Reaction.On<HomeMoved>(Settling.Moved)],
        Outcomes =
        [
            OutcomeRule.Of<CreateThread>(Settling.HomeMade),
            OutcomeRule.Of<CreateChannel>(Settling.HomeMade),
            OutcomeRule.Of<MakeRoom>(Settling.RoomMade),
            OutcomeRule.Of<PostCard>(Settling.CardStands),
            OutcomeRule.Of<RefreshCard>(Settling.CardGone),
            OutcomeRule.Of<Answer>(Settling.CardGone),
        ],
        Timers = [new TimerRule(Settling.OpenerTimer, Settling.OpenerStillOutside)],
    };

    // «!open billing @Eve»: the first word says which department, the second for whom.
    private static OpenTicket? Typed(Input input)
    {
        var words = input.Rest.Split([' ', '\n'], 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0) return null;
        return new OpenTicket(words[0].ToLowerInvariant()) { For = words.Length > 1 ? Referred(input, words[1]) : null };
    }

    private static Referral? Referred(Input input, string? member) =>
        member is not null && (input with { Values = new Dictionary<string, string> { ["member"] = member } }).Member() is { } who ? new Referral(who, input.Person(who)) : null;
}
