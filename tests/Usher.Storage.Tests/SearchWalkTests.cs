using System.Globalization;
using Usher.Desk.Values;
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
        var begun = ArchivePlace.Of(Now.AddYears(-2));
        var looks = Walk(wordsInHour: 0, wanted: 1, begun);

        Assert.InRange(looks.Count, 3, 8);
        Assert.All(looks, look => Assert.InRange(look.Top - look.Bottom, 0, 7 * SearchTokens.Period));
        Assert.Equal(begun, looks[^1].Bottom);
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
        var walk = WalkFor([Word], 0);

        walk.Add(new Looked(new Stretch(ArchivePlace.Of(Now) - Hour, ArchivePlace.Of(Now)), fitting, found) { Things = things });

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
        var walk = WalkFor([Word], 0, bottom);
        var looks = new List<Stretch>();
        var next = new Stretch(ArchivePlace.Of(Now) - Hour, ArchivePlace.Of(Now));
        while (true)
        {
            looks.Add(next);
            var fitting = (long)((next.Top - next.Bottom) * wordsInHour / Hour + EverySoMany);
            walk.Add(new Looked(next, fitting, (int)Math.Min(APage, fitting * wanted)));
            if (walk.IsOver) return looks;
            Assert.True(looks.Count < 100_000);
            next = walk.Next(mostThings: 1).Stretch;
            Assert.True(next.Bottom < next.Top);
        }
    }

    /// <summary>
    /// How much the index holds; what is sought, each with how many of the newest thousand have it: `word*` by its beginning, `~who` beside the words; how many have all of it; what is done: things looked
    /// at one by one, or what leads through the index.
    /// </summary>
    [Theory]
    // In a small desk every list is short.
    [InlineData(2_000, "common*:100 seldom*:10", 1, "common seldom")]
    [InlineData(2_000, "common*:500", 30, "common")]
    // What everybody says is found sooner by looking than by reading its list of millions.
    [InlineData(10_000_000, "common*:100", 10, "look 4000")]
    [InlineData(10_000_000, "common*:100 frequent*:50", 9, "look 4000")]
    [InlineData(10_000_000, "common*:100 frequent*:50", 4, "look 8000")]
    [InlineData(10_000_000, "common*:100 frequent*:50", 1, "frequent")]
    [InlineData(10_000_000, "seldom*:2", 2, "seldom")]
    [InlineData(10_000_000, "rare*:0", 0, "rare")]
    // What is common is compared, not sought: but only as long as what the others find is not too much.
    [InlineData(10_000_000, "common*:200 rare*:0", 0, "rare")]
    [InlineData(10_000_000, "common*:200 frequent*:100 rare*:0", 0, "rare")]
    [InlineData(10_000_000, "seldom*:1 rare*:0", 0, "seldom rare")]
    [InlineData(10_000_000, "rare*:0 rarity*:0 scarce*:0", 0, "rare rarity scarce")]
    // Of two rare words hardly anything has both: that is found anywhere at once. Other lists cost little where they meet: people, and whole words.
    [InlineData(10_000_000, "common*:200 ~who:0", 0, "~who")]
    [InlineData(10_000_000, "common:200 rare*:0", 0, "common rare")]
    [InlineData(10_000_000, "rare*:0 ~who:0", 0, "rare ~who")]
    public void What_leads_is_what_costs_least(long size, string sought, long all, string done)
    {
        var parts = sought.Split(' ').Select(part => part.Split(':')).ToList();
        IReadOnlyList<SearchTerm> terms = [.. parts.Select(part => new SearchTerm(part[0].TrimEnd('*'), part[0].EndsWith('*'), IsPair: false))];
        var walk = WalkFor(terms, size);
        IReadOnlyList<long> each = [.. parts.Select(part => long.Parse(part[1], CultureInfo.InvariantCulture))];
        walk.Add(new Looked(new Stretch(ArchivePlace.Of(Now) - Hour, ArchivePlace.Of(Now)), all, (int)Math.Min(APage - 1, all)) { Things = 1000, Each = each });

        var step = walk.Next(mostThings: 8000);

        Assert.Equal(done, step.Things > 0 ? $"look {step.Things}" : string.Join(' ', step.Leading.Select(term => term.Text)));
    }

    // The less there is to compare, the more periods are sought at once; what takes long all the same is sought from both ends.
    [Theory]
    [InlineData(600, "rare*:0", 40, false)]
    [InlineData(60, "rare*:0", 12, false)]
    [InlineData(60, "seldom*:2 rare*:0", 12, true)]
    [InlineData(6, "seldom*:2 rare*:0", 6, true)]
    public void As_many_periods_are_sought_at_once_as_is_cheap(int minutesOfThousand, string sought, int periods, bool isParted)
    {
        var parts = sought.Split(' ').Select(part => part.Split(':')).ToList();
        IReadOnlyList<SearchTerm> terms = [.. parts.Select(part => new SearchTerm(part[0].TrimEnd('*'), part[0].EndsWith('*'), IsPair: false))];
        var (walk, now) = (WalkFor(terms, 10_000_000), ArchivePlace.Of(Now));
        var thousand = now - SearchTokens.Minute * minutesOfThousand;
        walk.Add(new Looked(new Stretch(thousand, now), 0, 0) { Things = 1000, Each = [.. parts.Select(part => long.Parse(part[1], CultureInfo.InvariantCulture))] });
        walk.Add(new Looked(new Stretch(now - SearchTokens.Day * 365, thousand), 0, 0));

        var step = walk.Next(mostThings: 1);

        Assert.InRange((step.Stretch.Top - step.Stretch.Bottom) / (double)SearchTokens.Period, periods - 1, periods + 1);
        Assert.Equal(isParted, step.PartedAt is { } middle && middle > step.Stretch.Bottom && middle < step.Stretch.Top);
    }

    [Fact]
    public void What_one_person_opened_is_sought_by_them_alone_and_not_all_of_it_at_once()
    {
        var opener = SearchTerm.Beside(SearchTokens.OfOpener(new UserId(7)));
        var walk = WalkFor([opener, Word], 10_000_000);

        var step = walk.Next(mostThings: 8000);

        Assert.Equal((0, opener), (step.Things, Assert.Single(step.Leading)));
        Assert.InRange(ArchivePlace.TimeOf(step.Stretch.Bottom), Now.AddDays(-95), Now.AddDays(-30));
        walk.Add(new Looked(step.Stretch, 0, 0));
        // In not too many lists at once.
        Assert.InRange(ArchivePlace.TimeOf(walk.Next(mostThings: 8000).Stretch.Bottom), Now.AddYears(-5), Now.AddYears(-3));
    }

    // A thousand things are said in an hour: what many say is sooner looked for than read in a whole day of it.
    [Theory]
    [InlineData(100, 400)]
    [InlineData(50, 700)]
    [InlineData(5, 0)]
    [InlineData(0, 0)]
    public void Of_what_was_said_long_ago_only_as_much_is_read_as_is_wanted_since_the_newest_things_tell_how_often_a_word_is_said(int said, int lookedAt)
    {
        var top = ArchivePlace.Of(Now.AddDays(-200));
        var walk = new SearchWalk(APage, [Word], 10_000_000, new Stretch(0, top), ArchivePlace.Of(Now), 1000);

        var sample = walk.Next(mostThings: 8000);
        walk.Learn(new Looked(new Stretch(ArchivePlace.Of(Now) - Hour, ArchivePlace.Of(Now)), said, 0) { Things = 1000, Each = [said] });
        var step = walk.Next(mostThings: 8000);

        Assert.Equal((true, 1000), (sample.IsSample, sample.Things));
        Assert.InRange(sample.Stretch.Top, ArchivePlace.Of(Now), long.MaxValue);
        Assert.Equal((false, lookedAt, top), (step.IsSample, step.Things, step.Stretch.Top));
        if (lookedAt == 0) Assert.InRange(step.Stretch.Bottom, ArchivePlace.Of(Now.AddDays(-204)), top - 1);
    }

    [Fact]
    public void Nothing_is_sought_before_the_archive_begins()
    {
        var (walk, oldest) = (WalkFor([Word], 10_000_000), ArchivePlace.Of(Now.AddDays(-200)));
        walk.Add(new Looked(new Stretch(ArchivePlace.Of(Now) - Hour, ArchivePlace.Of(Now)), 0, 0) { Things = 1000, Each = [0] });

        walk.EndAt(oldest);
        while (!walk.IsOver) walk.Add(new Looked(walk.Next(mostThings: 8000).Stretch, 0, 0));

        Assert.Equal(oldest, walk.At);
    }

    [Fact]
    public void Where_more_stands_at_one_place_than_is_looked_at_it_is_sought()
    {
        var (walk, place) = (WalkFor([Word], 10_000_000), ArchivePlace.Of(Now));
        walk.Add(new Looked(new Stretch(place + 1, place + 1), 1000, 0) { Things = 1000, Each = [1000] });
        var step = walk.Next(mostThings: 8000);
        Assert.Equal(0, step.Things);
        Assert.InRange(step.Stretch.Bottom, 0, place);
    }

    [Fact]
    public void The_newest_things_come_first()
    {
        var step = new SearchWalk(APage, [Word], 10_000_000, new Stretch(0, long.MaxValue), ArchivePlace.Of(Now), 1000).Next(mostThings: 8000);
        Assert.Equal((1000, 0), (step.Things, step.Stretch.Bottom));
    }

    private static SearchTerm Word { get; } = new("word", IsBeginning: true, IsPair: false);

    private static SearchWalk WalkFor(IReadOnlyList<SearchTerm> terms, long size, long bottom = 0) => new(APage, terms, size, new Stretch(bottom, long.MaxValue), ArchivePlace.Of(Now), first: 0);
}
