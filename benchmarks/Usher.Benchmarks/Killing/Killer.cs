using System.Diagnostics;
using System.Globalization;
using Usher.Sandbox;
using Usher.Sandbox.World;

namespace Usher.Benchmarks.Killing;

/// <summary>
/// Starts <c>usher serve</c>, kills it and starts it again. A third of the kills come at a time by the clock, also while it starts; the others in the
/// very moment in which something happens in Discord, before the program can be told: there most of what may go wrong lies.
/// </summary>
internal sealed class Killer : IDisposable
{
    private readonly Box _box;
    private readonly string _folder;
    private readonly Random _random;
    private readonly TextWriter _log;
    private readonly IDisposable _watching;
    private UsherProgram _program;
    private int _happeningsToLive;

    private Killer(Box box, string folder, int seed)
    {
        (_box, _folder, _random) = (box, folder, new Random(seed));
        _log = new StreamWriter(Path.Combine(folder, "usher.log")) { AutoFlush = true };
        Port = UsherProgram.FreePort();
        _program = Start();
        _watching = box.World.Watch(Happened);
    }

    /// <summary>The port it serves transcripts on.</summary>
    internal int Port { get; }

    /// <summary>Where it keeps what it knows.</summary>
    internal string Data => Path.Combine(_folder, "data");

    /// <summary>Kills by the clock, while it started.</summary>
    internal int WhileStarting { get; private set; }

    /// <summary>Kills by the clock, while it served.</summary>
    internal int ByClock { get; private set; }

    /// <summary>Kills in the moment of a happening.</summary>
    internal int AtHappening { get; private set; }

    /// <summary>All of them.</summary>
    internal int Kills => WhileStarting + ByClock + AtHappening;

    internal static async Task<Killer> StartAsync(Box box, string folder, int seed, CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "usher.yml"), DeskFile.Of(TimeSpan.FromSeconds(1)), cancellation);
        var killer = new Killer(box, folder, seed);
        await killer.ReadyAsync(cancellation);
        return killer;
    }

    /// <summary>Lets it live for a while, kills it and starts it again.</summary>
    internal async Task KillAsync(CancellationToken cancellation)
    {
        if (_random.Next(10) == 0)
        {
            await Task.Delay(_random.Next(1200), cancellation);
            WhileStarting++;
        }
        else
        {
            await ReadyAsync(cancellation);
            if (_random.Next(4) == 0)
            {
                await Task.Delay(_random.Next(2500), cancellation);
                ByClock++;
            }
            else
            {
                await AwaitHappeningAsync(1 + _random.Next(80), cancellation);
                AtHappening++;
            }
        }
        _program.Kill();
        await _program.Ended;
        _program.Dispose();
        _program = Start();
    }

    /// <summary>Waits until it serves.</summary>
    /// <exception cref="InvalidOperationException">It ended by itself, or does not get ready.</exception>
    internal async Task ReadyAsync(CancellationToken cancellation)
    {
        var first = await Task.WhenAny(_program.Ready, _program.Ended, Task.Delay(TimeSpan.FromSeconds(60), cancellation));
        cancellation.ThrowIfCancellationRequested();
        if (first != _program.Ready) throw new InvalidOperationException(first == _program.Ended ? "usher serve ended by itself." : "usher serve was not ready after a minute.");
    }

    public void Dispose()
    {
        _watching.Dispose();
        _program.Dispose();
        _log.Dispose();
    }

    private async Task AwaitHappeningAsync(int happenings, CancellationToken cancellation)
    {
        Volatile.Write(ref _happeningsToLive, happenings);
        // Nothing may happen for a while: then the clock decides after all.
        await Task.WhenAny(_program.Ended, Task.Delay(TimeSpan.FromSeconds(4), cancellation));
        Volatile.Write(ref _happeningsToLive, 0);
        cancellation.ThrowIfCancellationRequested();
    }

    // Under the world's lock: the answer to whoever caused it is not written yet, nor is anybody told.
    private void Happened(WorldEvent happening)
    {
        if (Volatile.Read(ref _happeningsToLive) == 0 || happening is TypingStarted or MemberJoined) return;
        if (Interlocked.Decrement(ref _happeningsToLive) != 0) return;
        try
        {
            _program.Kill();
        }
        catch (InvalidOperationException)
        {
            // It was killed by the clock in this very moment.
        }
    }

    private UsherProgram Start()
    {
        var environment = DeskFile.Environment(_box);
        environment["USHER_URL"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}");
        return UsherProgram.Start(
            ["serve", "--config", Path.Combine(_folder, "usher.yml"), "--data", Data, "--port", Port.ToString(CultureInfo.InvariantCulture)], environment, _folder, _log);
    }
}
