using System.Globalization;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Disclosing;

/// <summary>What is kept of somebody is handed over: to them, or to those who answer a legal request of theirs.</summary>
internal static class DisclosingFeature
{
    internal static Feature Feature { get; } = new("Disclosing")
    {
        Commands =
        [
            CommandRule.OnDesk<GiveOwnData>(Permission.Anyone, GiveOwnData.Decide),
            CommandRule.OnDesk<GiveMemberData>(Permission.Privacy, GiveMemberData.Decide) with
            {
                NeedsErasure = static command => new ErasureQuery(((GiveMemberData)command).Member),
                Audit = static command => new Deed("member_exported", Concerning: ((GiveMemberData)command).Member),
            },
            CommandRule.OnDesk<TakeBackOwnData>(Permission.Anyone, TakeBackOwnData.Decide),
            CommandRule.OnDesk<TakeBackMemberData>(Permission.Privacy, TakeBackMemberData.Decide) with
            {
                Audit = static command => new Deed("member_export_revoked", Concerning: ((TakeBackMemberData)command).Member),
            },
        ],
        Triggers =
        [
            new Trigger(Door.Slash, "mydata", _ => new GiveOwnData()),
            new Trigger(Door.Typed, "mydata", _ => new GiveOwnData()),
            new Trigger(Door.Slash, "memberdata", Of) { Options = [new TriggerOption("member", OptionKind.Member, Required: true)] },
            new Trigger(Door.Typed, "memberdata", Of),
            new Trigger(Door.Button, "data-end", input => input.Argument is { } member ? new TakeBackMemberData(IdIn(member)) : new TakeBackOwnData()),
        ],
        Outcomes = [OutcomeRule.Of<SendDirectMessage>(static (effect, outcome, _, context) => Disclosure.Ended(effect, outcome, context))],
    };

    private static GiveMemberData? Of(Input input) => input.Member() is { } member ? new GiveMemberData(member) : null;

    // Of nobody there is no link.
    private static UserId IdIn(string text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id <= long.MaxValue ? new UserId(id) : default;
}
