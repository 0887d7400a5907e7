using Usher.Desk.Cards;
using Usher.Desk.Engine;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Engine.Archive;
using Xunit;

namespace Usher.Engine.Tests.Archive;

public sealed class OwnWordsTests
{
    private static readonly TicketKey Ticket = new(new GuildId(1), 7);
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly OwnWords _own = new();

    [Fact]
    public void What_was_said_within_one_millisecond_stands_in_the_order_in_which_it_was_said()
    {
        var said = Enumerable.Range(0, 200).Select(_ => IdAt(Noon)).ToList();
        Assert.Equal(said.Distinct().Order(), said);
        Assert.All(said, id => Assert.Equal(Noon, Usher.Engine.Importing.SourceTimes.Of(id)));
    }

    [Fact]
    public void What_was_said_a_millisecond_later_stands_behind_it_and_a_clock_that_was_set_back_is_believed()
    {
        var (now, later, back) = (IdAt(Noon), IdAt(Noon.AddMilliseconds(1)), IdAt(Noon.AddMinutes(-1)));
        Assert.True(back < now && now < later);
        Assert.Equal(Noon.AddMinutes(-1), Usher.Engine.Importing.SourceTimes.Of(back));
    }

    [Fact]
    public void What_stands_on_Discord_keeps_the_id_that_it_has_there() =>
        Assert.Equal(new MessageId(4711), _own.RowOf(Ticket, new CardKept(Card.Saying("Hello"), new ChannelId(5), new MessageId(4711), Noon), new UserId(900)).Id);

    private ulong IdAt(DateTimeOffset at) => _own.RowOf(Ticket, new CardKept(Card.Saying("Hello"), null, null, at), new UserId(900)).Id.Value;
}
