using System.Security.Cryptography;
using Usher.Desk.Engine;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Discord.Model;
using Usher.Engine.Outgoing;
using Usher.Storage;

namespace Usher.Engine.Archive;

/// <summary>Makes rows of the archive of what the desk itself said where nobody overhears it: as Discord would have told of the message.</summary>
internal sealed class OwnWords
{
    // The lower bits of an identifier tell messages of one millisecond apart: https://discord.com/developers/docs/reference#snowflakes
    private const int LowerBits = 1 << 22;

    private readonly Lock _gate = new();
    private ulong _last;

    /// <summary>The row. What stands nowhere on Discord gets an identifier of the same making, so that it has its place among the messages that do, and behind what was said here before it.</summary>
    /// <param name="ticket">Whose it is.</param>
    /// <param name="kept">What was said.</param>
    /// <param name="self">The bot.</param>
    internal ArchivedMessage RowOf(TicketKey ticket, CardKept kept, UserId self)
    {
        var message = new Message
        {
            Id = kept.Message is { } posted ? new Snowflake(posted.Value) : NextAt(kept.At),
            ChannelId = new Snowflake(kept.In?.Value ?? 0),
            Author = new User { Id = new Snowflake(self.Value), Username = "Usher", Bot = true },
            Timestamp = kept.At,
            Components = CardRenderer.Draw(kept.Card),
            Flags = MessageFlags.IsComponentsV2,
        };
        return Archivist.RowOf(ticket, message);
    }

    // Two replies can fall on one millisecond, and must be read in the order in which they were given. The beginning is any, so that after a start none is made that was there.
    private Snowflake NextAt(DateTimeOffset at)
    {
        var first = Snowflake.At(at).Value;
        lock (_gate)
        {
            var isSame = _last >= first && _last - first < LowerBits;
            return new Snowflake(_last = isSame ? _last + 1 : first | (uint)RandomNumberGenerator.GetInt32(LowerBits / 2));
        }
    }
}
