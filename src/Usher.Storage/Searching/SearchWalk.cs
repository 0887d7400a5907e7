namespace Usher.Storage.Searching;

/// <summary>A stretch of the archive's order: from its bottom up to, and without, its top.</summary>
/// <param name="Bottom">The first place of it.</param>
/// <param name="Top">The first place behind it.</param>
internal readonly record struct Stretch(long Bottom, long Top);

/// <summary>What came of looking at a stretch.</summary>
/// <param name="Stretch">Which.</param>
/// <param name="Fitting">In how much of it all words stand.</param>
/// <param name="Found">How much of that may be seen and is wanted.</param>
/// <param name="Things">How much was looked at one by one; 0 when the words were sought.</param>
internal readonly record struct Looked(Stretch Stretch, long Fitting, int Found, long Things = 0);

/// <summary>
/// How far back a search looks next. Whatever has all of the words in a stretch is read before the newest of it are chosen, so that a stretch should hold about as much of it as a page needs: an hour of a word
/// that everybody says, a year of one that hardly anybody does. How often the words are said, and how much of what says them is wanted, shows in what was looked at already. Pure.
/// </summary>
/// <param name="wanted">How much is to be found.</param>
/// <param name="bottom">Before what nothing is wanted.</param>
internal sealed class SearchWalk(int wanted, long bottom)
{
    // Read in some ten milliseconds.
    private const double MostFitting = 20_000;
    private const double LeastFitting = 50;

    // A guess that is too small costs another look, one that is too large costs reading what is not wanted.
    private const double Generosity = 2;

    private double _length;
    private double _fitting;
    private double _things;
    private double _fittingThings;
    private int _found;

    /// <summary>Where the walk has come to: below it nothing was looked at.</summary>
    public long At { get; private set; } = long.MaxValue;

    /// <summary>Whether it is over.</summary>
    public bool IsOver => _found >= wanted || At <= bottom;

    /// <summary>How many things have probably to be looked at one by one until enough is found.</summary>
    public double ThingsLeft => _things / (_fittingThings + 1) * FittingLeft;

    private double FittingLeft => Math.Clamp(Generosity * (wanted - _found) * (_fitting + 1) / (_found + 0.5), LeastFitting, MostFitting);

    /// <summary>Remembers what was looked at.</summary>
    public void Add(Looked looked)
    {
        At = looked.Stretch.Bottom;
        _length += Length(looked.Stretch);
        _fitting += looked.Fitting;
        _found += looked.Found;
        if (looked.Things == 0) return;
        _things += looked.Things;
        _fittingThings += looked.Fitting;
    }

    /// <summary>What to look at next.</summary>
    public Stretch Next()
    {
        var length = _length * FittingLeft / (_fitting + 1);
        var from = SearchTokens.BottomOf(new Stretch(Math.Max(bottom, (long)Math.Max(0, At - length)), At));
        return new Stretch(Math.Max(bottom, from), At);
    }

    // In the order's own unit. What was said at one moment alone tells nothing of how much is said in an hour.
    private static double Length(Stretch stretch) => Math.Max(stretch.Top - stretch.Bottom, SearchTokens.Minute);
}
