using System.Diagnostics.Metrics;
using Usher.Storage;

namespace Usher.Benchmarks.Opening;

/// <summary>Counts what the database was given, by the store's own meter.</summary>
internal sealed class CommitMeter : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _commits;
    private long _units;
    private double _longest;

    internal CommitMeter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == StoreMeter.Name && instrument.Name is "usher.store.commit.units" or "usher.store.commit.duration") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((_, units, _, _) =>
        {
            Interlocked.Increment(ref _commits);
            Interlocked.Add(ref _units, units);
        });
        _listener.SetMeasurementEventCallback<double>((_, seconds, _, _) =>
        {
            // One writer commits: nobody else raises it meanwhile.
            if (seconds > Volatile.Read(ref _longest)) Volatile.Write(ref _longest, seconds);
        });
        _listener.Start();
    }

    internal long Commits => Interlocked.Read(ref _commits);

    internal long Units => Interlocked.Read(ref _units);

    internal TimeSpan LongestCommit => TimeSpan.FromSeconds(Volatile.Read(ref _longest));

    /// <summary>The longest commit is sought anew.</summary>
    internal void Forget() => Volatile.Write(ref _longest, 0);

    public void Dispose() => _listener.Dispose();
}
