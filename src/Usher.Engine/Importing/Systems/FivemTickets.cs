using System.Globalization;
using System.Text.RegularExpressions;
using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Engine.Importing.Sources;

namespace Usher.Engine.Importing.Systems;

/// <summary>
/// The tables of a FiveM community's bot, written out of its DuckDB file: text channels that are deleted at their end, and each transcript as a page under a token. The page's address ends in the
/// same token here, so that the links which openers were given go on working.
/// </summary>
internal static partial class FivemTickets
{
    // A page has no messages, only words: they are kept in pieces of Discord's own length.
    private const int LongestPiece = 4000;

    public static async Task<ReadTickets> ReadAsync(ISourceTables source, SourceTimes times, GuildId guild, CancellationToken cancellation)
    {
        var reading = new SourceReading(source, times, guild);
        var pages = new Dictionary<string, Page>(StringComparer.Ordinal);
        await foreach (var row in reading.RowsAsync(reading.Find("ticket_html"), cancellation))
        {
            var page = new Page(row, row.Text("ticket_id") ?? "", row.Text("token"), row.NeededId("user_id", "author_id"), HtmlWords.Of(row.Text("html_content") ?? ""));
            if (page.Ticket.Length == 0) row.Fault("ticket_id", "it is missing", "Say which ticket the page is of.");
            else if (!row.IsFaulty) pages[page.Ticket] = page;
        }
        var talk = new Talk();
        await foreach (var row in reading.RowsAsync(reading.Find("observacoes", "observations", "ticket_observacoes", "notes"), cancellation)) Note(row, talk);
        await foreach (var row in reading.NeededAsync("tickets", cancellation))
        {
            if (!reading.IsOurs(row)) continue;
            var channel = row.NeededId("channel_id", JsonRows.Key);
            var id = row.Text("ticket_id") ?? channel.ToString(CultureInfo.InvariantCulture);
            reading.Take(row, Ticket(row, id, new ChannelId(channel), row.NeededId("author_id", "user_id"), row.Time("created_at") ?? SourceTimes.Of(channel), pages.GetValueOrDefault(id), talk, times));
            pages.Remove(id);
        }
        // Of tickets that were cleared away only the page is left.
        foreach (var page in pages.Values)
        {
            if (FirstTimeIn(page.Words, times) is not { } opened)
                page.Row.Fault("html_content", "no date stands in it, and its ticket is not in the table tickets", "Add the ticket there, with channel_id, author_id and created_at.");
            else reading.Take(page.Row, Ticket(page.Row, page.Ticket, null, page.Opener, opened, page, talk, times));
        }
        talk.ReportLost(reading);
        return reading.Result();
    }

    private static ImportedTicket Ticket(RowReader row, string id, ChannelId? channel, ulong opener, DateTimeOffset opened, Page? page, Talk talk, SourceTimes times) => new()
    {
        Id = id,
        Row = row.Where,
        Opener = new UserId(opener),
        OpenedAt = opened,
        Home = channel,
        HomeKind = HomeKind.Channel,
        HomeEndsWithIt = true,
        Token = page?.Token is { } token && Guid.TryParseExact(token, "D", out _) ? token : null,
        ClaimedBy = row.Id("claimed_by") is { } staff ? new UserId(staff) : null,
        Added = row.People("added_users"),
        End = page is null ? null : new ImportedEnd(LastTimeIn(page.Words, times) is { } last && last > opened ? last : null),
        Messages = page is null ? [] : PiecesOf(page.Words, opened),
        Notes = channel is { } home && home.ToString() != id ? [.. talk.NotesOf(id), .. talk.NotesOf(home.ToString())] : talk.NotesOf(id),
    };

    private static void Note(RowReader row, Talk talk)
    {
        var (by, at, text) = (row.NeededId("autor_id", "author_id", "staff_id", "user_id"), row.Time("created_at", "data", "timestamp"), row.Text("observacao", "texto", "text", "content") ?? "");
        talk.Note(row, row.Text("ticket_id", "channel_id"), at, text, new ImportedNote(new UserId(by), text, at ?? default));
    }

    private static List<ImportedMessage> PiecesOf(string words, DateTimeOffset at)
    {
        var pieces = new List<ImportedMessage>();
        for (var from = 0; from < words.Length;)
        {
            var length = Math.Min(LongestPiece, words.Length - from);
            if (from + length < words.Length)
            {
                if (words.LastIndexOf('\n', from + length - 1, length) is var line && line > from) length = line - from;
                else if (char.IsHighSurrogate(words[from + length - 1])) length--;
            }
            pieces.Add(new ImportedMessage(default, "transcript", IsBot: true, words.Substring(from, length).Trim('\n'), at, null, (uint)pieces.Count));
            from += length;
        }
        return [.. pieces.Where(piece => piece.Text.Length > 0)];
    }

    private static DateTimeOffset? FirstTimeIn(string words, SourceTimes times) => Moments().Matches(words).Select(match => times.Read(match.Value)).FirstOrDefault(time => time is not null);

    private static DateTimeOffset? LastTimeIn(string words, SourceTimes times) => Moments().Matches(words).Select(match => times.Read(match.Value)).LastOrDefault(time => time is not null);

    [GeneratedRegex(@"\d{2}/\d{2}/\d{4} \d{2}:\d{2}(:\d{2})?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Moments();

    private sealed record Page(RowReader Row, string Ticket, string? Token, ulong Opener, string Words);
}
