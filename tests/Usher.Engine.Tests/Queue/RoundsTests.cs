using Usher.Engine.Queue;
using Usher.Testing;
using Xunit;

namespace Usher.Engine.Tests.Queue;

public sealed class RoundsTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly Activity _activity = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_wakes_it_during_a_round_is_not_missed_and_there_are_never_two_at_once()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (made, atOnce, most) = (0, 0, 0);
        await using var rounds = Of(async _ =>
        {
            most = Math.Max(most, ++atOnce);
            begun.TrySetResult();
            if (++made == 1) await gate.Task;
            atOnce--;
        });

        rounds.Wake();
        await begun.Task;
        for (var i = 0; i < 5; i++) rounds.Wake();
        gate.SetResult();
        await _activity.WhenQuietAsync(Now);

        Assert.Equal((2, 1), (made, most));
    }

    [Fact]
    public async Task A_round_that_fails_is_told_of_and_made_again_a_little_later()
    {
        var (made, told) = (0, new List<string>());
        await using var rounds = new Rounds(
            _ => ++made == 1 ? throw new InvalidOperationException("away") : Task.CompletedTask, failure => told.Add(failure.Message), _time, _activity);

        rounds.Wake();
        await _activity.WhenQuietAsync(Now);
        _time.Advance(rounds.AfterTrouble);
        await _activity.WhenQuietAsync(Now);

        Assert.Equal(2, made);
        Assert.Equal(["away"], told);
    }

    // What was given up by its own patience is no stop: nobody would ever look again.
    [Fact]
    public async Task A_round_that_ran_out_of_time_is_made_again_too()
    {
        var made = 0;
        await using var rounds = Of(_ => ++made == 1 ? throw new TaskCanceledException() : Task.CompletedTask);

        rounds.Wake();
        await _activity.WhenQuietAsync(Now);
        _time.Advance(rounds.AfterTrouble);
        await _activity.WhenQuietAsync(Now);

        Assert.Equal(2, made);
    }

    [Fact]
    public async Task The_alarm_rings_once_and_what_is_due_already_is_taken_up_at_once()
    {
        var made = 0;
        await using var rounds = Of(_ => Task.FromResult(made++));

        rounds.WakeAt(_time.GetUtcNow() + TimeSpan.FromMinutes(2));
        rounds.WakeAt(_time.GetUtcNow() + TimeSpan.FromMinutes(1));
        _time.Advance(TimeSpan.FromSeconds(59));
        await _activity.WhenQuietAsync(Now);
        Assert.Equal(0, made);
        _time.Advance(TimeSpan.FromMinutes(5));
        await _activity.WhenQuietAsync(Now);
        Assert.Equal(1, made);

        rounds.WakeAt(_time.GetUtcNow());
        await _activity.WhenQuietAsync(Now);
        Assert.Equal(2, made);
    }

    [Fact]
    public async Task What_is_due_after_the_alarm_needs_no_round()
    {
        var made = 0;
        await using var rounds = Of(_ => Task.FromResult(made++));
        rounds.WakeAt(_time.GetUtcNow() + TimeSpan.FromMinutes(1));

        rounds.WakeBefore(_time.GetUtcNow() + TimeSpan.FromMinutes(2));
        await _activity.WhenQuietAsync(Now);
        Assert.Equal(0, made);
        rounds.WakeBefore(_time.GetUtcNow() + TimeSpan.FromSeconds(30));
        await _activity.WhenQuietAsync(Now);
        Assert.Equal(1, made);
    }

    private Rounds Of(Func<CancellationToken, Task> round) => new(round, _ => { }, _time, _activity);
}
