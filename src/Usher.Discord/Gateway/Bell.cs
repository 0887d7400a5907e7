using System.Threading.Tasks.Sources;

namespace Usher.Discord.Gateway;

/// <summary>
/// What a loop sleeps on: bytes, the alarm, a command and a stop all ring it, and the loop then looks what is there. Rings while awake are kept
/// as one. One waiter; ringing is thread-safe. It allocates nothing, which a <see cref="Task.WhenAny(Task[])"/> per payload would.
/// </summary>
internal sealed class Bell : IValueTaskSource
{
    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };
    private bool _rung;
    private bool _waiting;

    public Bell() => Ring = RingNow;

    /// <summary>Rings. One delegate for the bell's life, so that it can be handed to awaiters without allocating.</summary>
    public Action Ring { get; }

    public ValueTask WaitAsync()
    {
        lock (_gate)
        {
            if (_rung)
            {
                _rung = false;
                return ValueTask.CompletedTask;
            }
            _source.Reset();
            _waiting = true;
            return new ValueTask(this, _source.Version);
        }
    }

    private void RingNow()
    {
        lock (_gate)
        {
            if (!_waiting)
            {
                _rung = true;
                return;
            }
            _waiting = false;
        }
        _source.SetResult(true);
    }

    void IValueTaskSource.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
