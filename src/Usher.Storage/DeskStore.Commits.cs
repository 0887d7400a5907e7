using System.Data.Common;
using System.Text.Json;
using Usher.Desk.Announcing;
using Usher.Desk.Engine;
using Usher.Desk.Figures;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Storage;

public sealed partial class DeskStore
{
    private static readonly CommitResult Conflict = new CommitResult.Conflict();
    private static readonly CommitResult SlotTaken = new CommitResult.SlotTaken();
    private static readonly CommitResult AlreadyDone = new CommitResult.AlreadyDone();

    /// <summary>Stores a decision in one transaction.</summary>
    /// <exception cref="ArgumentException">The ticket afterwards is not what the facts make of it.</exception>
    /// <exception cref="StoreUnavailableException">The database cannot be written; nothing was.</exception>
    public async Task<CommitResult> CommitAsync(Commit commit, CancellationToken cancellationToken)
    {
        Check(commit);
        var result = await Writer.WriteAsync(db => CommitAsync(db, commit), result => result is CommitResult.Committed, cancellationToken);
        if (result is CommitResult.Conflict && TicketOf(commit) is { } changed) _recent.Forget(changed.Key);
        if (result is CommitResult.Committed && commit.After is { } after)
        {
            // Who is erased from a ticket is so in a state that the store itself makes of what is left.
            if (commit.Changes.Any(change => change is HistoryErased or HistoryEmptied)) _recent.Forget(after.Key);
            else _recent.Keep(after);
        }
        return result;
    }

    private async Task<CommitResult> CommitAsync(StoreConnection db, Commit commit)
    {
        if (commit.InboxKey is { } key && !await MarkDoneAsync(db, key, commit.At)) return AlreadyDone;
        if (commit.EndedEffect is { } effect && !await EndEffectAsync(db, effect, commit)) return AlreadyDone;
        if (commit.FiredTimer is { } timer && !await db.ChangesAsync($"delete from timers where id = {timer}")) return AlreadyDone;
        if (await WriteTicketAsync(db, commit) is { } refused) return refused;
        await WriteFactsAsync(db, commit);
        if (TicketOf(commit) is { } ticket)
        {
            foreach (var change in commit.Timers) await ChangeTimerAsync(db, ticket, change);
        }
        foreach (var change in commit.Changes)
        {
            if (!await ChangeDeskAsync(db, commit.Guild, change)) return Conflict;
        }
        if (commit.Message is { } message) await SaveMessageAsync(db, message);
        foreach (var kept in commit.Kept) await SaveMessageAsync(db, kept);
        if (commit is { Unkept: { } unkept, After: { } its })
            await db.ExecuteAsync($"delete from messages where guild_id = {its.Guild} and ticket = {its.Number} and id = {unkept}");
        if (commit.Panel is { } panel) await SavePanelAsync(db, panel);
        await AuditAsync(db, commit.Guild, new AuditSignature(commit.At, commit.By, commit.Program), commit.Deeds);
        return new CommitResult.Committed(await QueueEffectsAsync(db, commit));
    }

    // Null when the ticket is written, or none has to be.
    private async Task<CommitResult?> WriteTicketAsync(StoreConnection db, Commit commit)
    {
        if (commit.Facts.Count == 0) return await IsUnchangedAsync(db, commit.Before) ? null : Conflict;
        try
        {
            var written = commit.Before is { } before ? await UpdateAsync(db, before.Version, commit.After!) : await InsertAsync(db, commit.After!);
            if (!written) return Conflict;
            await WriteTokenAsync(db, commit.Before, commit.After!);
            await WriteFurtherHomesAsync(db, commit.Before, commit.After!);
            await WriteNotesAsync(db, commit.Before?.Notes ?? [], commit.After!);
            await IndexTicketAsync(db, commit.Before, commit.After!);
            return null;
        }
        catch (DbException exception) when (db.Dialect.IsSlotTaken(exception))
        {
            return SlotTaken;
        }
    }

    // What was decided on a ticket is decided on that state of it, even when it changes nothing.
    private static async Task<bool> IsUnchangedAsync(StoreConnection db, Ticket? ticket) =>
        ticket is null || await db.FindAsync($"select version from tickets where guild_id = {ticket.Guild} and number = {ticket.Number}", row => row.GetInt64(0)) == ticket.Version;

    private static Task<bool> InsertAsync(StoreConnection db, Ticket ticket) => db.ChangesAsync(
        $"""
        insert into tickets (guild_id, number, department, opener_id, status, slot, claimed_by, home_channel_id, home_gone,
          transcript_token, opened_at, closed_at, priority, version, doc)
        values ({ticket.Guild}, {ticket.Number}, {ticket.Department}, {ticket.Opener}, {NameOf(ticket.Status)}, {SlotOf(ticket)}, {ticket.Claim?.By},
          {ticket.Home.Channel}, {ticket.Home.Gone}, {ticket.TranscriptToken}, {ticket.OpenedAt}, {ticket.Closing?.At}, {RankOf(ticket)}, {ticket.Version}, {Write(ticket)})
        on conflict (guild_id, number) do nothing
        """);

    private static Task<bool> UpdateAsync(StoreConnection db, int before, Ticket ticket) => db.ChangesAsync(
        $"""
        update tickets set department = {ticket.Department}, status = {NameOf(ticket.Status)}, slot = {SlotOf(ticket)}, claimed_by = {ticket.Claim?.By},
          home_channel_id = {ticket.Home.Channel}, home_gone = {ticket.Home.Gone}, closed_at = {ticket.Closing?.At}, priority = {RankOf(ticket)}, version = {ticket.Version}, doc = {Write(ticket)}
        where guild_id = {ticket.Guild} and number = {ticket.Number} and version = {before}
        """);

    // Rare, and in an index of its own: the ordinary update need not look at it.
    private static async Task WriteTokenAsync(StoreConnection db, Ticket? before, Ticket after)
    {
        if (before is null || before.TranscriptToken == after.TranscriptToken) return;
        await db.ExecuteAsync($"update tickets set transcript_token = {after.TranscriptToken} where guild_id = {after.Guild} and number = {after.Number}");
    }

    private static async Task WriteFurtherHomesAsync(StoreConnection db, Ticket? before, Ticket after)
    {
        var (had, has) = (before?.FurtherHomes.ToList() ?? [], after.FurtherHomes.ToList());
        foreach (var channel in had.Except(has))
            await db.ExecuteAsync($"delete from further_homes where guild_id = {after.Guild} and ticket = {after.Number} and channel_id = {channel}");
        foreach (var channel in has.Except(had))
            await db.ExecuteAsync($"insert into further_homes (guild_id, ticket, channel_id) values ({after.Guild}, {after.Number}, {channel})");
    }

    private static async Task WriteNotesAsync(StoreConnection db, ValueList<Note> before, Ticket after)
    {
        if (after.Notes == before) return;
        var notes = JsonSerializer.Serialize(after.Notes, DeskJson.Default.ValueListNote);
        await db.ExecuteAsync(
            $"""
            insert into ticket_notes (guild_id, ticket, doc) values ({after.Guild}, {after.Number}, {notes})
            on conflict (guild_id, ticket) do update set doc = excluded.doc
            """);
    }

    private async Task WriteFactsAsync(StoreConnection db, Commit commit)
    {
        var ticket = commit.Before;
        long id = commit.Before?.Version ?? 0;
        foreach (var fact in commit.Facts)
        {
            await WriteFactAsync(db, commit, ++id, fact, commit.By);
            await MeasureAsync(db, commit, id, Measures.Of(ticket, fact, commit.By));
            ticket = fact.ApplyTo(ticket);
            if (Announcements.Of(fact, ticket, commit.By) is { } told) await OweAsync(db, commit.Guild, ticket.Number, told);
        }
    }

    private Task WriteFactAsync(StoreConnection db, Commit commit, long id, Fact fact, UserId by)
    {
        var kind = _rules.KindOf(fact);
        return db.PutAsync(
            $"""
            insert into facts (guild_id, ticket, id, at, by_id, name, data)
            values ({commit.Guild}, {commit.After!.Number}, {id}, {commit.At}, {by}, {kind.Name}, {kind.Write(fact)})
            """);
    }

    private static void Check(Commit commit)
    {
        var before = commit.Before?.Version ?? 0;
        var after = commit.After?.Version ?? before;
        if (after != before + commit.Facts.Count) throw new ArgumentException("A ticket changes only by facts, and each raises its version by one.", nameof(commit));
        if (TicketOf(commit) is { } ticket && ticket.Guild != commit.Guild) throw new ArgumentException("The ticket is another guild's.", nameof(commit));
        if (commit.Kept.Any(message => message.Guild != commit.Guild || message.Ticket != TicketOf(commit)?.Number)) throw new ArgumentException("A message is another ticket's.", nameof(commit));
        if (TicketOf(commit) is null && commit.Timers.Count > 0) throw new ArgumentException("Timers belong to a ticket.", nameof(commit));
    }

    private static Ticket? TicketOf(Commit commit) => commit.After ?? commit.Before;

    private static long? SlotOf(Ticket ticket) => ticket.IsOpen ? ticket.Slot : null;

    // What nobody has sorted is as urgent as most are.
    private static long RankOf(Ticket ticket) => (long)(ticket.Priority ?? Priority.Medium);

    private static string Write(Ticket ticket) => JsonSerializer.Serialize(ticket.Notes.Count == 0 ? ticket : ticket with { Notes = [] }, DeskJson.Default.Ticket);

    private static string NameOf(TicketStatus status) => status switch
    {
        TicketStatus.Opening => "opening",
        TicketStatus.Open => "open",
        TicketStatus.Closed => "closed",
        TicketStatus.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
