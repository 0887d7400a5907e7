using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Usher.Engine.Importing;

/// <summary>What was said and noted in the tickets of another system, by ticket.</summary>
internal sealed class Talk
{
    private readonly Dictionary<string, List<(ImportedMessage Message, string Row)>> _messages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(ImportedNote Note, string Row)>> _notes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>Takes a message, unless its row was faulty or says nothing.</summary>
    public void Hear(RowReader row, string? ticket, DateTimeOffset? at, string text, string? id, Func<uint, ImportedMessage> message)
    {
        if (!IsWhole(row, ticket, at) || text.Length == 0) return;
        var messages = ListOf(_messages, ticket!);
        messages.Add((message(PlaceOf(id, messages.Count)), row.Where));
    }

    /// <summary>Takes a note, unless its row was faulty or says nothing.</summary>
    public void Note(RowReader row, string? ticket, DateTimeOffset? at, string text, ImportedNote note)
    {
        if (IsWhole(row, ticket, at) && text.Length > 0) ListOf(_notes, ticket!).Add((note, row.Where));
    }

    /// <summary>Knows of a ticket that is not taken over, so that nothing in it is missed.</summary>
    public void PassOver(string ticket) => _asked.Add(ticket);

    /// <summary>A ticket's messages, oldest first.</summary>
    public IReadOnlyList<ImportedMessage> MessagesOf(string ticket)
    {
        _asked.Add(ticket);
        return _messages.TryGetValue(ticket, out var messages) ? [.. messages.Select(message => message.Message).OrderBy(message => message.At).ThenBy(message => message.Place)] : [];
    }

    /// <summary>A ticket's notes, oldest first.</summary>
    public IReadOnlyList<ImportedNote> NotesOf(string ticket)
    {
        _asked.Add(ticket);
        return _notes.TryGetValue(ticket, out var notes) ? [.. notes.Select(note => note.Note).OrderBy(note => note.At)] : [];
    }

    /// <summary>Names what is said in tickets that are not there.</summary>
    public void ReportLost(SourceReading reading)
    {
        var rows = _messages.Where(of => !_asked.Contains(of.Key)).Select(of => (of.Key, of.Value[0].Row, of.Value.Count))
            .Concat(_notes.Where(of => !_asked.Contains(of.Key)).Select(of => (of.Key, of.Value[0].Row, of.Value.Count)));
        foreach (var (ticket, row, count) in rows)
        {
            reading.Fault(new SourceFault(
                row, "ticket_id", $"there is no ticket {RowReader.Shown(ticket)}, in which {count.ToString(CultureInfo.InvariantCulture)} rows like this stand", "Delete them there, or bring the ticket back."));
        }
    }

    private static bool IsWhole(RowReader row, string? ticket, DateTimeOffset? at)
    {
        if (row.IsFaulty) return false;
        if (string.IsNullOrEmpty(ticket)) row.Fault("ticket_id", "it is missing", "Say which ticket it belongs to.");
        else if (at is null) row.Fault("created_at", "it is missing", "Write when that was, like 2026-01-20T10:30:00Z.");
        return !row.IsFaulty;
    }

    // Read again, a message must be the same one. A number grows with its row; of another id only that it stays is known, and without one where it stands.
    private static uint PlaceOf(string? id, int index) => id is null ? (uint)index
        : ulong.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (uint)(number & 0x3FFFFF)
        : BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    private static List<T> ListOf<T>(Dictionary<string, List<T>> all, string ticket)
    {
        if (!all.TryGetValue(ticket, out var list)) all[ticket] = list = [];
        return list;
    }
}
