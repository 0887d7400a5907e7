using System.Diagnostics.Metrics;
using Usher.Storage;

namespace Usher.Benchmarks.Opening;

/// <summary>Counts what the database was given, by the store's own meter.</summary>
internal sealed class CommitMeter : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _commits;
    private long _units;

    internal CommitMeter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == StoreMeter.Name && instrument.Name == "usher.store.commit.units") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((_, units, _, _) =>
        {
            Interlocked.Increment(ref _commits);
            Interlocked.Add(ref _units, units);
        });
        _listener.Start();
    }

    internal long Commits => Interlocked.Read(ref _commits);

    internal long Units => Interlocked.Read(ref _units);

    public void Dispose() => _listener.Dispose();
}
