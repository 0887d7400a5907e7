using System.Diagnostics;
using System.Text;

namespace Usher.Testing;

/// <summary>The built program, started as people start it, in a folder and an environment of its own. It stands beside the tests whose project references it.</summary>
public sealed class UsherProcess : IAsyncDisposable
{
    // Generous: a machine that runs other suites beside this one is slow.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly StringBuilder _told = new();
    private readonly SemaphoreSlim _lines = new(0);

    private UsherProcess(Process process)
    {
        _process = process;
        _errors = ReadErrorsAsync();
    }

    public static UsherProcess Start(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "usher.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var name in start.Environment.Keys.Where(IsOurs).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new UsherProcess(Process.Start(start)!);
    }

    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        await using var usher = Start(folder, environment, arguments);
        var output = await usher._process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        return (await usher.EndAsync(), output, await usher._errors);
    }

    /// <summary>The next line of standard output; null when there will be none.</summary>
    public Task<string?> LineAsync() => _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);

    /// <summary>Everything that was told on standard error; ends with the process.</summary>
    public Task<string> ErrorsAsync() => _errors.WaitAsync(Patience);

    /// <summary>Waits until these words were told on standard error, so many times.</summary>
    public async Task ErrorAsync(string words, int times = 1)
    {
        while (true)
        {
            lock (_told)
            {
                if (_told.ToString().Split(words).Length > times) return;
            }
            if (!await _lines.WaitAsync(Patience)) throw new TimeoutException($"It never said «{words}». It said:\n{_told}");
        }
    }

    private async Task<string> ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_told) _told.Append(line).Append('\n');
            _lines.Release();
        }
        return _told.ToString();
    }

    /// <summary>Sends a signal such as <c>TERM</c>.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _lines.Dispose();
    }

    // What the machine's own environment says must not decide a test.
    private static bool IsOurs(string name) =>
        name is "DATABASE_URL" || name.StartsWith("DISCORD_", StringComparison.Ordinal) || name.StartsWith("USHER_", StringComparison.Ordinal) || name.StartsWith("OTEL_", StringComparison.Ordinal);
}
