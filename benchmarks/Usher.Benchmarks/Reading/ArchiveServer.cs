using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging.Abstractions;
using Usher.Benchmarks.Filling;
using Usher.Desk.Features;
using Usher.Desk.Values;
using Usher.Sandbox;
using Usher.Storage;
using Usher.Web.Api;
using Usher.Web.Api.Callers;

namespace Usher.Benchmarks.Reading;

/// <summary>The built program, which serves a filled database as a process of its own, and those who call it.</summary>
internal sealed class ArchiveServer : IAsyncDisposable
{
    private const int RequestsPerMinute = 6_000_000;

    private readonly DirectoryInfo _folder;
    private readonly Box _box;
    private readonly UsherProgram _serve;
    private readonly string _address;
    private readonly List<HttpClient> _callers = [];

    private ArchiveServer(DirectoryInfo folder, Box box, UsherProgram serve, string address) => (_folder, _box, _serve, _address) = (folder, box, serve, address);

    /// <summary>The process.</summary>
    internal UsherProgram Program => _serve;

    /// <summary>How many tickets there are, without the long one behind them.</summary>
    internal long Tickets { get; private init; }

    /// <summary>A manager, who sees all.</summary>
    internal HttpClient Manager { get; private set; } = null!;

    /// <summary>Staff of some departments.</summary>
    internal HttpClient Staff { get; private set; } = null!;

    /// <summary>Somebody who reads their own.</summary>
    internal HttpClient Member { get; private set; } = null!;

    /// <summary>Without a key.</summary>
    internal HttpClient Nobody { get; private set; } = null!;

    internal static async Task<ArchiveServer> StartAsync(string database, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("usher-archive-");
        var box = await Box.StartAsync(new BoxOptions { RateLimits = false }, cancellation);
        var guild = ArchiveDesk.In(box).Guild;
        box.World.Join(box.Harbour.Guild, box.World.AddUser("member", "Member", new(Past.Member(Past.Frequent).Value)));
        string manager, staff, own;
        long tickets;
        await using (var store = await DeskStore.OpenAsync(new StoreOptions(database, All.Rules, TimeProvider.System), NullLoggerFactory.Instance, cancellation))
        {
            // The long one behind them was opened earlier than the last of them.
            tickets = (await store.TicketsAsync(new TicketQuery(guild) { Limit = 1 }, cancellation))[0].Number;
            // A run before this one left the session of a box that is gone: the shard would ask it for seconds.
            await store.ForgetSessionAsync(0, cancellation);
            manager = await KeyAsync(store, new ApiKey(guild, 0, "manager", Scopes.All, RequestsPerMinute, TimeProvider.System.GetUtcNow()) { IsManager = true }, cancellation);
            staff = await KeyAsync(store, new ApiKey(guild, 0, "staff", Scopes.All, RequestsPerMinute, TimeProvider.System.GetUtcNow()) { Departments = ["technical", "account"] }, cancellation);
            own = await KeyAsync(store, new ApiKey(guild, 0, "member", Scopes.All, RequestsPerMinute, TimeProvider.System.GetUtcNow()) { ActsAs = Past.Member(Past.Frequent) }, cancellation);
        }
        var settings = Path.Combine(folder.FullName, "usher.yml");
        await File.WriteAllTextAsync(settings, ArchiveDesk.Text, cancellation);
        var port = UsherProgram.FreePort();
        var environment = DeskFile.Environment(box);
        environment["DATABASE_URL"] = database;
        var serve = UsherProgram.Start(
            ["serve", "--config", settings, "--data", Path.Combine(folder.FullName, "data"), "--port", port.ToString(CultureInfo.InvariantCulture)], environment, folder.FullName, Console.Error);
        var server = new ArchiveServer(folder, box, serve, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")) { Tickets = tickets };
        (server.Manager, server.Staff, server.Member, server.Nobody) = (server.Caller(manager), server.Caller(staff), server.Caller(own), server.Caller(null));
        await serve.IsReadyAsync(TimeSpan.FromMinutes(10), cancellation);
        return server;
    }

    /// <summary>What it takes of the memory, in MiB; the second is the most since <see cref="ForgetPeak"/>.</summary>
    internal async Task<(double Now, double Peak)> MemoryAsync(CancellationToken cancellation)
    {
        return await _serve.MebibytesAsync(["VmRSS", "VmHWM"], cancellation) is [var now, var peak] ? (now, peak) : default;
    }

    /// <summary>The most that it took is counted anew.</summary>
    /// <remarks>https://docs.kernel.org/filesystems/proc.html (clear_refs)</remarks>
    internal void ForgetPeak() => File.WriteAllText($"/proc/{_serve.Id}/clear_refs", "5");

    private HttpClient Caller(string? token)
    {
        var caller = new HttpClient { BaseAddress = new Uri(_address), Timeout = TimeSpan.FromMinutes(2) };
        if (token is not null) caller.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _callers.Add(caller);
        return caller;
    }

    private static async Task<string> KeyAsync(DeskStore store, ApiKey key, CancellationToken cancellation)
    {
        var token = ApiTokens.New(key.Guild);
        await store.AddApiKeyAsync(key, ApiTokens.HashOf(token), new ApiKeyEvent(key.CreatedAt, "benchmark", "created"), cancellation);
        return token;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var caller in _callers) caller.Dispose();
        _serve.Dispose();
        await _box.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
