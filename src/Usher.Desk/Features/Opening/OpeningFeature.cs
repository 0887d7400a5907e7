using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.People;

namespace Usher.Desk.Features.Opening;

internal static class OpeningFeature
{
    internal static Feature Feature { get; } = new("Opening")
    {
        Commands =
        [
            CommandRule.OnDesk<OpenTicket>(Permission.Anyone, OpenTicket.Decide) with { NeedsOpenTickets = true, NeedsDrafts = true },
            CommandRule.OnTicket<SeeMembersAdded>(Permission.Desk, SeeMembersAdded.Decide),
        ],
        Facts =
        [
            new FactKind("ticket_opened", OpeningJson.Default.TicketOpened),
            new FactKind("home_created", OpeningJson.Default.HomeCreated),
            new FactKind("opening_failed", OpeningJson.Default.OpeningFailed),
            new FactKind("card_posted", OpeningJson.Default.CardPosted),
            new FactKind("card_lost", OpeningJson.Default.CardLost),
            new FactKind("opener_arrived", OpeningJson.Default.OpenerArrived),
        ],
        Triggers =
        [
            new Trigger(Door.Button, "open", input => input.Argument is { } key ? new OpenTicket(key) : null),
            new Trigger(Door.Slash, "open", input => input["department"] is { } key ? new OpenTicket(key) : null)
            {
                Options = [new TriggerOption("department", OptionKind.Department, Required: true)],
            },
            new Trigger(Door.Typed, "open", input => input.Rest.Length > 0 ? new OpenTicket(input.Rest.ToLowerInvariant()) : null),
        ],
        Outcomes =
        [
            OutcomeRule.Of<CreateThread>(Settling.HomeMade),
            OutcomeRule.Of<CreateChannel>(Settling.HomeMade),
            OutcomeRule.Of<PostCard>(Settling.CardStands),
            OutcomeRule.Of<RefreshCard>(Settling.CardGone),
            OutcomeRule.Of<Answer>(Settling.CardGone),
        ],
        Timers = [new TimerRule(Settling.OpenerTimer, Settling.OpenerStillOutside)],
    };
}
