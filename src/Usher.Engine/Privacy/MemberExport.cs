using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Storage;

namespace Usher.Engine.Privacy;

/// <summary>
/// Everything that is kept of one person, as a zip: <c>member.json</c>, which programs read, and the files that they sent. What others wrote is others', and notes are staff's: neither is in it.
/// </summary>
/// <param name="store">Where it is kept.</param>
/// <param name="files">The attachments' bytes.</param>
public sealed class MemberExport(DeskStore store, FileStore files)
{
    // Of a message's own object these are others' words, or said once at the top.
    private static readonly string[] NotTheirs = ["referenced_message", "message_snapshots", "author", "member", "mentions"];
    // Each is put together from the whole archive: more at once would slow down the desk itself.
    private const int AtOnce = 2;

    private static readonly JsonWriterOptions Readable = new() { Indented = true };

    private SemaphoreSlim Turns { get; } = new(AtOnce);

    /// <summary>Whether whoever asks now would wait for others.</summary>
    public bool IsBusy => Turns.CurrentCount == 0;

    /// <summary>Writes it, in its turn.</summary>
    /// <param name="guild">The guild.</param>
    /// <param name="user">Whose.</param>
    /// <param name="output">Where to; it is left open.</param>
    /// <param name="at">What time it is.</param>
    /// <param name="cancellation">Gives up; what was written is then no whole file.</param>
    /// <param name="withFiles">Whether the files that they sent are in it; without them it says so.</param>
    /// <returns>How much of what is in it.</returns>
    /// <exception cref="StoreUnavailableException">Not everything can be read now; what was written is no whole file.</exception>
    public async Task<MemberExported> WriteAsync(GuildId guild, UserId user, Stream output, DateTimeOffset at, CancellationToken cancellation, bool withFiles = true)
    {
        await Turns.WaitAsync(cancellation);
        try
        {
            return await WriteInTurnAsync(guild, user, output, at, withFiles, cancellation);
        }
        finally
        {
            Turns.Release();
        }
    }

    private async Task<MemberExported> WriteInTurnAsync(GuildId guild, UserId user, Stream output, DateTimeOffset at, bool withFiles, CancellationToken cancellation)
    {
        await using var zip = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellation);
        var tickets = await store.TicketsOfAsync(guild, user, cancellation);
        var drafts = await store.DraftsOfAsync(guild, user, cancellation);
        var block = await store.FindBlockAsync(guild, user, cancellation);
        var deeds = await store.AuditAsync(guild, new AuditQuery { Concerning = user, Limit = int.MaxValue }, cancellation);
        var sent = new List<(long Ticket, AttachmentRow File)>();
        var messages = 0;
        var entry = zip.CreateEntry("member.json");
        await using (var stream = await entry.OpenAsync(cancellation))
        await using (var json = new Utf8JsonWriter(stream, Readable))
        {
            json.WriteStartObject();
            json.WriteString("guild_id", guild.ToString());
            json.WriteString("user_id", user.ToString());
            json.WriteString("exported_at", at.UtcDateTime);
            if (!withFiles) json.WriteBoolean("files_left_out", true);
            json.WriteStartArray("tickets");
            foreach (var ticket in tickets) Write(json, ticket, user);
            json.WriteEndArray();
            json.WriteStartArray("messages");
            await foreach (var written in store.MessagesByAsync(guild, user, cancellation))
            {
                Write(json, written, withFiles);
                if (withFiles) sent.AddRange(written.Message.Attachments.Where(file => file.Hash is not null).Select(file => (written.Ticket, file)));
                messages++;
                await json.FlushAsync(cancellation);
            }
            json.WriteEndArray();
            json.WriteStartArray("forms_being_filled_in");
            foreach (var draft in drafts) Write(json, draft);
            json.WriteEndArray();
            if (block is not null) Write(json, block);
            json.WriteStartArray("done_to_them_by_staff");
            foreach (var deed in deeds) Write(json, deed);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        foreach (var (ticket, file) in sent) await CopyAsync(zip, ticket, file, cancellation);
        return new MemberExported(tickets.Count, messages, sent.Count, drafts.Count + deeds.Count + (block is null ? 0 : 1));
    }

    /// <summary>What a file is called within the zip: its own name only as far as no system reads more into it.</summary>
    internal static string PathOf(long ticket, AttachmentRow file)
    {
        var name = string.Concat(file.FileName.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '_')).TrimStart('.');
        return string.Create(CultureInfo.InvariantCulture, $"files/{ticket}/{file.Id}-{name}");
    }

    private async Task CopyAsync(ZipArchive zip, long ticket, AttachmentRow file, CancellationToken cancellation)
    {
        if (await files.OpenAsync(file.Hash!, cancellation) is not { } content) return;
        await using (content)
        {
            await using var entry = await zip.CreateEntry(PathOf(ticket, file)).OpenAsync(cancellation);
            await content.CopyToAsync(entry, cancellation);
        }
    }

    private static void Write(Utf8JsonWriter json, Ticket ticket, UserId user)
    {
        json.WriteStartObject();
        json.WriteNumber("number", ticket.Number);
        json.WriteString("department", ticket.Department);
        json.WriteString("opener_name", ticket.OpenerName);
        json.WriteString("name", ticket.Name);
        json.WriteString("status", ticket.Status.ToString());
        json.WriteString("opened_at", ticket.OpenedAt.UtcDateTime);
        if (ticket.Closing is { } closing)
        {
            json.WriteString("closed_at", closing.At.UtcDateTime);
            if (closing.Reason is { } reason) json.WriteString("closing_reason", reason);
        }
        if (ticket.Subject is { } subject) json.WriteString("subject", subject);
        if (ticket.Description is { } description) json.WriteString("description", description);
        WriteAnswers(json, ticket.Answers);
        WriteRequests(json, ticket.Approvals.Where(request => request.By == user));
        json.WriteStartArray("tags");
        foreach (var tag in ticket.Tags) json.WriteStringValue(tag);
        json.WriteEndArray();
        if (ticket.Rating is { } rating)
        {
            json.WriteNumber("rating", rating.Score);
            if (rating.Comment is { } comment) json.WriteString("rating_comment", comment);
        }
        if (ticket.ContentRemovedAt is { } removed) json.WriteString("content_removed_at", removed.UtcDateTime);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, WrittenMessage written, bool withFiles)
    {
        var message = written.Message;
        json.WriteStartObject();
        json.WriteNumber("ticket", written.Ticket);
        json.WriteString("id", message.Id.ToString());
        if (message.DeletedAt is { } deleted) json.WriteString("deleted_at", deleted.UtcDateTime);
        if (message.Redacted is { } redacted) json.WriteString("redacted_at", redacted.At.UtcDateTime);
        json.WritePropertyName("message");
        Theirs(message.Payload).WriteTo(json);
        json.WriteStartArray("earlier");
        foreach (var version in message.Earlier) Theirs(version.Payload).WriteTo(json);
        json.WriteEndArray();
        json.WriteStartArray("files");
        foreach (var file in message.Attachments)
        {
            json.WriteStartObject();
            json.WriteString("name", file.FileName);
            json.WriteNumber("size", file.Size);
            if (withFiles && file.Hash is not null) json.WriteString("path", PathOf(written.Ticket, file));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static JsonObject Theirs(byte[] payload)
    {
        var message = JsonNode.Parse(payload)!.AsObject();
        foreach (var name in NotTheirs) message.Remove(name);
        return message;
    }

    private static void Write(Utf8JsonWriter json, Draft draft)
    {
        json.WriteStartObject();
        json.WriteString("department", draft.Department);
        WriteAnswers(json, draft.Answers);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, BlockedMember block)
    {
        json.WriteStartObject("blocked");
        json.WriteString("since", block.At.UtcDateTime);
        if (block.Reason is { } reason) json.WriteString("reason", reason);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AuditEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("at", entry.At.UtcDateTime);
        json.WriteString("action", entry.Deed.Action);
        if (entry.Deed.Ticket is { } ticket) json.WriteNumber("ticket", ticket);
        json.WriteEndObject();
    }

    private static void WriteAnswers(Utf8JsonWriter json, IEnumerable<FormAnswer> answers)
    {
        json.WriteStartArray("answers");
        foreach (var answer in answers)
        {
            json.WriteStartObject();
            json.WriteString("question", answer.Question);
            json.WriteString("value", answer.Value);
            if (answer.Found is { } found) Write(json, found);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    // What a place outside told of them is kept of them, too.
    private static void Write(Utf8JsonWriter json, Finding found)
    {
        json.WriteStartObject("looked_up");
        json.WriteString("state", found.State.ToString());
        if (found.Label is { } label) json.WriteString("label", label);
        json.WriteStartArray("fields");
        foreach (var field in found.Fields)
        {
            json.WriteStartObject();
            json.WriteString("name", field.Name);
            json.WriteString("value", field.Plain ?? field.Value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRequests(Utf8JsonWriter json, IEnumerable<ApprovalRequest> requests)
    {
        json.WriteStartArray("asked_for");
        foreach (var request in requests)
        {
            json.WriteStartObject();
            json.WriteString("what", request.Name);
            json.WriteString("at", request.At.UtcDateTime);
            json.WriteStartArray("answers");
            foreach (var answer in request.Answers)
            {
                json.WriteStartObject();
                json.WriteString("question", answer.Question);
                json.WriteString("value", answer.Value);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}

/// <summary>What a member's export holds.</summary>
/// <param name="Tickets">How many tickets they opened.</param>
/// <param name="Messages">How many messages they wrote.</param>
/// <param name="Files">How many files of theirs are in it.</param>
/// <param name="Others">How much else.</param>
public sealed record MemberExported(int Tickets, int Messages, int Files, int Others)
{
    /// <summary>Whether nothing is kept of them.</summary>
    public bool IsEmpty => Tickets + Messages + Files + Others == 0;
}
