using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Usher.Desk.Engine;
using Usher.Desk.Settings;
using Usher.Desk.Values;

namespace Usher.Storage;

/// <summary>What was changed in Discord, as it was after a change. Version 0, which is not stored, is the file alone.</summary>
/// <param name="Guild">Its guild.</param>
/// <param name="Number">Counted from 1 within the guild.</param>
/// <param name="Overrides">All that lies over the file.</param>
/// <param name="Change">What was changed, by the names of <c>usher.yml</c>.</param>
/// <param name="By">Who; zero for the command line.</param>
/// <param name="At">When.</param>
public sealed record SettingsVersion(GuildId Guild, long Number, SettingsOverrides Overrides, string Change, UserId By, DateTimeOffset At);

public sealed partial class DeskStore
{
    /// <summary>The version that holds in a guild; null when nothing was ever changed.</summary>
    public Task<SettingsVersion?> LatestSettingsAsync(GuildId guild, CancellationToken cancellationToken) =>
        FindAsync(
            $"select guild_id, version, overrides, change, by_id, at from settings_versions where guild_id = {guild} order by version desc limit 1", ReadVersion, cancellationToken);

    /// <summary>Every version of a guild, oldest first.</summary>
    public Task<IReadOnlyList<SettingsVersion>> SettingsVersionsAsync(GuildId guild, CancellationToken cancellationToken) =>
        ListAsync($"select guild_id, version, overrides, change, by_id, at from settings_versions where guild_id = {guild} order by version", ReadVersion, cancellationToken);

    /// <summary>Stores a new version.</summary>
    /// <returns>Its number.</returns>
    public Task<long> SaveSettingsAsync(GuildId guild, SettingsOverrides overrides, string change, UserId by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(overrides, DeskJson.Default.SettingsOverrides);
        return WriteAsync(
            async db =>
            {
                var version = await db.FindAsync(
                    $"""
                    insert into settings_versions (guild_id, version, overrides, change, by_id, at)
                    select {guild}, coalesce(max(version), 0) + 1, {json}, {change}, {by}, {at} from settings_versions where guild_id = {guild}
                    returning version
                    """,
                    row => row.GetInt64(0));
                var deed = new Deed("settings_changed", Detail: $"version {version.ToString(CultureInfo.InvariantCulture)}: {change}");
                await AuditAsync(db, guild, by == default ? AuditSignature.CommandLine(null, at) : new AuditSignature(at, by, null), [deed]);
                return version;
            },
            cancellationToken);
    }

    private static SettingsVersion ReadVersion(DbDataReader row) => new(
        row.Id<GuildId>(0), row.GetInt64(1), JsonSerializer.Deserialize(row.Utf8(2), DeskJson.Default.SettingsOverrides)!, row.GetString(3), row.Id<UserId>(4), row.Instant(5));
}
