using System.Security.Cryptography;
using Usher.Desk.Engine;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Discord.Model;
using Usher.Engine.Outgoing;
using Usher.Storage;

namespace Usher.Engine.Archive;

/// <summary>Makes rows of the archive of what the desk itself said where nobody overhears it: as Discord would have told of the message.</summary>
internal static class OwnWords
{
    // The lower bits of an identifier tell messages of one millisecond apart: https://discord.com/developers/docs/reference#snowflakes
    private const int LowerBits = 1 << 22;

    /// <summary>The row. What stands nowhere on Discord gets an identifier of the same making, so that it has its place among the messages that do.</summary>
    /// <param name="ticket">Whose it is.</param>
    /// <param name="kept">What was said.</param>
    /// <param name="self">The bot.</param>
    internal static ArchivedMessage RowOf(TicketKey ticket, CardKept kept, UserId self)
    {
        var message = new Message
        {
            Id = kept.Message is { } posted ? new Snowflake(posted.Value) : new Snowflake(Snowflake.At(kept.At).Value | (uint)RandomNumberGenerator.GetInt32(LowerBits)),
            ChannelId = new Snowflake(kept.In?.Value ?? 0),
            Author = new User { Id = new Snowflake(self.Value), Username = "Usher", Bot = true },
            Timestamp = kept.At,
            Components = CardRenderer.Draw(kept.Card),
            Flags = MessageFlags.IsComponentsV2,
        };
        return Archivist.RowOf(ticket, message);
    }
}
