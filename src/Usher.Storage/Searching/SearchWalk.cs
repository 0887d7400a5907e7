using Usher.Desk.Values;

namespace Usher.Storage.Searching;

/// <summary>A stretch of the archive's order: from its bottom up to, and without, its top.</summary>
/// <param name="Bottom">The first place of it.</param>
/// <param name="Top">The first place behind it.</param>
internal readonly record struct Stretch(long Bottom, long Top);

/// <summary>What a search does next.</summary>
/// <param name="Stretch">Where.</param>
/// <param name="Things">How many of the newest things there are looked at one by one; 0 when terms are sought in the index.</param>
/// <param name="Leading">The terms that are sought; what they find is compared with the others.</param>
internal readonly record struct SearchStep(Stretch Stretch, int Things, IReadOnlyList<SearchTerm> Leading)
{
    /// <summary>Whether things are looked at only to learn how often the terms stand in them: none of them is wanted.</summary>
    public bool IsSample { get; init; }

    /// <summary>Where a stretch that takes long is parted in two, which are sought at the same time; null when it is not.</summary>
    public long? PartedAt { get; init; }
}

/// <summary>What came of a step.</summary>
/// <param name="Stretch">What was looked at.</param>
/// <param name="Fitting">How much of it has all terms.</param>
/// <param name="Found">How much of that may be seen and is wanted.</param>
internal readonly record struct Looked(Stretch Stretch, long Fitting, int Found)
{
    /// <summary>How much was looked at one by one; 0 when terms were sought.</summary>
    public long Things { get; init; }

    /// <summary>How much of that has each of the terms.</summary>
    public IReadOnlyList<long>? Each { get; init; }

    /// <summary>How much was found by tokens alone, such as an author's; null when words were sought, or nothing was.</summary>
    public long? ByTokens { get; init; }
}

/// <summary>
/// How a search goes back through the archive. Whatever has all terms in a stretch is read before the newest of it are chosen, so that a stretch should hold about as much of it as a page needs: an hour of a word
/// that everybody says, a year of one that hardly anybody does. How often the terms stand there, and how much of what has them is wanted, shows in what was looked at already; and so does whether to go on
/// looking at things one by one, or which of the terms to seek in the index. Pure.
/// </summary>
/// <param name="wanted">How much is to be found.</param>
/// <param name="terms">What each of it must have.</param>
/// <param name="size">How much the index holds in all.</param>
/// <param name="whole">Where to look.</param>
/// <param name="now">The place of what is said now.</param>
/// <param name="first">How many of the newest things are looked at first; 0 when they tell nothing, because hardly any of them has one of the terms.</param>
internal sealed class SearchWalk(int wanted, IReadOnlyList<SearchTerm> terms, long size, Stretch whole, long now, int first)
{
    // What takes how long, in microseconds, roughly. What was said last is in memory, everything else is somewhere on a disk. The index's lists of all words with a beginning are read from end to end, for each period
    // that is touched; other lists only where they meet these. What has one of the words is compared with as many lists as there are periods: the more of it there is, the sooner another question is cheaper.
    private const double Asking = 2500;
    private const double LookingAtOne = 4;
    private const double ReadingOne = 50;
    private const double PassingOne = 0.3;
    private const double ComparingOne = 0.05;

    // So many lie in one question. Of what has a token of its own there is little.
    private const int LeastPeriods = 6;
    private const int MostPeriods = 48;

    // What is looked at costs as much as what is read when it is old.
    private static readonly long Old = SearchTokens.Day * 30;

    private const double MostFitting = 20_000;
    private const double LeastFitting = 25;
    private const int LeastThings = 100;
    private const int StepsOfThings = 10;

    // As how much something counts that none of the newest things has. Many words are seldom; of one person there is less.
    private const double UnseenWord = 0.5;
    private const double UnseenToken = 0.05;

    // A guess that is too small costs another look, one that is too large costs reading what is not wanted.
    private const double Generosity = 1.5;

    // Of one person's own things there are rarely many in that time.
    private static readonly long FirstStretch = SearchTokens.Day * 60;

    // Clocks differ, by less than that.
    private static readonly long Future = SearchTokens.Day * 2;

    private readonly double[] _each = new double[terms.Count];
    private double _length;
    private double _fitting;
    private double _things;
    private double _thingsLength;
    private double _fittingThings;
    private double _byTokens;
    private double _byTokensLength;
    private int _found;
    private bool _isStuck;
    private bool _hasSample;
    private long _bottom = whole.Bottom;

    /// <summary>Where the walk has come to: below it nothing was looked at.</summary>
    public long At { get; private set; } = Math.Min(whole.Top, now + Future);

    /// <summary>Whether it is over.</summary>
    public bool IsOver => _found >= wanted || At <= _bottom;

    /// <summary>How many things have probably to be looked at one by one until enough is found.</summary>
    public double ThingsLeft => FittingLeft / ShareOfAll;

    // How many things there are in the periods in which enough is probably found.
    private double ThingsPassed => Math.Min(size, ThingsLeft + SearchTokens.Period * _things / _thingsLength);

    // How many things there are still, and how many of them have the tokens that are sought beside words: nobody knows until they were sought once. Among the newest things hardly any is one person's.
    private double ThingsRemaining => Math.Min(size, (At - _bottom) * _things / _thingsLength);

    private double WithTokensRemaining => _byTokensLength > 0
        ? (_byTokens + 1) * (At - _bottom) / _byTokensLength
        : ThingsRemaining * Together(Enumerable.Range(0, terms.Count).Where(term => !terms[term].IsBeginning));

    private bool IsOld => At < now - Old;

    // Of things that have all terms. Where none was seen, as if one had nothing to do with another.
    private double ShareOfAll => _fittingThings > 0 ? _fittingThings / _things : Math.Min(Together(Enumerable.Range(0, terms.Count)), 1 / (_things + 1));

    // How many fit in a part of the order as long as one.
    private double Density => _fitting > 0 ? _fitting / _length : Math.Min(1 / _length, _things > 0 ? ShareOfAll * _things / _thingsLength : double.MaxValue);

    private double FittingLeft => Math.Clamp(Generosity * (wanted - _found) * (_fitting + 0.5) / (_found + 0.5), LeastFitting, MostFitting);

    /// <summary>Nothing was said before that place.</summary>
    public void EndAt(long oldest) => _bottom = Math.Max(whole.Bottom, oldest);

    /// <summary>Remembers what was looked at.</summary>
    public void Add(Looked looked)
    {
        Count(looked);
        At = looked.Stretch.Bottom;
        // More was taken over with one and the same time than is looked at at once.
        _isStuck = looked.Things > 0 && looked.Stretch.Bottom >= looked.Stretch.Top;
        _length += Length(looked.Stretch);
        _fitting += looked.Fitting;
        _found += looked.Found;
        if (looked.ByTokens is not { } things) return;
        _byTokens += things;
        _byTokensLength += Length(looked.Stretch);
    }

    /// <summary>Remembers how often the terms stand in things that are not wanted.</summary>
    public void Learn(Looked sample)
    {
        _hasSample = true;
        Count(sample);
    }

    private void Count(Looked looked)
    {
        if (looked.Things == 0) return;
        _things += looked.Things;
        _thingsLength += Length(looked.Stretch);
        _fittingThings += looked.Fitting;
        for (var term = 0; term < terms.Count; term++) _each[term] += looked.Each?[term] ?? 0;
    }

    /// <summary>What to do next.</summary>
    /// <param name="mostThings">How many things may be looked at one by one.</param>
    public SearchStep Next(int mostThings)
    {
        // People speak of what they speak of: how often, the newest things tell, which are in memory.
        if (_length == 0 && first > 0 && IsOld && !_hasSample) return new SearchStep(new Stretch(0, now + Future), first, []) { IsSample = true };
        if (_length == 0 && first > 0 && !IsOld) return new SearchStep(whole with { Top = At }, first, []);
        // Nothing is known of words where nothing was looked at: there somebody's own things are sought.
        var seeking = _things > 0 ? Cheapest() : new Seeking([.. terms.Where(term => !term.IsBeginning).DefaultIfEmpty(terms[0])], 0, 0, terms.All(term => term.IsBeginning) ? LeastPeriods : MostPeriods);
        if (_things > 0 && !_isStuck && (IsOld ? ReadingOne : LookingAtOne) * ThingsLeft <= seeking.Cost) return new SearchStep(whole with { Top = At }, (int)Math.Min(mostThings, Rounded(ThingsLeft)), []);
        var stretch = NextStretch(seeking.Periods);
        return new SearchStep(stretch, 0, seeking.Leading) { PartedAt = PartingOf(stretch, seeking.Passing) };
    }

    // Two processors pass what is in it in half the time.
    private long? PartingOf(Stretch stretch, double share) =>
        share > 0 && PassingOne * share * Length(stretch) * _things / _thingsLength > Asking ? SearchTokens.MiddleOf(stretch) : null;

    private Stretch NextStretch(int periods)
    {
        var length = _length + _things == 0 ? FirstStretch : FittingLeft / Density;
        var from = SearchTokens.BottomOf(new Stretch(Math.Max(_bottom, (long)Math.Max(0, At - length)), At), periods);
        return new Stretch(Math.Max(_bottom, from), At);
    }

    // Of words that many begin with the most common ones are left out first: what the others find is compared with them, as long as that is not too much.
    private Seeking Cheapest()
    {
        var beginnings = Enumerable.Range(0, terms.Count).Where(term => terms[term].IsBeginning).OrderByDescending(ShareOf).ToList();
        var most = beginnings.Count < terms.Count ? beginnings.Count : beginnings.Count - 1;
        return Enumerable.Range(0, most + 1).Select(left => Without([.. beginnings.Take(left)])).MinBy(way => way.Cost)!;
    }

    private Seeking Without(IReadOnlyList<int> compared)
    {
        var leading = Enumerable.Range(0, terms.Count).Except(compared).ToList();
        var passing = leading.Where(term => terms[term].IsBeginning).Sum(ShareOf);
        var passed = ThingsPassed * passing;
        // A day is sought whole, however little of it is wanted.
        var read = Math.Max(FittingLeft, ShareOfAll * Math.Min(size, SearchTokens.Day * _things / _thingsLength)) / Together(compared);
        if (passed == 0) read = Math.Min(read, WithTokensRemaining);
        return new Seeking([.. leading.Select(term => terms[term])], PassingOne * passed + ReadingOne * read, passing, PeriodsAtOnce([.. leading.Where(term => terms[term].IsBeginning)]));
    }

    private int PeriodsAtOnce(IReadOnlyList<int> beginnings)
    {
        if (beginnings.Count == 0) return _byTokensLength == 0 ? LeastPeriods : MostPeriods;
        var compared = SearchTokens.Period * _things / _thingsLength * beginnings.Min(ShareOf);
        return (int)Math.Clamp(Math.Sqrt(Asking / (ComparingOne * compared)), LeastPeriods, MostPeriods);
    }

    private double Together(IEnumerable<int> some) => some.Aggregate(1.0, (share, term) => share * ShareOf(term));

    private double ShareOf(int term) => (_each[term] + (terms[term].IsBeside ? UnseenToken : UnseenWord)) / (_things + 1);

    // Few different numbers, since each is a statement of its own; but of what is old each may have to be read from a disk.
    private static double Rounded(double things)
    {
        if (things <= LeastThings * StepsOfThings) return Math.Ceiling(things / LeastThings) * LeastThings;
        double rounded = LeastThings * StepsOfThings;
        while (rounded < things) rounded *= 2;
        return rounded;
    }

    // In the order's own unit. What was said at one moment alone tells nothing of how much is said in an hour.
    private static double Length(Stretch stretch) => Math.Max(stretch.Top - stretch.Bottom, SearchTokens.Minute);

    // Its passing is the share of all things that are passed.
    private sealed record Seeking(IReadOnlyList<SearchTerm> Leading, double Cost, double Passing, int Periods);
}
