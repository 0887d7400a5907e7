using System.Runtime.InteropServices;

namespace Usher.Starting;

/// <summary>Hears SIGTERM and SIGINT: the first asks for a clean stop, the second ends the process on the spot.</summary>
internal sealed class Signals : IDisposable
{
    // What shells say of a program that Ctrl+C ended.
    private const int EndedBySignal = 130;

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
        if (_stop.IsCancellationRequested) Environment.Exit(EndedBySignal);
        context.Cancel = true;
        _stop.Cancel();
    }

    /// <summary>Hears SIGHUP, by which people ask a service to read its settings again, until what is returned is disposed of.</summary>
    internal static IDisposable OnReload(Action reload) => PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
    {
        context.Cancel = true;
        reload();
    });

    /// <summary>Ends when a stop is asked for.</summary>
    internal async Task StoppedAsync()
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = Stop.Register(stopped.SetResult);
        await stopped.Task;
    }

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _stop.Dispose();
    }
}
