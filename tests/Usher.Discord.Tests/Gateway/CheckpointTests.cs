using Usher.Discord.Gateway;
using Xunit;

namespace Usher.Discord.Tests.Gateway;

public sealed class CheckpointTests
{
    private readonly Checkpoint _checkpoint = new();

    [Fact]
    public void What_is_done_out_of_order_is_safe_only_up_to_the_first_open_event()
    {
        Begin("a");
        for (var sequence = 2; sequence <= 5; sequence++) _checkpoint.Receive(sequence, kept: true);
        Done("a", 1, 3, 5);
        Assert.Equal(1, _checkpoint.Safe?.Sequence);
        Done("a", 2);
        Assert.Equal(3, _checkpoint.Safe?.Sequence);
        Done("a", 4);
        Assert.Equal(5, _checkpoint.Safe?.Sequence);
    }

    [Fact]
    public void Dropped_events_are_done()
    {
        Begin("a");
        Done("a", 1);
        for (var sequence = 2; sequence <= 1000; sequence++) _checkpoint.Receive(sequence, kept: false);
        Assert.Equal(1000, _checkpoint.Safe?.Sequence);
        Assert.Equal(0, _checkpoint.Open);
    }

    [Fact]
    public void A_new_session_is_not_safe_before_its_READY_and_all_of_the_session_before_are_done()
    {
        Begin("a");
        Done("a", 1);
        _checkpoint.Receive(2, kept: true);
        _checkpoint.Invalidate();
        Assert.Null(_checkpoint.Safe);
        Begin("b");
        Assert.Null(_checkpoint.Safe);
        Done("b", 1);
        Assert.Null(_checkpoint.Safe);
        Done("a", 2);
        Assert.Equal(("b", 1L), (_checkpoint.Safe?.Id, _checkpoint.Safe?.Sequence));
    }

    [Fact]
    public void The_same_number_of_another_session_marks_nothing()
    {
        Begin("b");
        Done("a", 1);
        Assert.Null(_checkpoint.Safe);
    }

    [Fact]
    public void A_stored_session_is_safe_until_something_comes()
    {
        var stored = new Session("a", new Uri("ws://gateway/"), 41, 0, 1);
        _checkpoint.Continue(stored);
        Assert.Equal(stored, _checkpoint.Safe);
        _checkpoint.Receive(42, kept: true);
        Assert.Equal(41, _checkpoint.Safe?.Sequence);
        Done("a", 42);
        Assert.Equal(42, _checkpoint.Safe?.Sequence);
    }

    [Fact]
    public void An_event_that_comes_again_is_open_again_and_the_sequence_never_goes_back()
    {
        _checkpoint.Continue(new Session("a", new Uri("ws://gateway/"), 10, 0, 1));
        _checkpoint.Receive(12, kept: true);
        Done("a", 12);
        _checkpoint.Receive(12, kept: true);
        Assert.Equal((11L, 12L), (_checkpoint.Safe!.Sequence, _checkpoint.Received!.Sequence));
    }

    [Fact]
    public async Task It_may_be_marked_from_many_threads()
    {
        Begin("a");
        for (var sequence = 2; sequence <= 10_000; sequence++) _checkpoint.Receive(sequence, kept: true);
        await Parallel.ForAsync(1, 10_001, TestContext.Current.CancellationToken, (sequence, _) =>
        {
            Done("a", sequence);
            return ValueTask.CompletedTask;
        });
        Assert.Equal(10_000, _checkpoint.Safe?.Sequence);
    }

    private void Begin(string id) => _checkpoint.Begin(new Session(id, new Uri("ws://gateway/"), 1, 0, 1));

    private void Done(string session, params long[] sequences)
    {
        foreach (var sequence in sequences) _checkpoint.Done(new EventPosition(session, sequence));
    }
}
