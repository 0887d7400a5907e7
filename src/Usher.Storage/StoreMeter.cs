using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Usher.Storage;

/// <summary>What the store measures, under the name <see cref="Name"/>.</summary>
public static class StoreMeter
{
    /// <summary>The meter's name, for exporters.</summary>
    public const string Name = "Usher.Storage";

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<int> Units = Meter.CreateHistogram<int>("usher.store.commit.units", "{unit}", "Units of work that were committed together.");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("usher.store.commit.duration", "s", "Time from the first unit of a commit to its end.");

    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("usher.store.failures", "{failure}", "Commits that the database refused, by reason.");

    internal static void Committed(int units, TimeSpan took)
    {
        Units.Record(units);
        Duration.Record(took.TotalSeconds);
    }

    internal static void Failed(StoreFailure reason) => Failures.Add(1, new TagList { { "reason", reason.ToString() } });
}
