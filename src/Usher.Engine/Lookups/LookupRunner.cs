using Microsoft.Extensions.Logging;
using Usher.Desk.Features.Asking;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Engine.Outgoing;

namespace Usher.Engine.Lookups;

/// <summary>A place where answers can be looked up.</summary>
/// <returns>What was found; anything thrown means that the place cannot be asked now.</returns>
public delegate Task<Finding> LookupSource(string value, CancellationToken cancellation);

/// <summary>Asks the sources, side by side, and gives up in time: whatever is slow or down must not hold a ticket up.</summary>
public sealed partial class LookupRunner(IReadOnlyDictionary<string, LookupSource> sources, TimeProvider time, ILogger<LookupRunner> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Asks.</summary>
    public async Task<ValueList<LookedUp>> FindAsync(ValueList<LookupQuery> queries, CancellationToken cancellation) =>
        (await Task.WhenAll(queries.Select(async query => new LookedUp(query, await FindAsync(query, cancellation))))).ToValueList();

    private async Task<Finding> FindAsync(LookupQuery query, CancellationToken cancellation)
    {
        if (!sources.TryGetValue(query.Source, out var source)) return new Finding(FindingState.Unavailable);
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            return await source(query.Value, either.Token).WaitAsync(either.Token);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            LogUnavailable(query.Source, failure.GetType().Name, Failures.IsPassing(failure));
            return new Finding(FindingState.Unavailable);
        }
    }

    // The value is a member's words, and a failure may repeat it: neither is logged.
    [LoggerMessage(Level = LogLevel.Warning, Message = "The source {Source} could not be asked: {Failure} (passing: {Passing}).")]
    private partial void LogUnavailable(string source, string failure, bool passing);
}
