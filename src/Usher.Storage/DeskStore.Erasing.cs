using System.Text.Json;
using Usher.Desk.Engine;
using Usher.Desk.Features.Erasing;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Redacting;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Storage.Erasing;

namespace Usher.Storage;

/// <summary>Tickets that were looked through for somebody.</summary>
/// <param name="Last">The last number that was looked at.</param>
/// <param name="Theirs">Those in which they stand.</param>
/// <param name="Perhaps">Those with forwarded messages, of which some may be theirs.</param>
public sealed record TicketsWith(long Last, IReadOnlyList<long> Theirs, IReadOnlyList<long> Perhaps);

// Taking somebody out of everything that is kept. Each piece of work is short, whole in itself and harmless when it is done again, so that it can stop at any point.
public sealed partial class DeskStore
{
    private const int TicketsAtOnce = 500;

    /// <summary>Looks through the next tickets of a guild for somebody, wherever their id stands; null when there are no more.</summary>
    public async Task<TicketsWith?> TicketsWithAsync(GuildId guild, UserId member, long after, CancellationToken cancellationToken)
    {
        var numbers = await ListAsync($"select number from tickets where guild_id = {guild} and number > {after} order by number limit {TicketsAtOnce}", row => row.GetInt64(0), cancellationToken);
        if (numbers.Count == 0) return null;
        var (last, sign) = (numbers[^1], Sign(member));
        var theirs = await ListAsync(
            $"""
            select number from tickets where guild_id = {guild} and number > {after} and number <= {last} and (opener_id = {member} or claimed_by = {member} or doc like {sign})
            union select ticket from facts where guild_id = {guild} and ticket > {after} and ticket <= {last} and (by_id = {member} or data like {sign})
            union select ticket from ticket_notes where guild_id = {guild} and ticket > {after} and ticket <= {last} and doc like {sign}
            union select ticket from messages where guild_id = {guild} and ticket > {after} and ticket <= {last} and (author_id = {member} or payload like {sign})
            union select ticket from message_versions where guild_id = {guild} and ticket > {after} and ticket <= {last} and payload like {sign}
            order by 1
            """,
            row => row.GetInt64(0),
            cancellationToken);
        var forwards = await ListAsync(
            $"""
            select distinct ticket from messages where guild_id = {guild} and ticket > {after} and ticket <= {last} and payload like '%"message_snapshots"%'
            order by ticket
            """,
            row => row.GetInt64(0),
            cancellationToken);
        return new TicketsWith(last, theirs, [.. forwards.Except(theirs)]);
    }

    /// <summary>What somebody was called wherever they wrote or asked for help.</summary>
    public async Task<ValueList<string>> NamesOfAsync(GuildId guild, UserId member, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var ticket in await TicketsOfAsync(guild, member, cancellationToken)) names.Add(ticket.OpenerName);
        var (number, message) = (0L, 0L);
        while (true)
        {
            var (afterTicket, afterMessage) = (number, message);
            var page = await ListAsync(
                $"""
                select ticket, id, payload from messages
                where guild_id = {guild} and author_id = {member} and (ticket > {afterTicket} or (ticket = {afterTicket} and id > {afterMessage})) order by ticket, id limit {MessagesInPage}
                """,
                row => (Ticket: row.GetInt64(0), Id: row.GetInt64(1), Payload: row.Utf8(2)),
                cancellationToken);
            foreach (var (_, _, payload) in page) AddNames(names, payload);
            if (page.Count < MessagesInPage) break;
            (number, message, _) = page[^1];
        }
        return names.Where(name => name.Length > 1 && name != Nobody.Name).OrderByDescending(name => name.Length).ThenBy(name => name, StringComparer.Ordinal).ToValueList();
    }

    /// <summary>Erases somebody from what stands beside the tickets: forms, answers of the API, what could not be done or was told to programs, figures.</summary>
    public Task EraseBesideAsync(GuildId guild, ErasedMember who, DateTimeOffset at, CancellationToken cancellationToken)
    {
        // What was deferred is decided within minutes, or never.
        var stale = at - Usher.Desk.Effects.InteractionRef.Life;
        var (member, sign, ofGuild, stream, caller) = (who.User, Sign(who.User), $"%{guild}%", $"p:{guild}:{who.User}", $"user:{who.User}");
        return WriteAsync(
            async db =>
            {
                await db.ExecuteAsync($"delete from forms where guild_id = {guild} and user_id = {member}");
                await db.ExecuteAsync($"update blocked_members set reason = null where guild_id = {guild} and user_id = {member}");
                await db.ExecuteAsync($"update blocked_members set by_id = {Nobody.Id} where guild_id = {guild} and by_id = {member}");
                await db.ExecuteAsync($"delete from direct_channels where user_id = {member}");
                await db.ExecuteAsync($"delete from data_links where guild_id = {guild} and (user_id = {member} or asked_by = {member})");
                await db.ExecuteAsync($"delete from api_answers where guild_id = {guild} and status is not null and (caller = {caller} or body like {sign})");
                await db.ExecuteAsync($"update api_keys set acts_as = {Nobody.Id}, revoked_at = coalesce(revoked_at, {at}) where guild_id = {guild} and acts_as = {member}");
                await db.ExecuteAsync($"delete from effects where guild_id = {guild} and failed_at is not null and (stream = {stream} or body like {sign})");
                await db.ExecuteAsync($"delete from effects where guild_id = {guild} and stream = {stream} and due_at < {stale}");
                await db.ExecuteAsync($"delete from webhook_deliveries where guild_id = {guild} and body like {sign}");
                await db.ExecuteAsync($"update inbox set payload = null, done_at = {at} where done_at is null and received_at < {stale} and payload like {sign} and payload like {ofGuild}");
                foreach (var name in who.Names)
                {
                    await db.ExecuteAsync($"update webhooks set created_by = {Nobody.Name} where guild_id = {guild} and created_by = {name}");
                    await db.ExecuteAsync($"update api_key_events set by_name = {Nobody.Name} where guild_id = {guild} and by_name = {name}");
                }
                await db.ExecuteAsync(
                    $"""
                    insert into figures_by_span (guild_id, days, first_day, kind, department, person_id, times, total, durations)
                    select guild_id, days, first_day, kind, department, {Nobody.Id}, times, total, durations from figures_by_span where guild_id = {guild} and person_id = {member}
                    on conflict (guild_id, days, first_day, kind, department, person_id) do update
                      set times = figures_by_span.times + excluded.times, total = figures_by_span.total + excluded.total, durations = figures_by_span.durations || excluded.durations
                    """);
                await db.ExecuteAsync($"delete from figures_by_span where guild_id = {guild} and person_id = {member}");
                await db.ExecuteAsync(
                    $"""
                    insert into figures (guild_id, day, kind, department, person_id, times, total, durations)
                    select guild_id, day, kind, department, {Nobody.Id}, times, total, durations from figures where guild_id = {guild} and person_id = {member}
                    on conflict (guild_id, day, kind, department, person_id) do update
                      set times = figures.times + excluded.times, total = figures.total + excluded.total, durations = figures.durations || excluded.durations
                    """);
                return await db.ExecuteAsync($"delete from figures where guild_id = {guild} and person_id = {member}");
            },
            cancellationToken);
    }

    /// <summary>An erasure has come so far.</summary>
    public Task SaveErasureAsync(DueErasure erasure, CancellationToken cancellationToken)
    {
        var names = erasure.Names is { } known ? JsonSerializer.Serialize(known, DeskJson.Default.ValueListString) : null;
        var kept = string.Join(',', erasure.Erasure.Kept);
        return ChangeAsync(
            $"""
            update erasures set after_ticket = {erasure.AfterTicket}, names = {names}, kept = {kept}, until_at = {erasure.Until}
            where guild_id = {erasure.Guild} and number = {erasure.Erasure.Number} and due_at is not null
            """,
            cancellationToken);
    }

    /// <summary>An erasure goes on later.</summary>
    public Task PostponeErasureAsync(DueErasure erasure, DateTimeOffset due, CancellationToken cancellationToken) =>
        ChangeAsync($"update erasures set due_at = {due} where guild_id = {erasure.Guild} and number = {erasure.Erasure.Number} and due_at is not null", cancellationToken);

    /// <summary>Whether something is still to be done for a ticket.</summary>
    public async Task<bool> OwesAsync(TicketKey ticket, CancellationToken cancellationToken) =>
        await FindAsync($"select 1 from effects where guild_id = {ticket.Guild} and ticket = {ticket.Number} and failed_at is null limit 1", _ => true, cancellationToken);

    /// <summary>Another program may have changed tickets in their past: they are read anew.</summary>
    public void ForgetRecent() => _recent.Clear();

    /// <summary>What was taken away is taken out of what the database has on its disk, too, as far as that takes no long time.</summary>
    public async Task WipeAsync(CancellationToken cancellationToken)
    {
        await MergeWordsAsync(cancellationToken);
        await Writer.AloneAsync(_dialect!.WipeAsync, cancellationToken);
    }

    /// <summary>Words that nothing has any more are taken out of the search's own pages, a little at a time.</summary>
    public async Task MergeWordsAsync(CancellationToken cancellationToken)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            var begins = isFirst;
            if (!await WriteAsync(db => db.Dialect.ForgetWordsAsync(db, begins), cancellationToken)) break;
        }
    }

    private static string Sign(UserId member) => $"%{member}%";

    private async Task EraseHistoryAsync(StoreConnection db, GuildId guild, HistoryErased change)
    {
        var (number, member, sign) = (change.Ticket, change.Member, Sign(change.Member));
        var (isOpener, redacted) = (false, new List<MessageId>());
        await RewriteHistoryAsync(
            db, guild, number,
            (fact, by) =>
            {
                if (fact is TicketOpened opened) isOpener = opened.Opener == member;
                if (fact is MessageRedacted taken && taken.By == member) redacted.Add(taken.Message);
                return (Forgetting.Of(fact, member, isOpener), by == member ? Nobody.Id : by);
            },
            written => Forgetting.WithoutId(written, member));
        // What somebody took away from others stays so, and who did is not said any more.
        foreach (var message in redacted) await db.ExecuteAsync($"update messages set redacted_by = {Nobody.Name} where guild_id = {guild} and ticket = {number} and id = {message}");
        await db.ExecuteAsync($"update measures set person_id = {Nobody.Id} where guild_id = {guild} and ticket = {number} and person_id = {member}");
        // What this very decision has still to do is queued after it.
        await db.ExecuteAsync($"delete from effects where guild_id = {guild} and ticket = {number} and ({isOpener} = 1 or (failed_at is not null and body like {sign}))");
        await db.ExecuteAsync($"delete from webhook_deliveries where guild_id = {guild} and ticket = {number} and ({isOpener} = 1 or body like {sign})");
        if (!isOpener) return;
        var named = $"%\"{TicketIds.Of(number)}\"%";
        await db.ExecuteAsync($"delete from api_answers where guild_id = {guild} and status is not null and body like {named}");
        await EraseSourcesAsync(db, guild, number);
        // Whose ticket it was stands beside every word of it in the index.
        await db.ExecuteAsync($"insert into search_backlog (guild_id, ticket, after_id) values ({guild}, {number}, 0) on conflict (guild_id, ticket) do update set after_id = 0");
    }

    private static async Task EraseSourcesAsync(StoreConnection db, GuildId guild, long number)
    {
        var names = await db.ListAsync($"select source, source_id from imported_tickets where guild_id = {guild} and ticket = {number}", row => (System: row.GetString(0), Id: row.GetString(1)));
        foreach (var (system, id) in names.Where(name => !ErasedSource.Is(name.Id)))
            await db.ExecuteAsync($"update imported_tickets set source_id = {ErasedSource.Of(id)} where guild_id = {guild} and source = {system} and source_id = {id}");
    }

    // What is left of the facts, and the ticket as they make it then.
    private async Task RewriteHistoryAsync(StoreConnection db, GuildId guild, long number, Func<Fact, UserId, (Fact Fact, UserId By)> leave, Func<string, string> leaveOfText)
    {
        var history = await db.ListAsync(
            $"select id, by_id, name, data from facts where guild_id = {guild} and ticket = {number} order by id",
            row => (Id: row.GetInt64(0), By: row.Id<UserId>(1), Name: row.GetString(2), Data: row.GetString(3)));
        Ticket? state = null;
        foreach (var (id, by, name, data) in history)
        {
            var kind = _rules.KindNamed(name);
            var fact = kind.Read(data);
            var (left, leftBy) = leave(fact, by);
            var written = leaveOfText(left == fact ? data : kind.Write(left));
            if (written != data || leftBy != by) await db.ExecuteAsync($"update facts set data = {written}, by_id = {leftBy} where guild_id = {guild} and ticket = {number} and id = {id}");
            state = kind.Read(written).ApplyTo(state);
        }
        if (state is null || !await UpdateAsync(db, state.Version, state)) throw new InvalidOperationException("A ticket's history is not what its state says.");
        await db.ExecuteAsync($"update tickets set opener_id = {state.Opener} where guild_id = {guild} and number = {number} and opener_id <> {state.Opener}");
        if (state.ContentRemovedAt is { } removed) await db.ExecuteAsync($"update tickets set content_removed = {removed} where guild_id = {guild} and number = {number}");
        await WriteNotesAsync(db, [], state);
        await IndexTicketAsync(db, null, state);
    }

    private static void AddNames(HashSet<string> names, byte[] payload)
    {
        using var message = JsonDocument.Parse(payload);
        if (message.RootElement.TryGetProperty("author", out var author))
        {
            Add(author, "username");
            Add(author, "global_name");
        }
        if (message.RootElement.TryGetProperty("member", out var member)) Add(member, "nick");

        void Add(JsonElement person, string name)
        {
            if (person.ValueKind == JsonValueKind.Object && person.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String) names.Add(value.GetString()!);
        }
    }
}
