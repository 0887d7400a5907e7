using System.Collections.Concurrent;
using Usher.Testing;

namespace Usher.Discord.Tests.Rest;

/// <summary>
/// Runs asynchronous work on one thread, and moves the clock to the next due moment only when nothing is left to do: what happens at which moment is the same every time.
/// </summary>
internal sealed class VirtualTime(ManualTimeProvider clock) : SynchronizationContext, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly BlockingCollection<(SendOrPostCallback Work, object? State)> _queue = [];

    public override void Post(SendOrPostCallback d, object? state) => _queue.Add((d, state));

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing here may block.");

    public void Dispose() => _queue.Dispose();

    /// <exception cref="TimeoutException">The work waits for something that time does not bring.</exception>
    public static async Task RunAsync(ManualTimeProvider clock, Func<Task> work)
    {
        var before = Current;
        using var time = new VirtualTime(clock);
        SetSynchronizationContext(time);
        Task task;
        try
        {
            task = work();
            while (!task.IsCompleted) time.Step();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
        await task;
    }

    private void Step()
    {
        if (_queue.TryTake(out var next)) next.Work(next.State);
        else if (clock.NextDue is { } due) clock.Advance(due > clock.GetUtcNow() ? due - clock.GetUtcNow() : TimeSpan.Zero);
        else if (_queue.TryTake(out next, Patience)) next.Work(next.State);
        else throw new TimeoutException("The work waits for something that time does not bring.");
    }
}
