using Usher.Desk.Settings;

namespace Usher.Starting;

/// <summary>Sees that the settings' files changed, and gives the desk what they say; what is faulty is told and changes nothing.</summary>
/// <remarks>It looks at the content every second rather than asking the system to tell: that also works on network and container mounts, and when editors replace the file.</remarks>
internal sealed partial class SettingsWatch(
    SettingsSource source, string? inForce, Func<IReadOnlyList<DeskSettings>, CancellationToken, Task<IReadOnlyList<string>>> apply, TimeProvider time, ILogger<SettingsWatch> log) : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1);
    private string? _known = inForce;
    private string? _seen = inForce;

    /// <summary>Looks until a stop is asked for.</summary>
    internal async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await timer.WaitForNextTickAsync(stop)) await LookAsync(stop);
    }

    /// <summary>Looks once. A change is read only when it is the same at two looks: a file that is being written is half a file.</summary>
    internal Task LookAsync(CancellationToken stop) => InTurnAsync(async () =>
    {
        var now = source.Fingerprint();
        var before = _seen;
        _seen = now;
        if (now == _known || now != before) return;
        _known = now;
        if (now is null) LogGone(source.Config);
        else await ReadAsync(stop);
    }, stop);

    /// <summary>Reads the files now, whether they changed or not.</summary>
    internal Task ReadNowAsync(CancellationToken stop) => InTurnAsync(() =>
    {
        _known = _seen = source.Fingerprint();
        return ReadAsync(stop);
    }, stop);

    private async Task InTurnAsync(Func<Task> look, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            await look();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task ReadAsync(CancellationToken stop)
    {
        var faults = new List<string>();
        var reading = source.Read(faults);
        foreach (var warning in reading?.Warnings ?? []) LogWarning(source.Told(warning));
        if (reading is null || faults.Count > 0)
        {
            foreach (var fault in faults) LogFault(fault);
            LogNotTaken(source.Config, faults.Count);
            return;
        }
        if ((await apply(reading.Desks, stop)).Count == 0) LogSame(source.Config);
    }

    public void Dispose() => _turn.Dispose();

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    private partial void LogWarning(string warning);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Fault}")]
    private partial void LogFault(string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Config} is not taken; to be mended: {Count}. The settings from before stay in force.")]
    private partial void LogNotTaken(FileInfo config, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Config} is gone or cannot be read. The settings from before stay in force; the next start will need it.")]
    private partial void LogGone(FileInfo config);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Config} was read again; it says what was in force already.")]
    private partial void LogSame(FileInfo config);
}
