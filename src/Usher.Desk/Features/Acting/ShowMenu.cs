using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Acting;

/// <summary>Somebody wants to see everything that they can do with a ticket.</summary>
public sealed record ShowMenu : Command
{
    // A select: https://discord.com/developers/docs/components/reference#string-select
    private const int MostOptions = 25;
    private const int LongestLabel = 100;

    internal static Decision Decide(ShowMenu command, Ticket ticket, Context context)
    {
        var language = context.Private;
        var offered = All.Features.SelectMany(feature => feature.Menu)
            .Where(item => item.Offered(ticket, context.Settings) && Access.Allows(item.Permission, context.Actor, context.Settings, ticket))
            .Select(item => Option(item, ticket, language))
            .Concat(All.Features.SelectMany(feature => feature.MenuOf(ticket, context)).Select(Option))
            .Take(MostOptions)
            .ToValueList();
        if (offered.Count == 0) return Decision.Refuse("menu.empty", language.Say("menu.empty"));
        return Decision.Say(new Tell(new Card(
        [
            new Words(language.Say("menu.title", ("ticket", ticket.Label))),
            new Choice(new Press("menu", ticket.Number), ChoiceAmong.Options, language.Say("menu.hint")) { Options = offered },
        ])));
    }

    // The option is the press itself: it does what the button of that name would.
    private static ChoiceOption Option(MenuItem item, Ticket ticket, Language language) =>
        new(new Press(item.Action, ticket.Number).ToCustomId(), language.Say($"menu.{item.Action}"), Emoji: item.Emoji);

    private static ChoiceOption Option(MenuLine line) => new(line.Press.ToCustomId(), line.Label.CutTo(LongestLabel), Emoji: line.Emoji);
}

internal static class ActingFeature
{
    internal static Feature Feature { get; } = new("Acting")
    {
        Commands = [CommandRule.OnTicket<ShowMenu>(Permission.OpenerOrStaff, ShowMenu.Decide)],
        Triggers =
        [
            new Trigger(Door.Button, "menu", _ => new ShowMenu()),
            new Trigger(Door.Slash, "actions", _ => new ShowMenu()),
            new Trigger(Door.Typed, "actions", _ => new ShowMenu()),
        ],
    };
}
