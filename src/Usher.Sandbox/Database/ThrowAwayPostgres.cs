using System.Diagnostics;
using System.Globalization;

namespace Usher.Sandbox.Database;

/// <summary>
/// A PostgreSQL of one's own, of the programs that are on the machine: on a socket in a folder of its own, without a port, with nothing in it, gone with the process that
/// started it, however that ends.
/// </summary>
public sealed class ThrowAwayPostgres : IAsyncDisposable
{
    // Its socket's name; it listens on no port.
    private const int Port = 5432;
    private const string User = "usher";
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(10);

    // It lives as long as somebody holds the other end of its input: a process that is killed lets go of it too.
    // A shell lets what it starts in the background ignore QUIT until that hears signals itself, so TERM goes ahead for a server that has only just begun.
    private const string Script = """
        umask 077
        "$1/initdb" -D "$2/data" -U "$3" -A trust -E UTF8 --no-locale --no-sync >"$2/log" 2>&1 || exit 1
        "$1/postgres" -D "$2/data" -k "$2" -p "$4" -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=16MB >>"$2/log" 2>&1 &
        server=$!
        cat >/dev/null
        kill -TERM $server 2>/dev/null
        kill -QUIT $server 2>/dev/null
        wait $server
        rm -rf "$2"
        """;

    private readonly Process _process;
    private readonly string _folder;

    private ThrowAwayPostgres(Process process, string folder)
    {
        _process = process;
        _folder = folder;
    }

    /// <summary>Whether PostgreSQL's programs are on the machine.</summary>
    public static bool IsPossible => !OperatingSystem.IsWindows() && Programs() is not null;

    /// <summary>The address of one of its databases; <c>postgres</c> is there from the start.</summary>
    public string Url(string database) => $"postgres://{User}@/{database}?host={Uri.EscapeDataString(_folder)}&port={Port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The same for the driver.</summary>
    public string ConnectionString(string database) => string.Create(CultureInfo.InvariantCulture, $"Host={_folder};Port={Port};Username={User};Database={database};Pooling=false");

    /// <summary>Begins to start one: its addresses are known at once, and <see cref="AnswersAsync"/> tells when somebody answers there.</summary>
    /// <exception cref="IOException">PostgreSQL's programs are not on this machine.</exception>
    public static ThrowAwayPostgres Begin()
    {
        var programs = Programs() ?? throw new IOException("PostgreSQL's programs (initdb, postgres) are not on this machine.");
        var folder = Directory.CreateTempSubdirectory("usher-postgres-").FullName;
        return new ThrowAwayPostgres(Begin(programs, folder), folder);
    }

    /// <summary>Waits until it answers.</summary>
    /// <exception cref="IOException">It does not start; the message tells why.</exception>
    public async Task AnswersAsync(CancellationToken cancellationToken)
    {
        while (!IsReady())
        {
            if (_process.HasExited) throw new IOException($"PostgreSQL does not start: {LastWords()}");
            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }
    }

    private static Process Begin(string programs, string folder)
    {
        var start = new ProcessStartInfo { RedirectStandardInput = true, UseShellExecute = false, WorkingDirectory = "/" };
        // PostgreSQL refuses to run as root.
        var user = Environment.IsPrivilegedProcess ? OtherUser() : null;
        if (user is not null)
        {
            using var own = Process.Start("chown", [user, folder]);
            own.WaitForExit();
        }
        start.FileName = user is null ? "sh" : "runuser";
        string[] asUser = user is null ? [] : ["-u", user, "--", "sh"];
        foreach (var argument in (string[])[.. asUser, "-c", Script, "sh", programs, folder, User, Port.ToString(CultureInfo.InvariantCulture)]) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static string OtherUser() =>
        File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    private static string? Programs()
    {
        var folders = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(folder => folder, StringComparer.Ordinal).Select(folder => Path.Combine(folder, "bin"))
            : [];
        return folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }

    // The server itself writes there how far it is; pg_ctl waits by the same line.
    private bool IsReady()
    {
        try
        {
            return File.ReadLines(Path.Combine(_folder, "data", "postmaster.pid")).ElementAtOrDefault(7)?.Trim() == "ready";
        }
        catch (IOException)
        {
            return false;
        }
    }

    private string LastWords()
    {
        var log = Path.Combine(_folder, "log");
        return File.Exists(log) ? File.ReadLines(log).LastOrDefault() ?? "it says nothing." : "it says nothing.";
    }

    /// <summary>Stops it and removes everything of it.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(StopsWithin, TimeProvider.System);
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }
        _process.Dispose();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }
}
