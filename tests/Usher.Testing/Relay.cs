using System.Net;
using System.Net.Sockets;

namespace Usher.Testing;

/// <summary>Stands between a program and a server on a socket of this machine, so that the server can go away and come back: connections are cut, and new ones end at once. Or it falls silent, as behind a broken line: connections stay, and nothing comes through.</summary>
public sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly UnixDomainSocketEndPoint _server;
    private readonly List<Socket> _open = [];
    private readonly Lock _gate = new();
    private bool _away;
    private TaskCompletionSource _passing = Passing();

    private Relay(string socket) => _server = new UnixDomainSocketEndPoint(socket);

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Begins to relay to the socket at that path.</summary>
    public static Relay To(string socket)
    {
        var relay = new Relay(socket);
        relay._listener.Start();
        _ = relay.ListenAsync();
        return relay;
    }

    /// <summary>The server goes away.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _away = true;
            foreach (var socket in _open) socket.Dispose();
            _open.Clear();
        }
    }

    /// <summary>The server falls silent; what is said to it meanwhile it hears later.</summary>
    public void Hush() => Interlocked.Exchange(ref _passing, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>It is back.</summary>
    public void Mend()
    {
        lock (_gate) _away = false;
        _passing.TrySetResult();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true) _ = JoinAsync(await _listener.AcceptSocketAsync());
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task JoinAsync(Socket client)
    {
        var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        lock (_gate)
        {
            _open.AddRange([client, server]);
            if (_away) client.Dispose();
        }
        try
        {
            await server.ConnectAsync(_server);
            await Task.WhenAny(PassAsync(client, server), PassAsync(server, client));
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
        {
            // Cut while it was joined.
        }
        client.Dispose();
        server.Dispose();
    }

    private async Task PassAsync(Socket from, Socket to)
    {
        var bytes = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(bytes) is var read and > 0)
            {
                await _passing.Task;
                await to.SendAsync(bytes.AsMemory(0, read));
            }
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
        {
            // Either end is gone.
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Cut();
        Mend();
        _listener.Dispose();
        return ValueTask.CompletedTask;
    }

    private static TaskCompletionSource Passing()
    {
        var passing = new TaskCompletionSource();
        passing.SetResult();
        return passing;
    }
}
