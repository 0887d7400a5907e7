using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Usher.Desk.Engine;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Storage;

/// <summary>An erasure that is to be done, and how far it is.</summary>
/// <param name="Guild">The guild.</param>
/// <param name="Erasure">The erasure.</param>
/// <param name="AfterTicket">The last ticket that was gone through.</param>
/// <param name="Names">What the member was called; null while that is not known.</param>
/// <param name="Until">When the first of the kept tickets may go; null when none is kept so far.</param>
public sealed record DueErasure(GuildId Guild, Erasure Erasure, long AfterTicket, ValueList<string>? Names, DateTimeOffset? Until);

// Which erasures there are: asked for, decided, under way.
public sealed partial class DeskStore
{
    private static readonly SqlWords ErasureColumns = new(
        "number, user_id, state, asked_by, asked_by_program, asked_at, decided_by, decided_by_program, decided_at, channel_id, message_id, due_at, kept, ended_at, guild_id, after_ticket, names, until_at");

    /// <summary>An erasure; null when there is none of that number.</summary>
    public Task<Erasure?> FindErasureAsync(GuildId guild, long number, CancellationToken cancellationToken) =>
        FindAsync($"select {ErasureColumns} from erasures where guild_id = {guild} and number = {number}", ReadErasure, cancellationToken);

    /// <summary>The newest erasure of a member; null when there never was one.</summary>
    public Task<Erasure?> FindErasureOfAsync(GuildId guild, UserId member, CancellationToken cancellationToken) =>
        FindAsync($"select {ErasureColumns} from erasures where guild_id = {guild} and user_id = {member} order by number desc limit 1", ReadErasure, cancellationToken);

    /// <summary>The erasures of a guild, the newest first; or those that wait for a second person, the oldest first.</summary>
    public Task<IReadOnlyList<Erasure>> ErasuresAsync(GuildId guild, bool waiting, int limit, CancellationToken cancellationToken) => waiting
        ? ListAsync($"select {ErasureColumns} from erasures where guild_id = {guild} and state = 'asked' order by number limit {limit}", ReadErasure, cancellationToken)
        : ListAsync($"select {ErasureColumns} from erasures where guild_id = {guild} order by number desc limit {limit}", ReadErasure, cancellationToken);

    /// <summary>What is known of erasures, for a decision.</summary>
    /// <param name="guild">The guild.</param>
    /// <param name="query">Whose, or which.</param>
    /// <param name="privacy">What must stay.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ErasureMatter> ErasureMatterAsync(GuildId guild, ErasureQuery query, PrivacySettings privacy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const int MostWaiting = 20;
        if (query is { Member: null, Number: null }) return new ErasureMatter { Waiting = (await ErasuresAsync(guild, waiting: true, MostWaiting, cancellationToken)).ToValueList() };
        var found = query.Number is { } number ? await FindErasureAsync(guild, number, cancellationToken) : await FindErasureOfAsync(guild, query.Member!.Value, cancellationToken);
        var member = query.Member ?? found?.Member;
        return new ErasureMatter
        {
            Found = found,
            Survey = member is { } whom ? await SurveyAsync(guild, whom, privacy, now, cancellationToken) : null,
            NextNumber = 1 + await FindAsync($"select coalesce(max(number), 0) from erasures where guild_id = {guild}", row => row.GetInt64(0), cancellationToken),
        };
    }

    /// <summary>What is kept of a member: what would go, and what must stay.</summary>
    public async Task<ErasureSurvey> SurveyAsync(GuildId guild, UserId member, PrivacySettings privacy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var own = await TicketsOfAsync(guild, member, cancellationToken);
        var taken = await ListAsync($"select {TicketColumns} from tickets where guild_id = {guild} and claimed_by = {member} and slot is not null", ReadTicket, cancellationToken);
        var written = await ListAsync(
            $"select ticket, count(*) from messages where guild_id = {guild} and author_id = {member} group by ticket", row => (Ticket: row.GetInt64(0), Messages: row.GetInt64(1)), cancellationToken);
        var kept = new Dictionary<KeepRule, (long Tickets, DateTimeOffset Until)>();
        long messages = 0, files = 0;
        foreach (var (number, count) in written)
        {
            var ticket = own.FirstOrDefault(one => one.Number == number) ?? await FindTicketAsync(new TicketKey(guild, number), cancellationToken);
            if (ticket is null || privacy.KeeperOf(ticket, now) is not null) continue;
            messages += count;
            files += await FindAsync(
                $"""
                select count(*) from attachments a join messages m on m.guild_id = a.guild_id and m.ticket = a.ticket and m.id = a.message_id
                where a.guild_id = {guild} and a.ticket = {number} and m.author_id = {member} and a.state <> 'erased'
                """,
                row => row.GetInt64(0),
                cancellationToken);
        }
        foreach (var ticket in own.Where(ticket => !ticket.IsOpen))
        {
            if (privacy.KeeperOf(ticket, now) is not { } rule) continue;
            var (tickets, until) = kept.GetValueOrDefault(rule);
            var end = EndOf(rule, ticket, now);
            kept[rule] = (tickets + 1, end > until ? end : until);
        }
        var forms = await DraftsOfAsync(guild, member, cancellationToken);
        return new ErasureSurvey(
            member, own.Count(ticket => !ticket.IsOpen) - kept.Values.Sum(some => some.Tickets), messages, files, forms.Count, await FindBlockAsync(guild, member, cancellationToken) is not null)
        {
            Kept = kept.Select(pair => new KeptTickets(pair.Value.Tickets, pair.Value.Until, pair.Key.Reason)).ToValueList(),
            Open = own.Concat(taken).Where(ticket => ticket.IsOpen).Select(ticket => ticket.Number).Distinct().Order().ToValueList(),
        };
    }

    /// <summary>Erasures that are to be done, or gone on with, the longest due first.</summary>
    public Task<IReadOnlyList<DueErasure>> DueErasuresAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) => ListAsync(
        $"select {ErasureColumns} from erasures where due_at <= {now} order by due_at, guild_id, number limit {limit}",
        row => new DueErasure(
            row.Id<GuildId>(14), ReadErasure(row), row.GetInt64(15), row.TextOrNull(16) is { } names ? JsonSerializer.Deserialize(names, DeskJson.Default.ValueListString) : null, row.InstantOrNull(17)),
        cancellationToken);

    /// <summary>When the last erasure ended, by whichever program; null when none ever did.</summary>
    public Task<DateTimeOffset?> LastErasureAsync(CancellationToken cancellationToken) =>
        FindAsync($"select max(ended_at) from erasures where ended_at is not null", row => row.InstantOrNull(0), cancellationToken);

    /// <summary>When something must stay until, at the latest.</summary>
    internal static DateTimeOffset EndOf(KeepRule rule, Ticket ticket, DateTimeOffset now) => (ticket.Closing?.At ?? now) + rule.For;

    // False when it is not so any more as it was decided on: then it is decided anew.
    private static async Task<bool> AskAsync(StoreConnection db, GuildId guild, ErasureAsked asked) => await db.ChangesAsync(
        $"""
        insert into erasures (guild_id, number, user_id, state, asked_by, asked_by_program, asked_at)
        values ({guild}, {asked.Number}, {asked.Member}, 'asked', {asked.By.User}, {asked.By.Program}, {asked.At}) on conflict do nothing
        """);

    private static Task<bool> DecideAsync(StoreConnection db, GuildId guild, ErasureDecided decided)
    {
        var state = decided.Approves ? "approved" : "denied";
        DateTimeOffset? due = decided.Approves ? decided.At : null;
        return db.ChangesAsync(
            $"""
            update erasures set state = {state}, decided_by = {decided.By.User}, decided_by_program = {decided.By.Program}, decided_at = {decided.At}, due_at = {due}
            where guild_id = {guild} and number = {decided.Number} and state = 'asked'
            """);
    }

    private static Task<int> ShowAsync(StoreConnection db, GuildId guild, ErasureShown shown) =>
        db.ExecuteAsync($"update erasures set channel_id = {shown.Channel}, message_id = {shown.Message} where guild_id = {guild} and number = {shown.Number}");

    private static Task<int> EndAsync(StoreConnection db, GuildId guild, ErasureEnded ended)
    {
        var kept = string.Join(',', ended.Kept.Select(number => number.ToString(CultureInfo.InvariantCulture)));
        var state = ended.Again is null ? "done" : "kept";
        return db.ExecuteAsync(
            $"""
            update erasures set state = {state}, ended_at = {ended.At}, due_at = {ended.Again}, kept = {kept}, names = null, after_ticket = 0, until_at = null
            where guild_id = {guild} and number = {ended.Number} and state in ('approved', 'kept')
            """);
    }

    private static Erasure ReadErasure(DbDataReader row) => new(
        row.GetInt64(0), row.Id<UserId>(1), row.GetString(2) switch
        {
            "asked" => ErasureState.Asked,
            "approved" => ErasureState.Approved,
            "denied" => ErasureState.Denied,
            "kept" => ErasureState.Kept,
            _ => ErasureState.Done,
        },
        new Principal(row.Id<UserId>(3), row.TextOrNull(4)), row.Instant(5))
    {
        DecidedBy = row.IsDBNull(6) ? null : new Principal(row.Id<UserId>(6), row.TextOrNull(7)),
        DecidedAt = row.InstantOrNull(8),
        Channel = row.IsDBNull(9) ? null : row.Id<ChannelId>(9),
        Message = row.IsDBNull(10) ? null : row.Id<MessageId>(10),
        DueAt = row.InstantOrNull(11),
        Kept = row.GetString(12).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(number => long.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture)).ToValueList(),
        EndedAt = row.InstantOrNull(13),
    };
}
