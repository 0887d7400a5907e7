using Usher.Benchmarks.Killing;

namespace Usher.Scenarios;

/// <summary>The benchmark's kill run, shorter: <c>benchmarks/README.md</c> tells of the long one.</summary>
[Collection(Alone)]
public sealed class KilledStories : IDisposable
{
    // Discord's three seconds are real ones here: beside other stories on two cores, people would see clicks fail that a desk alone answers.
    internal const string Alone = "alone on the machine";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("usher-killed-");

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_program_killed_at_any_moment_loses_nothing_and_does_nothing_twice()
    {
        // Patience is for a machine that does much else; by itself this takes half a minute.
        var plan = new KillPlan(Tickets: 20, Kills: 6, Seed: 1) { AtOnce = 8 };

        var end = await KillRun.RunAsync(plan, _folder.FullName, TestContext.Current.SendDiagnosticMessage, TestContext.Current.CancellationToken);

        Assert.Empty(end.Faults);
        Assert.Equal(20, end.Tickets);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}

/// <summary>Runs by itself, when every other story is told.</summary>
[CollectionDefinition(KilledStories.Alone, DisableParallelization = true)]
public sealed class AloneOnTheMachine;
