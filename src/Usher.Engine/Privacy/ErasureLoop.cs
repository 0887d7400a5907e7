using Microsoft.Extensions.Logging;
using Usher.Engine.Archive;
using Usher.Engine.Deciding;
using Usher.Engine.Guilds;
using Usher.Engine.Queue;
using Usher.Storage;

namespace Usher.Engine.Privacy;

/// <summary>Does the erasures that two people want, one after the other; also those that an earlier run began, or that were agreed to at the machine.</summary>
public sealed partial class ErasureLoop : IAsyncDisposable
{
    private const int AtOnce = 10;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMinutes(10);

    private readonly DeskStore _store;
    private readonly MemberErasure _erasure;
    private readonly Decider _decider;
    private readonly GuildDirectory _guilds;
    private readonly AttachmentLoop _attachments;
    private readonly Func<CancellationToken, Task> _takeUp;
    private readonly TimeProvider _time;
    private readonly ILogger<ErasureLoop> _log;
    private readonly Rounds _rounds;
    private DateTimeOffset? _seen;

    /// <summary>Makes a loop that listens to the decider from now on.</summary>
    /// <param name="store">Where everything is kept.</param>
    /// <param name="erasure">Does it.</param>
    /// <param name="decider">Tells when a second person decided.</param>
    /// <param name="guilds">The settings.</param>
    /// <param name="attachments">Deletes files that are nobody's any more.</param>
    /// <param name="takeUp">Takes up what another program left to be done on Discord.</param>
    /// <param name="time">The clock.</param>
    /// <param name="activity">What is under way.</param>
    /// <param name="log">The log.</param>
    public ErasureLoop(
        DeskStore store, MemberErasure erasure, Decider decider, GuildDirectory guilds, AttachmentLoop attachments, Func<CancellationToken, Task> takeUp, TimeProvider time, Activity activity,
        ILogger<ErasureLoop> log)
    {
        (_store, _erasure, _decider, _guilds, _attachments, _takeUp, _time, _log) = (store, erasure, decider, guilds, attachments, takeUp, time, log);
        _rounds = new Rounds(RoundAsync, LogRoundFailed, time, activity);
        _decider.ErasureDecided += _rounds.Wake;
    }

    /// <summary>There may be something to do.</summary>
    public void Wake() => _rounds.Wake();

    private async Task RoundAsync(CancellationToken stopping)
    {
        foreach (var due in await _store.DueErasuresAsync(_time.GetUtcNow(), AtOnce, stopping)) await RunAsync(due, stopping);
        await NoticeAsync(stopping);
        await _takeUp(stopping);
        // Another program on this database may agree to one, too.
        _rounds.WakeAt(_time.GetUtcNow() + LookEvery);
    }

    private async Task RunAsync(DueErasure due, CancellationToken stopping)
    {
        // Nobody decides for a guild that the settings do not name.
        if (_guilds.SettingsOf(due.Guild) is not { } settings)
        {
            await _store.PostponeErasureAsync(due, _time.GetUtcNow() + AgainAfter, stopping);
            return;
        }
        try
        {
            await _erasure.RunAsync(due, settings.Privacy, stopping);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or StoreUnavailableException))
        {
            // One that cannot be done holds up no other.
            LogFailed(due.Erasure.Number, due.Guild.Value, failure);
            await _store.PostponeErasureAsync(due, _time.GetUtcNow() + AgainAfter, stopping);
        }
    }

    // What was done at the machine must not live on in what is remembered here.
    private async Task NoticeAsync(CancellationToken stopping)
    {
        var last = await _store.LastErasureAsync(stopping);
        if (last == _seen) return;
        _seen = last;
        _store.ForgetRecent();
        _attachments.Wake();
    }

    /// <summary>Stops; the next start goes on.</summary>
    public ValueTask DisposeAsync()
    {
        _decider.ErasureDecided -= _rounds.Wake;
        return _rounds.DisposeAsync();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Erasure {Number} of guild {Guild} cannot be done now and is tried again.")]
    private partial void LogFailed(long number, ulong guild, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Erasing stopped and is taken up again shortly.")]
    private partial void LogRoundFailed(Exception failure);
}
