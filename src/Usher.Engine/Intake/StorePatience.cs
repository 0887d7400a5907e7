using Microsoft.Extensions.Logging;
using Usher.Storage;

namespace Usher.Engine.Intake;

/// <summary>Waits while the database cannot be used: what Discord tells it tells once.</summary>
public sealed partial class StorePatience(TimeProvider time, ILogger<StorePatience> log)
{
    private static readonly TimeSpan StoreRetry = TimeSpan.FromSeconds(1);

    /// <summary>Does some work, again and again until the database can be used.</summary>
    public Task WaitAsync(Func<Task> work, CancellationToken cancellation) => WaitAsync(
        async () =>
        {
            await work();
            return true;
        },
        cancellation);

    /// <summary>The same, for work that comes to something.</summary>
    public async Task<T> WaitAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await work();
            }
            catch (StoreUnavailableException failure)
            {
                Tell(failure);
                await Task.Delay(StoreRetry, time, cancellation);
            }
        }
    }

    /// <summary>Says in the log that the database cannot be used.</summary>
    public void Tell(StoreUnavailableException failure) => LogStoreUnavailable(failure.Reason, failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database cannot be used ({Reason}).")]
    private partial void LogStoreUnavailable(StoreFailure reason, Exception failure);
}
