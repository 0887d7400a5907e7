using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Searching;
using Usher.Desk.Values;
using Xunit;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class SearchingTests
{
    private static readonly ArchiveHit Hit = new(7, "support", ArchiveHitKind.Message, "Alice", Noon, "a crane", [new ArchiveMark(2, 5)], "https://x/1");

    [Fact]
    public void The_answer_is_secret_and_a_typed_search_goes_away()
    {
        var decision = Decide(new SearchArchive("crane"), null, By(Sam) with { Findings = new ArchiveFindings([Hit], false), Typed = new TypedRef(new ChannelId(5), new MessageId(6)) });

        Assert.Null(decision.Reply);
        Assert.Contains(new DeleteMessage(new ChannelId(5), new MessageId(6)), decision.Effects);
        Assert.Equal(Sam.User, Assert.Single(decision.Effects.OfType<SendDirectMessage>()).To);
        Assert.True(Assert.IsType<Tell>(Decide(new SearchArchive("crane"), null, By(Sam) with { Findings = new ArchiveFindings([Hit], false), Interaction = Click }).Reply).Secret);
        Assert.Equal("access.denied", Decide(new SearchArchive("crane"), null, By(Alice)).Refusal!.Code);
    }

    [Theory]
    [InlineData("a crane", 2, 5, "a **crane**")]
    [InlineData("*a* [x](y) <@5>", 8, 1, @"\*a\* \[x\]\(**y**\) \<\@5\>")]
    [InlineData("two\nlines", 0, 3, "**two** lines")]
    [InlineData("short", 3, 50, "short")]
    public void What_people_wrote_does_not_act_as_markdown(string text, int start, int length, string shown) =>
        Assert.Equal(shown, SearchArchive.Marked(Hit with { Text = text, Marks = [new ArchiveMark(start, length)] }));

    [Fact]
    public void Eight_long_findings_fit_in_one_message()
    {
        var hit = Hit with { Text = new string('*', 240), Author = new string('_', 32), Address = "https://discord.com/channels/1100000000000000001/1100000000000000001/1100000000000000001" };
        var decision = Decide(new SearchArchive(new string('x', 200)), null, By(Sam) with { Findings = new ArchiveFindings([.. Enumerable.Repeat(hit, SearchArchive.MostHits)], true) });

        var words = Assert.IsType<Tell>(decision.Reply).Card.Parts.OfType<Words>().ToList();
        Assert.Equal(SearchArchive.MostHits, words[^1].Markdown.Split("https://").Length - 1);
    }

    [Fact]
    public void Nothing_that_could_be_found_is_told_so() =>
        Assert.NotEqual(
            Decide(new SearchArchive("?"), null, By(Sam)).Reply, Decide(new SearchArchive("x"), null, By(Sam) with { Findings = new ArchiveFindings([], false) }).Reply);
}
