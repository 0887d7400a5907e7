using Usher.Desk.Engine;
using Usher.Desk.Settings;
using Usher.Discord.Rest;

namespace Usher.Engine.Lookups;

/// <summary>Every kind of place in which something can be looked up.</summary>
internal sealed class Places(DiscordRest rest, SqlDatabases databases, HttpClients clients)
{
    internal Task<LookedUp> FindAsync(LookupQuery query, CancellationToken cancellation) => query.Source switch
    {
        InviteSourceSettings => InviteSource.FindAsync(query, rest, cancellation),
        SqlSourceSettings sql => SqlSource.FindAsync(query, sql, databases, cancellation),
        HttpSourceSettings http => HttpSource.FindAsync(query, http, clients, cancellation),
        var other => throw new InvalidOperationException($"No place is known for {other.GetType().Name}."),
    };
}
