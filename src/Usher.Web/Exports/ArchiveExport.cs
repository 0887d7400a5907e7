using System.IO.Compression;
using System.IO.Pipelines;
using Usher.Desk.Tickets;
using Usher.Storage;
using Usher.Web.Transcripts;

namespace Usher.Web.Exports;

/// <summary>Gives tickets away with all that was said in them. They are written while they are read, so that memory does not grow with them; whoever stops reading ends it.</summary>
/// <param name="store">The archive, as whoever asks may see it.</param>
/// <param name="source">How a conversation becomes a page.</param>
/// <param name="publicAddress">The address of this installation; empty when it has none.</param>
/// <param name="withNotes">Which tickets' notes are given away: those whose staff asks.</param>
public sealed class ArchiveExport(DeskStore store, TranscriptSource source, string publicAddress, Func<Ticket, bool> withNotes)
{
    private const int TicketsInPage = 100;
    private const int FlushAfter = 32 * 1024;

    /// <summary>Writes one ticket.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be read any more; what was written is not whole.</exception>
    public async Task WriteAsync(ExportFormat format, Ticket ticket, PipeWriter output, CancellationToken cancellation)
    {
        switch (format)
        {
            case ExportFormat.Html:
                await TranscriptWriter.WriteAsync(output, source.HeadOf(ticket), source.MessagesOf(ticket, cancellation), cancellation);
                break;
            case ExportFormat.Json:
                await using (var json = new JsonExport(output))
                {
                    await WriteAsync(json, ticket, output, cancellation);
                }
                await output.FlushAsync(cancellation);
                break;
            default:
                var csv = new CsvExport(output);
                await WriteAsync(csv, ticket, output, cancellation);
                await output.FlushAsync(cancellation);
                break;
        }
    }

    /// <summary>Writes all tickets of a query, the oldest first.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be read any more; what was written is not whole.</exception>
    public async Task WriteAsync(ExportFormat format, TicketQuery query, DateTimeOffset now, PipeWriter output, CancellationToken cancellation)
    {
        switch (format)
        {
            case ExportFormat.Html:
                await WriteZipAsync(query, output, cancellation);
                break;
            case ExportFormat.Json:
                await using (var json = new JsonExport(output))
                {
                    json.Begin(query.Guild, now);
                    await foreach (var ticket in TicketsAsync(query, cancellation)) await WriteAsync(json, ticket, output, cancellation);
                    json.End();
                }
                await output.FlushAsync(cancellation);
                break;
            default:
                var csv = new CsvExport(output);
                await foreach (var ticket in TicketsAsync(query, cancellation)) await WriteAsync(csv, ticket, output, cancellation);
                await output.FlushAsync(cancellation);
                break;
        }
    }

    private async Task WriteAsync(JsonExport json, Ticket ticket, PipeWriter output, CancellationToken cancellation)
    {
        json.BeginTicket(ticket, AddressOf(ticket), withNotes(ticket));
        await foreach (var message in store.MessagesAsync(ticket.Guild, ticket.Number, cancellation))
        {
            json.Write(message, AddressOf(ticket));
            if (json.Unflushed >= FlushAfter) await FlushAsync(json.FlushAsync(cancellation), output, cancellation);
        }
        json.EndTicket();
        if (json.Unflushed >= FlushAfter) await FlushAsync(json.FlushAsync(cancellation), output, cancellation);
    }

    private async Task WriteAsync(CsvExport csv, Ticket ticket, PipeWriter output, CancellationToken cancellation)
    {
        csv.Write(ticket, withNotes(ticket));
        await foreach (var message in store.MessagesAsync(ticket.Guild, ticket.Number, cancellation))
        {
            csv.Write(ticket, message, AddressOf(ticket));
            if (output.UnflushedBytes >= FlushAfter) await FlushAsync(Task.CompletedTask, output, cancellation);
        }
        if (output.UnflushedBytes >= FlushAfter) await FlushAsync(Task.CompletedTask, output, cancellation);
    }

    // Whoever does not read any more need not be written to.
    private static async Task FlushAsync(Task before, PipeWriter output, CancellationToken cancellation)
    {
        await before;
        if ((await output.FlushAsync(cancellation)).IsCompleted) throw new OperationCanceledException("Nobody reads the export any more.");
    }

    private async Task WriteZipAsync(TicketQuery query, PipeWriter output, CancellationToken cancellation)
    {
        var stream = output.AsStream(leaveOpen: true);
        await using var zip = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellation);
        await foreach (var ticket in TicketsAsync(query, cancellation))
        {
            var entry = zip.CreateEntry(TicketIds.Of(ticket) + ".html", CompressionLevel.Fastest);
            entry.LastWriteTime = ticket.Closing?.At ?? ticket.OpenedAt;
            await using var page = await entry.OpenAsync(cancellation);
            await TranscriptWriter.WriteAsync(page, source.HeadOf(ticket), source.MessagesOf(ticket, cancellation), cancellation);
        }
    }

    private async IAsyncEnumerable<Ticket> TicketsAsync(TicketQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        query = query with { Order = TicketOrder.Oldest, Limit = TicketsInPage, After = null };
        while (true)
        {
            var page = await store.TicketsAsync(query, cancellation);
            foreach (var ticket in page) yield return ticket;
            if (page.Count < TicketsInPage) yield break;
            query = query with { After = TicketPlace.Of(page[^1]) };
        }
    }

    private string AddressOf(Ticket ticket) => $"{publicAddress}/api/ticket/{ticket.TranscriptToken}";
}
