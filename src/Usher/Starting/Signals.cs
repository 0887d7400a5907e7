using System.Runtime.InteropServices;

namespace Usher.Starting;

/// <summary>Hears SIGTERM and SIGINT: the first asks for a clean stop, the second ends the process on the spot.</summary>
internal sealed class Signals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;

    internal Signals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Heard),
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Heard),
    ];

    /// <summary>Cancelled when a stop is asked for.</summary>
    internal CancellationToken Stop => _stop.Token;

    private void Heard(PosixSignalContext context)
    {
        // Not cancelled, the signal does what it does by itself: it ends the process.
        if (_stop.IsCancellationRequested) return;
        context.Cancel = true;
        _stop.Cancel();
    }

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _stop.Dispose();
    }
}
