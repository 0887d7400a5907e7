using System.Globalization;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Erasing;

internal static class ErasingFeature
{
    internal static Feature Feature { get; } = new("Erasing")
    {
        Commands =
        [
            CommandRule.OnDesk<LookAtErasure>(Permission.Privacy, LookAtErasure.Decide) with { NeedsErasure = static command => new ErasureQuery(((LookAtErasure)command).Member) },
            CommandRule.OnDesk<AskForErasure>(Permission.Privacy, AskForErasure.Decide) with
            {
                NeedsErasure = static command => new ErasureQuery(((AskForErasure)command).Member),
                Audit = static command => new Deed("erasure_asked", Concerning: ((AskForErasure)command).Member),
            },
            CommandRule.OnDesk<ApproveErasure>(Permission.Privacy, ApproveErasure.Decide) with
            {
                NeedsErasure = static command => new ErasureQuery(Number: ((ApproveErasure)command).Number),
                Audit = static command => new Deed("erasure_approved", Detail: NameOf(((ApproveErasure)command).Number)),
            },
            CommandRule.OnDesk<DenyErasure>(Permission.Privacy, DenyErasure.Decide) with
            {
                NeedsErasure = static command => new ErasureQuery(Number: ((DenyErasure)command).Number),
                Audit = static command => new Deed("erasure_denied", Detail: NameOf(((DenyErasure)command).Number)),
            },
            CommandRule.OnTicket<EraseFromTicket>(Permission.Desk, EraseFromTicket.Decide),
            CommandRule.OnDesk<EndErasure>(Permission.Desk, EndErasure.Decide),
        ],
        Facts = [new FactKind("member_erased", ErasingJson.Default.MemberErased)],
        Triggers =
        [
            new Trigger(Door.Slash, "erase", input => new LookAtErasure(input["member"] is null ? null : input.Member())) { Options = [new TriggerOption("member", OptionKind.Member, Required: false)] },
            new Trigger(Door.Typed, "erase", input => new LookAtErasure(input.Rest.Length == 0 ? null : input.Member())),
            new Trigger(Door.Button, "erase", input => new AskForErasure(new UserId(IdIn(input) ?? 0))),
            new Trigger(Door.Button, "erase-yes", input => new ApproveErasure((long)(IdIn(input) ?? 0))) { Waiting = Waiting.Silently },
            new Trigger(Door.Button, "erase-no", input => new DenyErasure((long)(IdIn(input) ?? 0))) { Waiting = Waiting.Silently },
        ],
        Outcomes = [OutcomeRule.Of<PostCard>(static (effect, outcome, _, context) => ErasureRules.Shown(effect, outcome, context))],
    };

    private static string NameOf(long number) => "erasure " + ErasureRules.Text(number);

    // No erasure has the number 0.
    private static ulong? IdIn(Input input) => ulong.TryParse(input.Argument, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id is > 0 and <= long.MaxValue ? id : null;
}
