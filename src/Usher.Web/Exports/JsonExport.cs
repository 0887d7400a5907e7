using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Storage;
using Usher.Web.Api.Tickets;

namespace Usher.Web.Exports;

/// <summary>Writes tickets as JSON, piece by piece. Ids are text: JavaScript's numbers are too short for them.</summary>
internal sealed class JsonExport(IBufferWriter<byte> output) : IAsyncDisposable
{
    private readonly Utf8JsonWriter _json = new(output);
    private long _flushed;

    /// <summary>How many bytes wait to be sent.</summary>
    public long Unflushed => _json.BytesCommitted + _json.BytesPending - _flushed;

    public async Task FlushAsync(CancellationToken cancellation)
    {
        await _json.FlushAsync(cancellation);
        _flushed = _json.BytesCommitted;
    }

    public void Begin(GuildId guild, DateTimeOffset now)
    {
        _json.WriteStartObject();
        _json.WriteString("guild_id", guild.ToString());
        _json.WriteString("exported_at", now.UtcDateTime);
        _json.WriteStartArray("tickets");
    }

    public void End()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    public void BeginTicket(Ticket ticket, string address, bool withNotes)
    {
        _json.WriteStartObject();
        _json.WriteString("ticket_id", TicketIds.Of(ticket));
        _json.WriteNumber("number", ticket.Number);
        _json.WriteString("guild_id", ticket.Guild.ToString());
        _json.WriteString("department", ticket.Department);
        _json.WriteString("status", TicketView.StatusOf(ticket));
        _json.WriteString("name", ticket.Name);
        WritePerson("opener", ticket.Opener, ticket.OpenerName);
        _json.WriteString("created_at", ticket.OpenedAt.UtcDateTime);
        if (ticket.ContentRemovedAt is { } removed) _json.WriteString("content_removed_at", removed.UtcDateTime);
        if (ticket.ErasedAt is { } erased) _json.WriteString("opener_erased_at", erased.UtcDateTime);
        WriteText("subject", ticket.SaidSubject);
        WriteText("description", ticket.SaidDescription);
        WriteText("priority", ticket.Priority is { } priority ? Priorities.NameOf(priority) : null);
        _json.WriteStartArray("tags");
        foreach (var tag in ticket.Tags) _json.WriteStringValue(tag);
        _json.WriteEndArray();
        _json.WriteStartArray("answers");
        foreach (var answer in ticket.Answers)
        {
            _json.WriteStartObject();
            _json.WriteString("question", answer.Question);
            _json.WriteString("value", answer.Value);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        if (ticket.Claim is { } claim) WritePerson("assignee", claim.By, claim.Name);
        if (ticket.FirstResponseAt is { } first) _json.WriteString("first_response_at", first.UtcDateTime);
        if (ticket.Closing is { } closing)
        {
            _json.WriteStartObject("closed");
            _json.WriteString("at", closing.At.UtcDateTime);
            WritePerson("by", closing.By, closing.Name);
            WriteText("resolution", closing.Reason);
            _json.WriteEndObject();
        }
        if (ticket.Rating is { } rating)
        {
            _json.WriteStartObject("rating");
            _json.WriteNumber("rating", rating.Score);
            WriteText("comment", rating.Comment);
            _json.WriteString("at", rating.At.UtcDateTime);
            _json.WriteEndObject();
        }
        _json.WriteString("url", address);
        if (withNotes) WriteNotes(ticket);
        _json.WriteStartArray("messages");
    }

    public void EndTicket()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    public void Write(StoredMessage stored, string address)
    {
        var message = ExportedMessage.Of(stored, address);
        _json.WriteStartObject();
        _json.WriteString("id", message.Id);
        _json.WriteStartObject("author");
        _json.WriteString("id", message.AuthorId);
        _json.WriteString("name", message.AuthorName);
        _json.WriteBoolean("bot", message.IsBot);
        _json.WriteEndObject();
        _json.WriteString("content", message.Text);
        _json.WriteString("created_at", message.At.UtcDateTime);
        if (message.EditedAt is { } edited) _json.WriteString("edited_at", edited.UtcDateTime);
        if (message.DeletedAt is { } deleted) _json.WriteString("deleted_at", deleted.UtcDateTime);
        if (stored.Redacted is { } redacted)
        {
            _json.WriteString("redacted_at", redacted.At.UtcDateTime);
            _json.WriteString("redacted_by", redacted.By);
        }
        WriteEarlier(message);
        WriteFiles(message);
        _json.WritePropertyName("discord");
        // As the archive has it, which is as Discord sent it; it was read as JSON before it was kept.
        _json.WriteRawValue(stored.Payload, skipInputValidation: true);
        _json.WriteEndObject();
    }

    private void WriteEarlier(ExportedMessage message)
    {
        if (message.Earlier.Count == 0) return;
        _json.WriteStartArray("earlier");
        foreach (var version in message.Earlier)
        {
            _json.WriteStartObject();
            _json.WriteString("content", version.Text);
            _json.WriteString("until", version.Until.UtcDateTime);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }

    private void WriteFiles(ExportedMessage message)
    {
        if (message.Files.Count == 0) return;
        _json.WriteStartArray("attachments");
        foreach (var file in message.Files)
        {
            _json.WriteStartObject();
            _json.WriteString("id", file.Id);
            _json.WriteString("file_name", file.Name);
            WriteText("content_type", file.ContentType);
            _json.WriteNumber("size", file.Size);
            WriteText("sha256", file.Hash);
            WriteText("url", file.Url);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }

    private void WriteNotes(Ticket ticket)
    {
        _json.WriteStartArray("notes");
        foreach (var note in ticket.Notes)
        {
            _json.WriteStartObject();
            WritePerson("author", note.By, note.Name);
            _json.WriteString("text", note.Text);
            _json.WriteString("at", note.At.UtcDateTime);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }

    private void WritePerson(string name, UserId user, string called)
    {
        _json.WriteStartObject(name);
        _json.WriteString("id", user.Value.ToString(CultureInfo.InvariantCulture));
        _json.WriteString("name", called);
        _json.WriteEndObject();
    }

    private void WriteText(string name, string? value)
    {
        if (value is not null) _json.WriteString(name, value);
    }

    public ValueTask DisposeAsync() => _json.DisposeAsync();
}
