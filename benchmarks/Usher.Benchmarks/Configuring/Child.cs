using System.Diagnostics;
using System.Globalization;

namespace Usher.Benchmarks.Configuring;

/// <summary>This program once more, in a process of its own, which answers a line of numbers to each line.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;

    private Child(Process process) => _process = process;

    internal static Child Start(params IReadOnlyList<string> arguments) => new(Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Usher.Benchmarks.dll"), .. arguments])
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!);

    internal async Task<double[]> AskAsync(CancellationToken cancellation)
    {
        await _process.StandardInput.WriteLineAsync("?".AsMemory(), cancellation);
        await _process.StandardInput.FlushAsync(cancellation);
        var line = await _process.StandardOutput.ReadLineAsync(cancellation) ?? throw new InvalidOperationException("The process ended.");
        return [.. line.Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
