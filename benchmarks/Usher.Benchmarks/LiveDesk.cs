using Microsoft.Extensions.Logging.Abstractions;
using Usher.Desk.Settings;
using Usher.Engine;
using Usher.Sandbox;
using Usher.Web.Transcripts;

namespace Usher.Benchmarks;

/// <summary>A desk and a box in this process.</summary>
internal sealed class LiveDesk : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("usher-bench-");

    private LiveDesk(Box box) => Box = box;

    internal Box Box { get; }

    internal DeskHost Desk { get; private set; } = null!;

    /// <summary>Starts a desk in a box that runs.</summary>
    internal static async Task<LiveDesk> StartAsync(Box box, IReadOnlyList<DeskSettings> settings, CancellationToken cancellation)
    {
        var live = new LiveDesk(box);
        live.Desk = await DeskHost.StartAsync(
            new DeskOptions
            {
                Token = box.Token,
                ApiAddress = box.ApiAddress,
                DatabaseUrl = "sqlite:" + Path.Combine(live._folder.FullName, "usher.db"),
                DataFolder = live._folder.FullName,
                PublicAddress = "https://desk.example.org",
                Settings = settings,
                Transcripts = TranscriptSource.WriteFileAsync,
                Loggers = NullLoggerFactory.Instance,
                RequestsPerSecond = 0,
            },
            cancellation);
        while (live.Desk.NotReadyBecause is not null) await Task.Delay(20, cancellation);
        await live.SettleAsync(cancellation);
        return live;
    }

    /// <summary>Waits until nothing is under way on either side, for long enough to be believed.</summary>
    internal async Task SettleAsync(CancellationToken cancellation)
    {
        for (var quiet = 0; quiet < 10; quiet++)
        {
            await Desk.Activity.WhenQuietAsync(cancellation);
            if (Box.RequestsUnderWay > 0 || !Desk.Activity.IsQuiet) quiet = -1;
            await Task.Delay(20, cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Desk.DisposeAsync();
        await Box.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
