using Usher.Desk.Figures;
using Usher.Desk.Values;

namespace Usher.Storage;

// Where many people answer in many departments a year of days is half a million rows. Days that are over are added up, so that it is some twenty thousand: the people's by span, and all people's together by day.
public sealed partial class DeskStore
{
    // Whoever decided at the end of a day may write a moment after it, and clocks differ.
    private static readonly TimeSpan Settling = TimeSpan.FromDays(1);

    /// <summary>Adds up the days that are over and have not been yet, or have changed since: a later rating, a ticket taken over from another system.</summary>
    public async Task AddUpDaysAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var end = DayNumber(now - Settling);
        var begun = await ListAsync(
            $"select guild_id, (select min(day) from figures where figures.guild_id = guilds.guild_id) from (select distinct guild_id from ticket_totals) guilds",
            row => (Guild: row.Id<GuildId>(0), First: row.NumberOrNull(1)),
            cancellationToken);
        foreach (var (guild, first) in begun)
        {
            if (first is not { } day) continue;
            var beginning = FigureSpan.BeginningOf(day, FigureSpan.Longest);
            var done = await AddedUpAsync(guild, beginning, end, cancellationToken);
            foreach (var length in FigureSpan.Lengths)
                foreach (var stretch in FigureStretch.Missing(length, beginning, end, done)) await AddUpAsync(guild, stretch, cancellationToken);
        }
    }

    // The marks come first: whoever reopens a span meanwhile waits for them, or is waited for, and no measure falls between the two.
    /// <summary>Adds up spans of one length.</summary>
    /// <returns>Whether it was done: a span is made of shorter ones, and these have to be there.</returns>
    internal Task<bool> AddUpAsync(GuildId guild, FigureStretch stretch, CancellationToken cancellationToken) => WriteAsync(
        async db =>
        {
            var spans = new List<FigureSpan>();
            for (var first = stretch.First; first < stretch.End; first += stretch.Length) spans.Add(new FigureSpan(stretch.Length, first));
            await MarkAsync(db, guild, spans, isAddedUp: false);
            if (stretch.Length == FigureSpan.Shortest) await MakeOfDaysAsync(db, guild, stretch);
            else if (!await MakeOfSpansAsync(db, guild, stretch)) return false;
            await MarkAsync(db, guild, spans, isAddedUp: true);
            return true;
        },
        cancellationToken);

    private static async Task MakeOfDaysAsync(StoreConnection db, GuildId guild, FigureStretch stretch)
    {
        var (length, begin, end) = stretch;
        await ForgetSpansAsync(db, guild, stretch);
        await db.ExecuteAsync(
            $"""
            insert into figures_by_span (guild_id, days, first_day, kind, department, person_id, times, total, durations)
            select guild_id, {length}, {begin} + (day - {begin}) / {length} * {length}, kind, department, person_id, cast(sum(times) as bigint), cast(sum(total) as bigint), {db.Dialect.Joined("durations")}
            from figures where guild_id = {guild} and day >= {begin} and day < {end} group by guild_id, 3, kind, department, person_id
            """);
        await db.ExecuteAsync($"delete from figures_by_day where guild_id = {guild} and day >= {begin} and day < {end}");
        await db.ExecuteAsync(
            $"""
            insert into figures_by_day (guild_id, day, kind, department, times, total, durations)
            select guild_id, day, kind, department, cast(sum(times) as bigint), cast(sum(total) as bigint), {db.Dialect.Joined("durations")}
            from figures where guild_id = {guild} and day >= {begin} and day < {end} group by guild_id, day, kind, department
            """);
    }

    // Of the shorter spans, if all of them are there: one that was reopened a moment ago would be added up as it was before.
    private static async Task<bool> MakeOfSpansAsync(StoreConnection db, GuildId guild, FigureStretch stretch)
    {
        var (length, begin, end) = stretch;
        var shorter = length / FigureSpan.Parts;
        var there = await db.FindAsync(
            $"select count(*) from figure_spans where guild_id = {guild} and days = {shorter} and first_day >= {begin} and first_day < {end} and added_up = 1", row => row.GetInt64(0));
        if (there < (end - begin) / shorter) return false;
        await ForgetSpansAsync(db, guild, stretch);
        await db.ExecuteAsync(
            $"""
            insert into figures_by_span (guild_id, days, first_day, kind, department, person_id, times, total, durations)
            select guild_id, {length}, {begin} + (first_day - {begin}) / {length} * {length}, kind, department, person_id, cast(sum(times) as bigint), cast(sum(total) as bigint), {db.Dialect.Joined("durations")}
            from figures_by_span where guild_id = {guild} and days = {shorter} and first_day >= {begin} and first_day < {end} group by guild_id, 3, kind, department, person_id
            """);
        return true;
    }

    private static Task<int> ForgetSpansAsync(StoreConnection db, GuildId guild, FigureStretch stretch) =>
        db.ExecuteAsync($"delete from figures_by_span where guild_id = {guild} and days = {stretch.Length} and first_day >= {stretch.First} and first_day < {stretch.End}");

    private async Task<IReadOnlySet<FigureSpan>> AddedUpAsync(GuildId guild, long first, long end, CancellationToken cancellationToken)
    {
        var spans = await ListAsync(
            $"select days, first_day from figure_spans where guild_id = {guild} and first_day >= {first} and first_day < {end} and added_up = 1",
            row => new FigureSpan(row.GetInt64(0), row.GetInt64(1)),
            cancellationToken);
        return spans.ToHashSet();
    }

    // What is measured now belongs to a span that is not over, which nobody has added up. What changes an earlier one has it added up again, and those that are made of it.
    private static async Task ReopenSpansAsync(StoreConnection db, GuildId guild, DateTimeOffset now, ValueList<Measure> measures)
    {
        var current = FigureSpan.BeginningOf(DayNumber(now), FigureSpan.Shortest);
        var spans = measures.Select(measure => DayNumber(measure.At)).Where(day => day < current).Distinct().SelectMany(FigureSpan.Of).Distinct().ToList();
        if (spans.Count > 0) await MarkAsync(db, guild, spans, isAddedUp: false);
    }

    // Where there is nothing to change a mark is locked all the same, and no new version of it written.
    private static Task MarkAsync(StoreConnection db, GuildId guild, IReadOnlyList<FigureSpan> spans, bool isAddedUp)
    {
        var sql = Begin($"insert into figure_spans (guild_id, days, first_day, added_up) values ");
        for (var number = 0; number < spans.Count; number++)
        {
            if (number > 0) sql.AppendLiteral(", ");
            sql.Add($"({guild}, {spans[number].Length}, {spans[number].First}, {isAddedUp})");
        }
        sql.Add($" on conflict (guild_id, days, first_day) do update set added_up = excluded.added_up where figure_spans.added_up <> excluded.added_up");
        return db.PutAsync(sql);
    }
}
