using System.Globalization;
using System.Text;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Blocking;

/// <summary>Somebody shall open no more tickets. Those that they have stay open.</summary>
/// <param name="Member">Who; they need not be in the guild.</param>
/// <param name="Reason">Why.</param>
public sealed record BlockMember(UserId Member, string? Reason) : Command
{
    internal const int LongestReason = 300;

    internal static Decision Decide(BlockMember command, Context context)
    {
        var language = context.Private;
        if (command.Reason?.Length > LongestReason)
            return Decision.Refuse("block.too_long", language.Say("block.too_long", ("most", LongestReason.ToString(CultureInfo.InvariantCulture))));
        var block = new BlockedMember(command.Member, command.Reason, context.Actor.User, context.Now);
        return Decision.Nothing.Changing(new MemberBlocked(block)).Telling(language.Say("block.done", ("who", command.Member.Mention)));
    }
}

/// <summary>Somebody may open tickets again.</summary>
public sealed record UnblockMember(UserId Member) : Command
{
    internal static Decision Decide(UnblockMember command, Context context) => context.Block is null
        ? Decision.Refuse("block.none", context.Private.Say("block.none", ("who", command.Member.Mention)))
        : Decision.Nothing.Changing(new MemberUnblocked(command.Member)).Telling(context.Private.Say("block.undone", ("who", command.Member.Mention)));
}

/// <summary>A manager wants to see who is blocked.</summary>
public sealed record ReadBlocklist : Command
{
    // Discord takes 4000 characters of text in one message; the newest are shown.
    private const int Room = 3800;

    internal static Decision Decide(ReadBlocklist command, Context context)
    {
        var language = context.Private;
        if (context.Blocklist.Count == 0) return Decision.Say(new Tell(Card.Saying(language.Say("block.list.none")), Secret: true));
        var text = new StringBuilder();
        var shown = 0;
        foreach (var block in context.Blocklist)
        {
            var line = language.Say("block.line", ("who", block.User.Mention), ("by", block.By.Mention), ("when", Moment.Full(block.At)));
            if (block.Reason is { } reason) line += $" · {reason}";
            if (text.Length + line.Length + 1 > Room) break;
            text.Append(line).Append('\n');
            shown++;
        }
        if (shown < context.Blocklist.Count)
            text.Append(language.Say("block.older", ("count", (context.Blocklist.Count - shown).ToString(CultureInfo.InvariantCulture))));
        return Decision.Say(new Tell(new Card([new Words(language.Say("block.list")), new Line(), new Words(text.ToString().TrimEnd())]), Secret: true));
    }
}

internal static class BlockingFeature
{
    private static readonly TriggerOption Member = new("member", OptionKind.Member, Required: true);

    internal static Feature Feature { get; } = new("Blocking")
    {
        Commands =
        [
            CommandRule.OnDesk<BlockMember>(Permission.Manager, BlockMember.Decide) with
            {
                Audit = static command => new Deed("member_blocked", Concerning: ((BlockMember)command).Member),
            },
            CommandRule.OnDesk<UnblockMember>(Permission.Manager, UnblockMember.Decide) with
            {
                NeedsOpenTickets = true,
                Person = static (command, _) => ((UnblockMember)command).Member,
                Audit = static command => new Deed("member_unblocked", Concerning: ((UnblockMember)command).Member),
            },
            CommandRule.OnDesk<ReadBlocklist>(Permission.Manager, ReadBlocklist.Decide) with { NeedsBlocklist = true },
        ],
        Triggers =
        [
            new Trigger(Door.Slash, "block", input => input.Member() is { } member ? new BlockMember(member, input["reason"]) : null)
            {
                Options = [Member, new TriggerOption("reason", OptionKind.Words, Required: false)],
            },
            new Trigger(Door.Typed, "block", Block),
            new Trigger(Door.Slash, "unblock", Unblock) { Options = [Member] },
            new Trigger(Door.Typed, "unblock", Unblock),
            new Trigger(Door.Slash, "blocklist", _ => new ReadBlocklist()),
            new Trigger(Door.Typed, "blocklist", _ => new ReadBlocklist()),
        ],
    };

    // «!block @Eve sold a berth twice»: the first word says who, the others why.
    private static BlockMember? Block(Input input)
    {
        var words = input.Rest.Split([' ', '\n'], 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length > 0 && (input with { Rest = words[0] }).Member() is { } member ? new BlockMember(member, words.Length > 1 ? words[1] : null) : null;
    }

    private static UnblockMember? Unblock(Input input) => input.Member() is { } member ? new UnblockMember(member) : null;
}
