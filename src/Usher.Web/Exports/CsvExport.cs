using System.Buffers;
using System.Globalization;
using System.Text;
using Usher.Desk.Tickets;
using Usher.Storage;
using Usher.Web.Api.Tickets;

namespace Usher.Web.Exports;

/// <summary>
/// Writes tickets as a table (RFC 4180), a row for each ticket, rating, message and note. What people wrote never begins as a spreadsheet's formula does: it would be run on the computer of whoever opens
/// the file. https://owasp.org/www-community/attacks/CSV_Injection
/// </summary>
internal sealed class CsvExport
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    private readonly IBufferWriter<byte> _output;
    private readonly StringBuilder _row = new();

    /// <summary>Begins the table.</summary>
    public CsvExport(IBufferWriter<byte> output)
    {
        _output = output;
        // Spreadsheets take a file without this mark for one of their country's old alphabet.
        _output.Write("\uFEFF"u8);
        Row("ticket_id", "department", "status", "opener_id", "opener", "kind", "id", "author_id", "author", "created_at", "edited_at", "deleted_at", "text", "earlier", "attachments");
    }

    /// <summary>Writes what a ticket says of itself, and its notes for those who may read them.</summary>
    public void Write(Ticket ticket, bool withNotes)
    {
        var said = new List<string>();
        if (ticket.Subject is { } subject) said.Add(subject);
        if (ticket.Description is { } description) said.Add(description);
        said.AddRange(ticket.Answers.Select(answer => $"{answer.Question}: {answer.Value}"));
        if (ticket.Closing?.Reason is { } reason) said.Add(reason);
        Row(ticket, "ticket", "", ticket.Opener.ToString(), ticket.OpenerName, ticket.OpenedAt, null, null, string.Join('\n', said), "", "");
        if (ticket.Rating is { } rating)
            Row(ticket, "rating", rating.Score.ToString(CultureInfo.InvariantCulture), ticket.Opener.ToString(), ticket.OpenerName, rating.At, null, null, rating.Comment ?? "", "", "");
        foreach (var note in withNotes ? ticket.Notes : []) Row(ticket, "note", "", note.By.ToString(), note.Name, note.At, null, null, note.Text, "", "");
    }

    /// <summary>Writes a message.</summary>
    public void Write(Ticket ticket, StoredMessage stored, string address)
    {
        var message = ExportedMessage.Of(stored, address);
        var earlier = string.Join('\n', message.Earlier.Select(version => $"[{Moment(version.Until)}] {version.Text}"));
        var files = string.Join('\n', message.Files.Select(file => file.Hash is null ? file.Name : $"{file.Name} sha256:{file.Hash} {file.Url}"));
        Row(ticket, "message", message.Id, message.AuthorId, message.AuthorName, message.At, message.EditedAt, message.DeletedAt, message.Text, earlier, files);
    }

    /// <summary>A text as a cell: quoted where it must be, and never a formula.</summary>
    internal static string Cell(string text)
    {
        // Spreadsheets look behind blanks, and some behind what a tab or a new line ends.
        var first = text.AsSpan().TrimStart();
        if (first.Length > 0 && first[0] is '=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20' || text.Length > 0 && text[0] is '\t' or '\r' or '\n') text = "'" + text;
        return text.AsSpan().ContainsAny(Quoted) ? "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : text;
    }

    private void Row(
        Ticket ticket, string kind, string id, string authorId, string author, DateTimeOffset at, DateTimeOffset? editedAt, DateTimeOffset? deletedAt, string text, string earlier, string files) =>
        Row(
            TicketIds.Of(ticket), ticket.Department, TicketView.StatusOf(ticket), ticket.Opener.ToString(), ticket.OpenerName, kind, id, authorId, author, Moment(at),
            editedAt is { } edited ? Moment(edited) : "", deletedAt is { } deleted ? Moment(deleted) : "", text, earlier, files);

    private void Row(params ReadOnlySpan<string> cells)
    {
        _row.Clear();
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0) _row.Append(',');
            _row.Append(Cell(cells[i]));
        }
        _row.Append("\r\n");
        // Whole: where its pieces meet, the halves of a character may lie in two of them.
        Encoding.UTF8.GetBytes(_row.ToString(), _output);
    }

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
