using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Values;

namespace Usher.Engine.Lookups;

/// <summary>
/// Gives people the roles that a table outside says they have, besides those that Discord told. Whoever acts passes here, by whichever door; what the table said
/// is believed for a minute. While it cannot be read, Discord's roles alone count.
/// </summary>
public sealed partial class StaffTable(SqlDatabases databases, TimeProvider time, ILogger<StaffTable> log)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    // It stands before every click: whoever clicks must not wait for it long, and not each of them again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(15);
    private const int MostKnown = 10_000;

    private readonly ConcurrentDictionary<(GuildId, UserId), Known> _known = new();
    private readonly ConcurrentDictionary<StaffSourceSettings, DateTimeOffset> _resting = new();

    /// <summary>Somebody with all of their roles.</summary>
    public async Task<Actor> WithRolesAsync(Actor actor, DeskSettings settings, CancellationToken cancellation)
    {
        // An API key may what it was given, and not what the table gives to whom it acts as.
        if (actor.IsDesk || actor.IsBot || actor.Standing is not null) return actor;
        var roles = await RolesOfAsync(actor.User, settings, cancellation);
        return roles.Count == 0 ? actor : actor with { Roles = actor.Roles.Concat(roles).Distinct().ToValueList() };
    }

    /// <summary>The roles that the table gives somebody; none when there is no table, or it cannot be read now.</summary>
    public async Task<ValueList<RoleId>> RolesOfAsync(UserId user, DeskSettings settings, CancellationToken cancellation) =>
        settings.StaffFrom is { Url: not null } source ? await RolesAsync(user, settings.Guild, source).WaitAsync(cancellation) : [];

    private Task<ValueList<RoleId>> RolesAsync(UserId user, GuildId guild, StaffSourceSettings source)
    {
        var now = time.GetUtcNow();
        if (_known.TryGetValue((guild, user), out var known) && known.Until > now && known.Source == source) return known.Roles;
        if (_resting.TryGetValue(source, out var until) && until > now) return Task.FromResult<ValueList<RoleId>>([]);
        if (_known.Count >= MostKnown) _known.Clear();
        // Kept while it is still being asked, so that two clicks at once ask once.
        var asked = AskAsync(user, guild, source);
        _known[(guild, user)] = new Known(source, now + Fresh, asked);
        return asked;
    }

    private async Task<ValueList<RoleId>> AskAsync(UserId user, GuildId guild, StaffSourceSettings source)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            var rows = await databases.ReadAsync(source.Url, source.Query, [source.Column], MostRows, name => name switch
            {
                SourceNames.Member => user.Value.ToString(CultureInfo.InvariantCulture),
                SourceNames.Guild => guild.Value.ToString(CultureInfo.InvariantCulture),
                _ => null,
            }, patience.Token).WaitAsync(patience.Token);
            return source.RolesOf(rows.SelectMany(row => StaffNames.In(row[source.Column])));
        }
        catch (Exception failure)
        {
            LogDown(SourceFailure.Tell(failure), Rest.TotalSeconds);
            _resting[source] = time.GetUtcNow() + Rest;
            _known.TryRemove((guild, user), out _);
            return [];
        }
    }

    // A table may hold a row for each role.
    private const int MostRows = 50;

    private sealed record Known(StaffSourceSettings Source, DateTimeOffset Until, Task<ValueList<RoleId>> Roles);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The table of staff could not be asked: {Failure}. For {Seconds} s Discord's roles alone count.")]
    private partial void LogDown(string failure, double seconds);
}
