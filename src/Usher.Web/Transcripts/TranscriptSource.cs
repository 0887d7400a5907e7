using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Discord.Json;
using Usher.Discord.Model;
using Usher.Engine;
using Usher.Engine.Guilds;
using Usher.Storage;

namespace Usher.Web.Transcripts;

/// <summary>Reads a ticket's conversation from the archive, page by page, as the transcript shows it.</summary>
/// <param name="guilds">The guilds' settings and names.</param>
/// <param name="store">The archive.</param>
/// <param name="files">The attachments' bytes; null where they cannot be had.</param>
/// <param name="publicAddress">The address of this installation; empty when it has none.</param>
/// <param name="standalone">Whether the transcript is a file, which shows small images itself and links to the rest.</param>
public sealed class TranscriptSource(GuildDirectory guilds, DeskStore store, FileStore? files, string publicAddress, bool standalone)
{
    // A file goes through Discord, which takes 10 MiB: images beyond this are linked.
    private const long LargestImageWithin = 200 * 1024;

    private const int ReadAhead = 200;

    /// <summary>Reads from a running desk.</summary>
    public TranscriptSource(DeskHost desk, bool standalone) : this(desk.Guilds, desk.Store, desk.Files, desk.PublicAddress, standalone) { }

    /// <summary>Writes a transcript as a file of its own.</summary>
    public static async Task WriteFileAsync(DeskHost desk, Ticket ticket, Stream output, CancellationToken cancellation)
    {
        var source = new TranscriptSource(desk, standalone: true);
        var writer = System.IO.Pipelines.PipeWriter.Create(output, new System.IO.Pipelines.StreamPipeWriterOptions(leaveOpen: true));
        await TranscriptWriter.WriteAsync(writer, source.HeadOf(ticket), source.MessagesOf(ticket, cancellation), cancellation);
        await writer.CompleteAsync();
    }

    /// <summary>What stands at the transcript's head.</summary>
    public TranscriptHead HeadOf(Ticket ticket)
    {
        var settings = guilds.SettingsOf(ticket.Guild);
        var language = ticket.OpenerLanguage ?? settings?.Language ?? Language.English;
        var guild = guilds.Find(ticket.Guild);
        return new TranscriptHead(
            ticket.Name, ticket.Number, settings?.Department(ticket.Department)?.Name ?? ticket.Department, guild?.Name ?? "",
            new Snowflake(ticket.Opener.Value), ticket.OpenerName, ticket.OpenedAt,
            ticket.Closing?.At, ticket.Closing is { Kind: not ClosingKind.HomeDeleted } closing ? closing.Name : null, ticket.Closing?.Reason,
            language.ToLocale(), standalone, NamesOf(ticket))
        {
            ContentRemovedAt = ticket.ContentRemovedAt,
            ErasedAt = ticket.ErasedAt,
        };
    }

    /// <summary>The messages, oldest first.</summary>
    public async IAsyncEnumerable<TranscriptMessage> MessagesOf(Ticket ticket, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var department = guilds.SettingsOf(ticket.Guild)?.Department(ticket.Department);
        await foreach (var (stored, message) in ReadAsync(store.MessagesAsync(ticket.Guild, ticket.Number, cancellation), cancellation))
        {
            yield return new TranscriptMessage(
                message, EarlierOf(message, stored), stored.DeletedAt, await CopiesOfAsync(ticket, stored, cancellation), IsStaff(message, department))
            {
                Redacted = stored.Redacted,
            };
        }
    }

    // Some are read ahead: one processor makes messages out of JSON while the other writes those before them.
    private static async IAsyncEnumerable<(StoredMessage Stored, Message Message)> ReadAsync(IAsyncEnumerable<StoredMessage> stored, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var messages = stored.GetAsyncEnumerator(cancellation);
        var ahead = Task.Run(NextAsync, cancellation);
        try
        {
            while (await ahead is { Count: > 0 } some)
            {
                ahead = Task.Run(NextAsync, cancellation);
                foreach (var message in some) yield return message;
            }
        }
        finally
        {
            await ((Task)ahead).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task<List<(StoredMessage, Message)>> NextAsync()
        {
            var some = new List<(StoredMessage, Message)>(ReadAhead);
            while (some.Count < ReadAhead && await messages.MoveNextAsync())
                some.Add((messages.Current, JsonSerializer.Deserialize(messages.Current.Payload, DiscordJson.Default.Message)!));
            return some;
        }
    }

    private TranscriptNames NamesOf(Ticket ticket)
    {
        var guild = guilds.Find(ticket.Guild);
        var people = new Dictionary<Snowflake, TranscriptName> { [new Snowflake(ticket.Opener.Value)] = new(ticket.OpenerName) };
        foreach (var note in ticket.Notes) people[new Snowflake(note.By.Value)] = new TranscriptName(note.Name);
        foreach (var added in ticket.Added) people[new Snowflake(added.User.Value)] = new TranscriptName(added.Name);
        if (ticket.Claim is { } claim) people[new Snowflake(claim.By.Value)] = new TranscriptName(claim.Name);
        if (ticket.Closing is { } closing && closing.By.Value != 0) people[new Snowflake(closing.By.Value)] = new TranscriptName(closing.Name);
        // Programs act by the desk's own account: it must not be called by the name of one of them.
        people.Remove(new Snowflake(guilds.Self.Value));
        return new TranscriptNames(
            people,
            guild?.Roles.ToDictionary(role => new Snowflake(role.Key), role => new TranscriptName(role.Value.Name, role.Value.Colour)) ?? [],
            guild?.Channels.ToDictionary(channel => new Snowflake(channel.Key), channel => channel.Value) ?? []);
    }

    // The desk's own card is edited at every step: its earlier faces tell a reader nothing.
    private IReadOnlyList<MessageVersion> EarlierOf(Message message, StoredMessage stored) =>
        message.Author.Id.Value == guilds.Self.Value
            ? []
            : [.. stored.Earlier.Select((version, i) => new MessageVersion(ContentOf(version.Payload), i == 0 ? message.Timestamp : stored.Earlier[i - 1].At))];

    private static string ContentOf(byte[] payload) => JsonSerializer.Deserialize(payload, DiscordJson.Default.Message)!.Content;

    private static bool IsStaff(Message message, Department? department) =>
        department is not null && !message.Author.IsBot
        && message.Member?.Roles.Any(role => department.Staff.Contains(new Usher.Desk.Values.RoleId(role.Value))) == true;

    private async Task<IReadOnlyDictionary<Snowflake, AttachmentCopy>> CopiesOfAsync(Ticket ticket, StoredMessage stored, CancellationToken cancellation)
    {
        if (stored.Attachments.Count == 0) return ReadOnlyDictionary<Snowflake, AttachmentCopy>.Empty;
        var copies = new Dictionary<Snowflake, AttachmentCopy>();
        foreach (var file in stored.Attachments) copies[new Snowflake(file.Id)] = await CopyOfAsync(ticket, file, cancellation);
        return copies;
    }

    private async Task<AttachmentCopy> CopyOfAsync(Ticket ticket, AttachmentRow file, CancellationToken cancellation)
    {
        var missing = file.State switch
        {
            AttachmentState.Stored => MissingCopy.None,
            AttachmentState.Pending => MissingCopy.Pending,
            AttachmentState.TooLarge => MissingCopy.TooLarge,
            AttachmentState.Erased => MissingCopy.Erased,
            AttachmentState.Refused => MissingCopy.Refused,
            AttachmentState.NoRoom => MissingCopy.NoRoom,
            _ => MissingCopy.Failed,
        };
        if (missing != MissingCopy.None) return new AttachmentCopy(null, file.Size, file.ContentType, missing);
        var path = $"/api/ticket/{ticket.TranscriptToken}/files/{file.Id}/{Uri.EscapeDataString(file.FileName)}";
        if (!standalone) return new AttachmentCopy(path, file.Size, file.ContentType);
        return new AttachmentCopy(publicAddress + path, file.Size, file.ContentType, Image: await ImageOfAsync(file, cancellation));
    }

    private async Task<ReadOnlyMemory<byte>> ImageOfAsync(AttachmentRow file, CancellationToken cancellation)
    {
        if (file.Size > LargestImageWithin || file.ContentType?.StartsWith("image/", StringComparison.Ordinal) != true || file.Hash is null) return default;
        try
        {
            if (files is null || await files.OpenAsync(file.Hash, cancellation) is not { } content) return default;
            await using (content)
            {
                using var bytes = new MemoryStream();
                await content.CopyToAsync(bytes, cancellation);
                return bytes.ToArray();
            }
        }
        catch (Exception away) when (away is StoreUnavailableException or IOException or HttpRequestException)
        {
            // The page is handed over all the same, and links to it.
            return default;
        }
    }
}
