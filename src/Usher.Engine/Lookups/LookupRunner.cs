using Microsoft.Extensions.Logging;
using Usher.Desk.Engine;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Engine.Outgoing;

namespace Usher.Engine.Lookups;

/// <summary>A place where something can be looked up.</summary>
/// <returns>What was found; anything thrown means that the place cannot be asked now.</returns>
public delegate Task<LookedUp> LookupSource(LookupQuery query, CancellationToken cancellation);

/// <summary>Asks the sources, side by side, and gives up in time: whatever is slow or down must not hold a ticket up.</summary>
public sealed partial class LookupRunner(LookupSource source, TimeProvider time, ILogger<LookupRunner> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // What is found makes the next thing askable: an invitation its guild, the guild its cases. Forms go no deeper.
    private const int MostRounds = 4;

    /// <summary>Asks until nothing more is needed, for three seconds in all.</summary>
    /// <param name="needed">What is needed, given what was found.</param>
    /// <param name="cancellation">Stops the asking.</param>
    public async Task<ValueList<LookedUp>> FindAsync(Func<ValueList<LookedUp>, ValueList<LookupQuery>> needed, CancellationToken cancellation)
    {
        ValueList<LookedUp> found = [];
        if (needed(found) is not { Count: > 0 } queries) return found;
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        for (var round = 0; round < MostRounds && queries.Count > 0; round++)
        {
            found = found.AddRange(await Task.WhenAll(queries.Select(query => FindAsync(query, either.Token, cancellation))));
            queries = needed(found).Where(query => found.All(earlier => earlier.Query != query)).ToValueList();
        }
        return found;
    }

    private async Task<LookedUp> FindAsync(LookupQuery query, CancellationToken either, CancellationToken cancellation)
    {
        // What it would have to be asked with is not known itself.
        if (query.Values.Any(value => value.Value is null)) return new LookedUp(query, FindingState.Unavailable);
        try
        {
            return await source(query, either).WaitAsync(either);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            LogUnavailable(query.Source.Key, SourceFailure.Tell(failure), Failures.IsPassing(failure));
            return new LookedUp(query, FindingState.Unavailable);
        }
    }

    // The value is a member's words, and a failure may repeat it: neither is logged.
    [LoggerMessage(Level = LogLevel.Warning, Message = "The source {Source} could not be asked: {Failure} (passing: {Passing}).")]
    private partial void LogUnavailable(string source, string failure, bool passing);
}
