using Usher.Desk.Figures;
using Usher.Desk.Values;

namespace Usher.Storage;

// Where many people answer in many departments a year of days is half a million rows. Months that are over are added up, so that it is some twenty thousand: the people's by month, and all people's together by day.
public sealed partial class DeskStore
{
    // Whoever decided at the end of a month may write a moment after it, and clocks differ.
    private static readonly TimeSpan Settling = TimeSpan.FromDays(1);

    /// <summary>Adds up the months that are over and have not been yet, or have changed since: a later rating, a ticket taken over from another system.</summary>
    public async Task AddUpMonthsAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var end = MonthNumber.Of(now - Settling);
        var begun = await ListAsync(
            $"select guild_id, (select min(day) from figures where figures.guild_id = guilds.guild_id) from (select distinct guild_id from ticket_totals) guilds",
            row => (Guild: row.Id<GuildId>(0), First: row.NumberOrNull(1)),
            cancellationToken);
        foreach (var (guild, first) in begun)
        {
            if (first is not { } day) continue;
            var done = (await AddedUpAsync(guild, day, MonthNumber.FirstDayOf(end), cancellationToken)).ToHashSet();
            for (var month = MonthNumber.Of(day); month < end; month++)
                if (!done.Contains(month)) await AddUpAsync(guild, month, cancellationToken);
        }
    }

    // The mark comes first: whoever reopens the month meanwhile waits for it, or is waited for, and no measure falls between the two.
    private Task AddUpAsync(GuildId guild, long month, CancellationToken cancellationToken) => WriteAsync(
        async db =>
        {
            await db.ExecuteAsync($"insert into figure_months (guild_id, month, added_up) values ({guild}, {month}, {true}) on conflict (guild_id, month) do update set added_up = excluded.added_up");
            var (first, end) = (MonthNumber.FirstDayOf(month), MonthNumber.FirstDayOf(month + 1));
            await db.ExecuteAsync($"delete from figures_by_month where guild_id = {guild} and month = {month}");
            await db.ExecuteAsync($"delete from figures_by_day where guild_id = {guild} and day >= {first} and day < {end}");
            await db.ExecuteAsync(
                $"""
                insert into figures_by_month (guild_id, month, kind, department, person_id, times, total, durations)
                select guild_id, {month}, kind, department, person_id, cast(sum(times) as bigint), cast(sum(total) as bigint), {db.Dialect.Joined("durations")}
                from figures where guild_id = {guild} and day >= {first} and day < {end} group by guild_id, kind, department, person_id
                """);
            return await db.ExecuteAsync(
                $"""
                insert into figures_by_day (guild_id, day, kind, department, times, total, durations)
                select guild_id, day, kind, department, cast(sum(times) as bigint), cast(sum(total) as bigint), {db.Dialect.Joined("durations")}
                from figures where guild_id = {guild} and day >= {first} and day < {end} group by guild_id, day, kind, department
                """);
        },
        cancellationToken);

    // Of the months that begin between two days, as they were counted from 1970.
    private Task<IReadOnlyList<long>> AddedUpAsync(GuildId guild, long first, long last, CancellationToken cancellationToken) => ListAsync(
        $"select month from figure_months where guild_id = {guild} and month >= {MonthNumber.Of(first)} and month <= {MonthNumber.Of(last)} and added_up = 1",
        row => row.GetInt64(0),
        cancellationToken);

    // What is measured now belongs to this month, which nobody has added up. What changes an earlier one has it added up again.
    private static async Task ReopenMonthsAsync(StoreConnection db, GuildId guild, DateTimeOffset now, ValueList<Measure> measures)
    {
        var current = MonthNumber.Of(now);
        foreach (var measure in measures)
        {
            var month = MonthNumber.Of(measure.At);
            if (month == current) continue;
            await db.PutAsync($"insert into figure_months (guild_id, month, added_up) values ({guild}, {month}, {false}) on conflict (guild_id, month) do update set added_up = excluded.added_up");
        }
    }
}
