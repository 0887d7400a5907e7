using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features;
using Usher.Desk.Features.Blocking;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Reopening;
using Usher.Desk.People;
using Usher.Desk.Values;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class BlockingTests
{
    private static readonly BlockedMember Block = new(Alice.User, "sold a berth twice", Mona.User, Noon);

    [Fact]
    public void A_manager_blocks_somebody_with_a_reason() =>
        Assert.Equal(
            Decision.Nothing with { Changes = [new MemberBlocked(Block)], Reply = Tells("block.done", ("who", Alice.User.Mention)) },
            Decide(new BlockMember(Alice.User, "sold a berth twice"), null, By(Mona)));

    [Fact]
    public void Only_who_is_blocked_is_unblocked()
    {
        Assert.Equal([new MemberUnblocked(Alice.User)], Decide(new UnblockMember(Alice.User), null, By(Mona) with { Block = Block }).Changes);
        Assert.Equal(Refused("block.none", "block.none", ("who", Alice.User.Mention)), Decide(new UnblockMember(Alice.User), null, By(Mona)));
    }

    [Fact]
    public void Staff_alone_blocks_nobody_and_reads_no_blocklist()
    {
        foreach (var command in new Command[] { new BlockMember(Alice.User, null), new UnblockMember(Alice.User), new ReadBlocklist() })
            Assert.Equal("access.denied", Decide(command, null, By(Sam)).Refusal!.Code);
    }

    [Fact]
    public void A_reason_of_more_than_three_hundred_characters_is_refused() =>
        Assert.Equal("block.too_long", Decide(new BlockMember(Alice.User, new string('r', 301)), null, By(Mona)).Refusal!.Code);

    [Theory]
    [InlineData("<@42>", 42UL, null)]
    [InlineData("<@!42> spam", 42UL, "spam")]
    [InlineData("42  sold a berth\ntwice ", 42UL, "sold a berth\ntwice")]
    public void A_typed_block_names_the_person_first_and_then_the_reason(string typed, ulong user, string? reason) =>
        Assert.Equal(new BlockMember(new UserId(user), reason), All.Rules.Trigger(Door.Typed, "block")!.Command(new Input(null, new Dictionary<string, string>(), typed)));

    [Theory]
    [InlineData("")]
    [InlineData("everybody")]
    [InlineData("spam <@42>")]
    public void Without_a_person_nobody_is_blocked(string typed) =>
        Assert.Null(All.Rules.Trigger(Door.Typed, "block")!.Command(new Input(null, new Dictionary<string, string>(), typed)));

    [Fact]
    public void Whoever_is_blocked_is_told_so_and_why_in_private()
    {
        Assert.Equal(Refused("open.blocked", "open.blocked.why", ("reason", "sold a berth twice")), Decide(new OpenTicket("support"), null, By(Alice) with { Block = Block, Interaction = Click }));
        Assert.Equal(Refused("open.blocked", "open.blocked"), Decide(new OpenTicket("support"), null, By(Alice) with { Block = Block with { Reason = null }, Interaction = Click }));
        Assert.Equal(
            Decision.Nothing.Then(new SendDirectMessage(Alice.User, Tells("open.blocked.why", ("reason", "sold a berth twice")).Card)),
            Decide(new OpenTicket("support"), null, By(Alice) with { Block = Block, Typed = TypedElsewhere }));
    }

    [Fact]
    public void Whoever_is_blocked_does_not_come_back_by_reopening_but_staff_may_reopen()
    {
        var closed = ThreadTicket.ClosedBy(Sam);
        Assert.Equal("open.blocked", Decide(new ReopenTicket(), closed, By(Alice) with { Block = Block }).Refusal!.Code);
        Assert.Null(Decide(new ReopenTicket(), closed, By(Sam) with { Block = Block }).Refusal);
    }

    [Fact]
    public void The_blocklist_shows_who_why_and_by_whom_and_fits_in_a_message()
    {
        var shown = Assert.IsType<Tell>(Decide(new ReadBlocklist(), null, By(Mona) with { Blocklist = [Block] }).Reply);
        Assert.True(shown.Secret);
        var words = string.Join('\n', shown.Card.Parts.OfType<Cards.Words>().Select(part => part.Markdown));
        Assert.Contains($"{Alice.User.Mention}, by {Mona.User.Mention}", words, StringComparison.Ordinal);
        Assert.Contains("sold a berth twice", words, StringComparison.Ordinal);

        var many = Enumerable.Range(1, 200).Select(n => Block with { User = new UserId((ulong)n), Reason = new string('r', 300) }).ToValueList();
        var card = Assert.IsType<Tell>(Decide(new ReadBlocklist(), null, By(Mona) with { Blocklist = many }).Reply).Card;
        Assert.InRange(card.Parts.OfType<Cards.Words>().Sum(part => part.Markdown.Length), 3000, 4000);
        Assert.Contains("older ones", card.Parts.OfType<Cards.Words>().Last().Markdown, StringComparison.Ordinal);
        Assert.Equal(Tells("block.list.none").Card, Assert.IsType<Tell>(Decide(new ReadBlocklist(), null, By(Mona)).Reply).Card);
    }
}
