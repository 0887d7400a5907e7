using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Usher.Desk.Engine;
using Usher.Desk.Features;
using Usher.Desk.Features.Opening;
using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Engine.Archive;
using Usher.Engine.Guilds;
using Usher.Engine.Queue;
using Usher.Storage;
using Usher.Testing;
using Xunit;

namespace Usher.Engine.Tests.Archive;

/// <summary>Files are copied from a Discord that is made up here, answer by answer.</summary>
public sealed class AttachmentLoopTests : IAsyncLifetime
{
    private static readonly GuildId Guild = new(900_000_000_000_000_001);
    private static readonly UserId Alice = new(100_000_000_000_000_001);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("usher-files-").FullName;
    private readonly ManualTimeProvider _time = new();
    private readonly Activity _activity = new();
    private readonly Answers _answers = new();
    private DeskStore? _store;
    private HttpClient? _http;
    private AttachmentLoop? _loop;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private DeskStore Store => _store!;

    public async ValueTask InitializeAsync()
    {
        _store = await DeskStore.OpenAsync(new StoreOptions("sqlite:" + Path.Combine(_folder, "usher.db"), All.Rules, _time), NullLoggerFactory.Instance, Now);
        var opened = new TicketOpened(_time.GetUtcNow(), Guild, 1, "support", Alice, "Alice", null, HomeKind.Thread, "Support-0001", new string('0', 32), 0, null, []);
        await Store.CommitAsync(new Commit { Guild = Guild, After = opened.ApplyTo(null), Facts = [opened], By = Alice, At = _time.GetUtcNow() }, Now);
        _http = new HttpClient(_answers) { Timeout = Timeout.InfiniteTimeSpan };
        // Without a limit of room nobody has to be told that there is none.
        var room = new FileRoom(Store, null!);
        _loop = new AttachmentLoop(Store, new FileStore(Path.Combine(_folder, "files")), room, new GuildDirectory(), _http, _time, _activity, NullLogger<AttachmentLoop>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        if (_loop is not null) await _loop.DisposeAsync();
        _http?.Dispose();
        _answers.Dispose();
        if (_store is not null) await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_file_that_keeps_failing_is_asked_for_again_and_again_also_when_nothing_else_happens()
    {
        var asked = 0;
        _answers.To["/late.png"] = _ => ++asked < 5 ? throw new HttpRequestException("not now") : Answers.Bytes("late"u8.ToArray());
        await KeepAsync(50, "late.png");

        _loop!.Wake();
        await PassTimeAsync(TimeSpan.Zero);
        // After 4, 16, 64 and 256 seconds.
        for (var seconds = 0; seconds < 600 && asked < 5; seconds += 5) await PassTimeAsync(TimeSpan.FromSeconds(5));

        Assert.Equal((5, AttachmentState.Stored), (asked, await StateOfAsync(50)));
    }

    [Fact]
    public async Task A_file_of_which_nothing_comes_is_given_up_for_now_keeps_no_other_from_coming_and_is_asked_for_again()
    {
        var (asked, stuck) = (Signal(), new StuckStream());
        _answers.To["/silent.png"] = async stopped =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, stopped);
            throw new InvalidOperationException("It never gets here.");
        };
        _answers.To["/stuck.png"] = _ => Task.FromResult(Answers.Of(stuck));
        _answers.To["/good.png"] = _ => Answers.Bytes("good"u8.ToArray());
        foreach (var (id, name) in ((ulong, string)[])[(50, "silent.png"), (51, "stuck.png"), (52, "good.png")]) await KeepAsync(id, name);

        _loop!.Wake();
        await Task.WhenAll(asked.Task, stuck.IsStuck.Task, StoredAsync(52)).WaitAsync(Patience, Now);
        await PassTimeAsync(TimeSpan.FromSeconds(31));

        Assert.Equal((AttachmentState.Pending, AttachmentState.Pending, AttachmentState.Stored), (await StateOfAsync(50), await StateOfAsync(51), await StateOfAsync(52)));
        foreach (var name in (string[])["/silent.png", "/stuck.png"]) _answers.To[name] = _ => Answers.Bytes("at last"u8.ToArray());
        await PassTimeAsync(TimeSpan.FromSeconds(5));
        Assert.Equal((AttachmentState.Stored, AttachmentState.Stored), (await StateOfAsync(50), await StateOfAsync(51)));
    }

    // In real time: a clock that is moved on before it is there would have it given up as well.
    private async Task StoredAsync(ulong id)
    {
        while (await StateOfAsync(id) != AttachmentState.Stored) await Task.Yield();
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task KeepAsync(ulong id, string name)
    {
        var file = new ArchivedAttachment(id, name, "image/png", 4, "https://cdn.example/" + name);
        return Store.SaveMessageAsync(new ArchivedMessage(Guild, 1, new ChannelId(7), new MessageId(id), Alice, _time.GetUtcNow(), "{}"u8.ToArray(), [file]), Now);
    }

    private async Task<AttachmentState> StateOfAsync(ulong id) => (await Store.FindAttachmentAsync(Guild, 1, id, Now))!.State;

    private async Task PassTimeAsync(TimeSpan time)
    {
        _time.Advance(time);
        await _activity.WhenQuietAsync(Now).WaitAsync(Patience, Now);
    }

    private sealed class Answers : HttpMessageHandler
    {
        public Dictionary<string, Func<CancellationToken, Task<HttpResponseMessage>>> To { get; } = new(StringComparer.Ordinal);

        public static Task<HttpResponseMessage> Bytes(byte[] bytes) => Task.FromResult(Of(new MemoryStream(bytes)));

        public static HttpResponseMessage Of(Stream content) => new(HttpStatusCode.OK) { Content = new StreamContent(content) };

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => To[request.RequestUri!.AbsolutePath](cancellationToken);
    }

    /// <summary>Begins, and then says nothing any more.</summary>
    private sealed class StuckStream : MemoryStream
    {
        private bool _begun;

        public TaskCompletionSource IsStuck { get; } = Signal();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_begun)
            {
                IsStuck.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }
            _begun = true;
            buffer.Span[0] = 1;
            return 1;
        }
    }
}
