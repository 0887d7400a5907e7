using System.Collections.Concurrent;
using System.Globalization;
using Usher.Discord.Model;
using Usher.Sandbox;
using Usher.Sandbox.Cast;

namespace Usher.Benchmarks.Killing;

/// <summary>What came of it.</summary>
/// <param name="Faults">What was lost or done twice, a sentence each.</param>
/// <param name="Tickets">How many tickets there are at the end.</param>
/// <param name="Counts">What happened meanwhile.</param>
internal sealed record KillEnd(IReadOnlyList<string> Faults, int Tickets, IReadOnlyList<(string What, int Count)> Counts);

/// <summary>Tickets live in a box while the program that serves them is killed and started again.</summary>
internal sealed class KillRun
{
    private readonly KillPlan _plan;
    private readonly Box _box;
    private readonly Eyes _eyes;
    private readonly Killer _killer;
    private readonly Action<string> _tell;
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly List<TicketStory> _stories = [];
    private int _ended;
    private volatile bool _calm;

    private KillRun(KillPlan plan, Box box, Eyes eyes, Killer killer, Action<string> tell) => (_plan, _box, _eyes, _killer, _tell) = (plan, box, eyes, killer, tell);

    /// <summary>Runs the plan.</summary>
    /// <param name="plan">How hard it is tried.</param>
    /// <param name="folder">An empty folder for data and log.</param>
    /// <param name="tell">Told of the progress.</param>
    /// <param name="cancellation">Ends it.</param>
    internal static async Task<KillEnd> RunAsync(KillPlan plan, string folder, Action<string> tell, CancellationToken cancellation)
    {
        // Discord's limits would only make it longer: a hundred tickets a minute are more than they let through.
        await using var box = await Box.StartAsync(new BoxOptions { RateLimits = false, MaxConcurrency = 100, JournalFile = Path.Combine(folder, "journal.jsonl") }, cancellation);
        using var eyes = new Eyes(box);
        using var killer = await Killer.StartAsync(box, folder, plan.Seed, cancellation);
        return await new KillRun(plan, box, eyes, killer, tell).RunAsync(cancellation);
    }

    private async Task<KillEnd> RunAsync(CancellationToken cancellation)
    {
        var staff = new ConcurrentBag<Person>(Enumerable.Range(0, _plan.AtOnce).Select(number => Member($"staff{number}", _box.Harbour.Support, _box.Harbour.Billing)));
        var openers = Enumerable.Range(0, _plan.Tickets).Select(number => Member($"opener{number}")).ToList();
        using var room = new SemaphoreSlim(_plan.AtOnce);
        var killing = KillAllAsync(cancellation);
        var telling = new List<Task>();
        for (var index = 0; index < _plan.Tickets; index++)
        {
            await room.WaitAsync(cancellation);
            // In step with the kills, so that there is somebody at work at each of them.
            while (!_calm && (long)index * _plan.Kills > (_killer.Kills + 1L) * _plan.Tickets) await Task.Delay(20, cancellation);
            telling.Add(TellAsync(index, openers[index], staff, room, cancellation));
        }
        await Task.WhenAll(telling);
        await killing;
        await _killer.ReadyAsync(cancellation);
        var audit = new Audit(_plan, _box, _eyes, _killer, _stories, _faults.Enqueue);
        await audit.RunAsync(cancellation);
        return new KillEnd([.. _faults], audit.Tickets, Counts(audit));
    }

    private async Task TellAsync(int index, Person opener, ConcurrentBag<Person> staff, SemaphoreSlim room, CancellationToken cancellation)
    {
        await Task.Yield();
        staff.TryTake(out var helper);
        var story = new TicketStory(_box, _eyes, _plan, index, opener, helper!, _faults.Enqueue, cancellation);
        lock (_stories) _stories.Add(story);
        try
        {
            await story.RunAsync();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            _faults.Enqueue($"The story of {opener.Name} broke off: {failure.Message}");
        }
        finally
        {
            Interlocked.Increment(ref _ended);
            staff.Add(helper!);
            room.Release();
        }
    }

    private async Task KillAllAsync(CancellationToken cancellation)
    {
        try
        {
            for (var kill = 1; kill <= _plan.Kills; kill++)
            {
                // Not faster than tickets come to their end: every kill is to meet people at work.
                while (((long)_ended + _plan.AtOnce) * _plan.Kills < (long)(kill - 1) * _plan.Tickets) await Task.Delay(20, cancellation);
                await _killer.KillAsync(cancellation);
                if (kill % 10 == 0) _tell(string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:HH:mm:ss}  {kill} kills, {_ended} tickets ended, {_faults.Count} faults"));
            }
        }
        finally
        {
            _calm = true;
        }
    }

    private Person Member(string name, params Sandbox.World.RoleState[] roles)
    {
        var user = _box.World.AddUser(name, name);
        _box.World.Join(_box.Harbour.Guild, user, roles);
        return _box.Cast.Of(user);
    }

    private List<(string, int)> Counts(Audit audit)
    {
        var settled = _eyes.Settled;
        return
        [
            ("kills while it started", _killer.WhileStarting),
            ("kills by the clock", _killer.ByClock),
            ("kills at a happening in Discord", _killer.AtHappening),
            ("clicks, commands and forms", settled.Count),
            ("of them acknowledged", settled.Count(interaction => interaction.CallbackType is not null)),
            ("of them failed for the person", settled.Count(interaction => interaction.CallbackType is null)),
            ("tickets", audit.Tickets),
            ("threads and channels", _eyes.Homes.Count),
            ("messages in them", _eyes.Homes.Sum(home => _eyes.MessagesIn(home).Count)),
            ("attachments in them", _eyes.Homes.Sum(home => _eyes.MessagesIn(home).Sum(message => message.Attachments.Count))),
            ("transcripts read", audit.Transcripts),
        ];
    }
}
