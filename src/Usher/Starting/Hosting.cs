using System.Text.Json;
using Usher.Discord.Gateway;
using Usher.Discord.Rest;
using Usher.Engine;
using Usher.Storage;

namespace Usher.Starting;

/// <summary>A desk within the program: started with patience for what passes, with a sentence for what does not, and stopped cleanly.</summary>
internal sealed partial class Hosting(ILogger<Hosting> log) : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    // Short enough to be ready when it is, long enough to cost nothing.
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    /// <summary>The desk; null until Discord and the database have accepted it.</summary>
    internal DeskHost? Desk { get; private set; }

    /// <summary>Starts the desk, and waits until clicks can be served. While Discord cannot be reached it is tried again.</summary>
    /// <exception cref="CannotStartException">Trying again would not help.</exception>
    internal async Task StartAsync(DeskOptions options, CancellationToken stop)
    {
        for (var pause = FirstPause; Desk is null; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                Desk = await DeskHost.StartAsync(options, stop);
            }
            catch (Exception failure) when (Passes(failure, stop))
            {
                LogDiscordUnreachable(options.ApiAddress.Host, failure.Message, pause.TotalSeconds);
                await Task.Delay(pause, options.Time, stop);
            }
            catch (Exception failure) when (Sentence(failure, options) is { } sentence)
            {
                throw new CannotStartException(sentence, inner: failure);
            }
        }
        using var look = new PeriodicTimer(LookEvery, options.Time);
        while (Desk.NotReadyBecause is not null)
        {
            if (Desk.Completion.IsCompleted) await UntilAsync(stop);
            await look.WaitForNextTickAsync(stop);
        }
    }

    /// <summary>Ends when a stop is asked for.</summary>
    /// <exception cref="CannotStartException">Discord refuses the bot for good.</exception>
    internal async Task UntilAsync(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stop.Register(stopped.SetResult);
        try
        {
            await await Task.WhenAny(Desk!.Completion, stopped.Task);
        }
        catch (GatewayRefusedException refused)
        {
            throw new CannotStartException(refused.Message, inner: refused);
        }
        stop.ThrowIfCancellationRequested();
        throw new CannotStartException("The connection to Discord ended without anybody asking for it. The log tells more.");
    }

    private static bool Passes(Exception failure, CancellationToken stop) => failure switch
    {
        DiscordUnavailableException or DiscordRateLimitedException => true,
        OperationCanceledException => !stop.IsCancellationRequested,
        _ => false,
    };

    private static string? Sentence(Exception failure, DeskOptions options) => failure switch
    {
        DiscordUnauthorizedException =>
            "Discord refuses DISCORD_TOKEN. Copy it again from the Bot page of the developer portal; after «Reset Token» the old one is dead.",
        DiscordApiException refused => $"Discord refuses the bot: {refused.Message}. If this is not Discord itself, look at DISCORD_API_URL ({options.ApiAddress}).",
        JsonException => $"What answers at {options.ApiAddress} is not Discord's API. Look at DISCORD_API_URL.",
        GatewayRefusedException refused => refused.Message,
        StoreUnavailableException unavailable => $"The database cannot be used. {unavailable.Message}",
        IOException or UnauthorizedAccessException => $"The data folder {options.DataFolder} cannot be used: {failure.Message}",
        _ => null,
    };

    /// <summary>Stops the desk: what is under way ends, or is left to the next start. A second time it does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        var desk = Desk;
        Desk = null;
        if (desk is not null) await desk.DisposeAsync();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Host} cannot be reached ({Why}); trying again in {Seconds} s.")]
    private partial void LogDiscordUnreachable(string host, string why, double seconds);
}
