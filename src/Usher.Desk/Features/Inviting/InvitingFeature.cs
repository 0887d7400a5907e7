using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Replying;
using Usher.Desk.People;

namespace Usher.Desk.Features.Inviting;

internal static class InvitingFeature
{
    private static readonly TriggerOption Member = new("member", OptionKind.Member, Required: true);

    internal static Feature Feature { get; } = new("Inviting")
    {
        Commands =
        [
            CommandRule.OnTicket<AskForMember>(Permission.Staff, AskForMember.Decide),
            CommandRule.OnTicket<AddMember>(Permission.Staff, AddMember.Decide),
            CommandRule.OnTicket<AskWhomToRemove>(Permission.Staff, AskWhomToRemove.Decide),
            CommandRule.OnTicket<RemoveMember>(Permission.Staff, RemoveMember.Decide),
            CommandRule.OnTicket<AwaitMention>(Permission.Staff, AwaitMention.Decide),
        ],
        Facts =
        [
            new FactKind("member_invited", InvitingJson.Default.MemberInvited) { Concerning = static fact => ((MemberInvited)fact).User },
            new FactKind("member_arrived", InvitingJson.Default.MemberArrived),
            new FactKind("removal_wanted", InvitingJson.Default.RemovalWanted) { Concerning = static fact => ((RemovalWanted)fact).User },
            new FactKind("removal_failed", InvitingJson.Default.RemovalFailed),
            new FactKind("member_gone", InvitingJson.Default.MemberGone),
            new FactKind("mention_awaited", InvitingJson.Default.MentionAwaited),
            new FactKind("member_mentioned", InvitingJson.Default.MemberMentioned),
            new FactKind("mention_missed", InvitingJson.Default.MentionMissed),
        ],
        Menu =
        [
            new MenuItem("add_member", Permission.Staff, "➕"),
            new MenuItem("remove_member", Permission.Staff, "➖") { Offered = static (ticket, _) => ticket is { IsOpen: true, Added.Count: > 0 } },
        ],
        Triggers =
        [
            new Trigger(Door.Button, "add_member", _ => new AskForMember()),
            new Trigger(Door.Button, "add", input => input.Whom() is { } who ? new AddMember(who) : null),
            new Trigger(Door.Button, "add_by_mention", _ => new AwaitMention(ToRemove: false)),
            new Trigger(Door.Slash, "add", input => input.Whom() is { } who ? new AddMember(who) : null) { Options = [Member] },
            new Trigger(Door.Typed, "add", input => input.Whom() is { } who ? new AddMember(who) : new AwaitMention(ToRemove: false)),
            new Trigger(Door.Button, "remove_member", _ => new AskWhomToRemove()),
            new Trigger(Door.Button, "remove", input => input.Whom() is { } who ? new RemoveMember(who) : null),
            new Trigger(Door.Button, "remove_by_mention", _ => new AwaitMention(ToRemove: true)),
            new Trigger(Door.Slash, "remove", input => input.Whom() is { } who ? new RemoveMember(who) : null) { Options = [Member] },
            new Trigger(Door.Typed, "remove", input => input.Whom() is { } who ? new RemoveMember(who) : new AwaitMention(ToRemove: true)),
        ],
        Listeners = [Listener.To<HearMessage>(AwaitMention.Overheard)],
        Reactions = [Reaction.On<MemberMentioned>(AwaitMention.Heard)],
        Outcomes =
        [
            OutcomeRule.Of<AddThreadMember>(AddMember.Ended),
            OutcomeRule.Of<ShowChannelTo>(AddMember.Ended),
            OutcomeRule.Of<RemoveThreadMember>(RemoveMember.Ended),
            OutcomeRule.Of<HideChannelFrom>(RemoveMember.Ended),
        ],
        Timers = [new TimerRule(AwaitMention.Timer, AwaitMention.Over)],
    };
}
