using Usher.Storage.Searching;
using Xunit;

namespace Usher.Storage.Tests;

/// <summary>How far back a search looks next.</summary>
public sealed class SearchWalkTests
{
    private const int APage = 21;
    private const double EverySoMany = 0.5;
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly long Hour = SearchTokens.Minute * 60;

    [Fact]
    public void What_nobody_says_is_sought_in_everything_after_few_looks()
    {
        var looks = Walk(wordsInHour: 0, wanted: 1);

        Assert.InRange(looks.Count, 2, 4);
        Assert.Equal(0, looks[^1].Bottom);
    }

    [Fact]
    public void A_page_of_what_everybody_says_is_in_the_first_look()
    {
        var looks = Walk(wordsInHour: 600, wanted: 1);

        Assert.Single(looks);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(1)]
    [InlineData(5)]
    public void What_some_say_fills_its_page_after_a_few_looks_and_not_much_is_read_for_it(double wordsInHour)
    {
        var looks = Walk(wordsInHour, wanted: 1);

        Assert.InRange(looks.Count, 2, 4);
        Assert.InRange(looks.Sum(look => look.Top - look.Bottom) * wordsInHour / Hour, APage, 2000);
    }

    [Theory]
    [InlineData(600)]
    [InlineData(20)]
    public void Where_hardly_anything_of_it_is_wanted_no_look_reads_more_than_it_may(double wordsInHour)
    {
        var looks = Walk(wordsInHour, wanted: 0);

        Assert.All(looks, look => Assert.InRange((look.Top - look.Bottom) * wordsInHour / Hour, 0, 60_000));
        Assert.Equal(0, looks[^1].Bottom);
    }

    [Theory]
    [InlineData(200, 10, 10, 400, 1000)]
    [InlineData(1000, 10, 10, 2000, 5000)]
    [InlineData(1000, 0, 0, 40_000, 100_000)]
    [InlineData(1000, 500, 0, 30_000, 60_000)]
    public void How_many_things_are_left_to_look_at_shows_in_those_that_were(long things, long fitting, int found, double least, double most)
    {
        var walk = new SearchWalk(APage, 0);

        walk.Add(new Looked(new Stretch(ArchivePlace.Of(Now) - Hour, ArchivePlace.Of(Now)), fitting, found, things));

        Assert.InRange(walk.ThingsLeft, Math.Min(least, most), Math.Max(least, most));
    }

    [Fact]
    public void Looks_follow_upon_each_other_down_to_where_nothing_is_wanted()
    {
        var bottom = ArchivePlace.Of(Now.AddDays(-100).AddMinutes(17));
        var looks = Walk(wordsInHour: 3, wanted: 0, bottom);

        Assert.Equal(bottom, looks[^1].Bottom);
        Assert.All(looks.Zip(looks.Skip(1)), pair => Assert.Equal(pair.First.Bottom, pair.Second.Top));
    }

    // A guild in which a thousand things are said in an hour, evenly, for all time.
    private static List<Stretch> Walk(double wordsInHour, double wanted, long bottom = 0)
    {
        var walk = new SearchWalk(APage, bottom);
        var looks = new List<Stretch>();
        var next = new Stretch(ArchivePlace.Of(Now) - Hour, ArchivePlace.Of(Now));
        while (true)
        {
            looks.Add(next);
            var fitting = (long)((next.Top - next.Bottom) * wordsInHour / Hour + EverySoMany);
            walk.Add(new Looked(next, fitting, (int)Math.Min(APage, fitting * wanted)));
            if (walk.IsOver) return looks;
            Assert.True(looks.Count < 100_000);
            next = walk.Next();
            Assert.True(next.Bottom < next.Top);
        }
    }
}
