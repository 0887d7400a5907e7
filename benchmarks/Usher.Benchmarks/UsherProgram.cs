using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Usher.Benchmarks;

/// <summary>The built program, run as a process of its own.</summary>
internal sealed class UsherProgram : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TextWriter? _log;
    private bool _disposed;

    private UsherProgram(Process process, TextWriter? log)
    {
        (_process, _log) = (process, log);
        Began = Stopwatch.GetTimestamp();
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.StartsWith("Usher is ready:", StringComparison.Ordinal) == true) _ready.TrySetResult();
        };
        process.ErrorDataReceived += (_, line) => Write(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where the program is: <c>USHER_PROGRAM</c>, or what was built beside this.</summary>
    /// <exception cref="FileNotFoundException">It has not been built.</exception>
    internal static string Path
    {
        get
        {
            if (Environment.GetEnvironmentVariable("USHER_PROGRAM") is { Length: > 0 } said) return said;
            var here = new DirectoryInfo(AppContext.BaseDirectory);
            var built = System.IO.Path.Combine(here.Parent!.Parent!.FullName, "Usher", here.Name, "usher.dll");
            return File.Exists(built) ? built : throw new FileNotFoundException("Build src/Usher first.", built);
        }
    }

    internal int Id => _process.Id;

    internal long Began { get; }

    /// <summary>When it has said that it is ready.</summary>
    internal Task Ready => _ready.Task;

    /// <summary>When it has ended.</summary>
    internal Task Ended => _process.WaitForExitAsync(CancellationToken.None);

    /// <summary>Waits until it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended before.</exception>
    /// <exception cref="TimeoutException">It was not in that time.</exception>
    internal async Task IsReadyAsync(TimeSpan within, CancellationToken cancellation)
    {
        await Task.WhenAny(Ready, Ended).WaitAsync(within, cancellation);
        if (!Ready.IsCompletedSuccessfully) throw new InvalidOperationException("usher ended before it was ready.");
    }

    /// <summary>What it takes of the memory, in MiB, by the names of <c>/proc/PID/status</c>.</summary>
    /// <remarks>https://docs.kernel.org/filesystems/proc.html</remarks>
    internal async Task<IReadOnlyList<double>> MebibytesAsync(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var status = await File.ReadAllLinesAsync($"/proc/{Id}/status", cancellation);
        return [.. names.Select(name => status.First(line => line.StartsWith(name + ":", StringComparison.Ordinal)))
            .Select(line => double.Parse(line.Split(':')[1].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) / 1024)];
    }

    /// <summary>Starts it.</summary>
    /// <param name="arguments">The verb and its options.</param>
    /// <param name="environment">What it finds in its environment besides ours.</param>
    /// <param name="folder">The folder it works in.</param>
    /// <param name="log">What it tells on standard error; may be shared by several runs.</param>
    internal static UsherProgram Start(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, string folder, TextWriter? log = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new UsherProgram(Process.Start(start)!, log);
    }

    /// <summary>Ends it on the spot, as a power cut would: SIGKILL.</summary>
    internal void Kill() => _process.Kill();

    /// <summary>A port that nobody listens on now.</summary>
    internal static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Write(string? line)
    {
        if (line is null || _log is null) return;
        lock (_log) _log.WriteLine($"[{Id}] {line}");
    }
}
