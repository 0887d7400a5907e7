namespace Usher.Sandbox.Wire.Gateway;

// What can go wrong with a gateway, at will.
internal sealed partial class GatewayServer
{
    /// <summary>Tears every connection.</summary>
    internal void Cut() => Each(connection => connection.Abort());

    /// <summary>Closes every connection with that code.</summary>
    internal void CloseAll(int code) => Each(connection => connection.Close(code));

    /// <summary>Asks every client to reconnect (opcode 7).</summary>
    internal void AskToReconnect() => Each(connection => connection.Send(7, GatewayFrame.Reconnect));

    /// <summary>Asks every client for a heartbeat (opcode 1).</summary>
    internal void AskForHeartbeat() => Each(connection => connection.Send(1, GatewayFrame.Heartbeat));

    /// <summary>Tells every client that its session is invalid (opcode 9); unless it may be resumed, the sessions are forgotten.</summary>
    internal void Invalidate(bool mayResume)
    {
        lock (_world.Gate)
        {
            if (!mayResume) _sessions.Clear();
            Each(connection => connection.Send(9, GatewayFrame.InvalidSession(mayResume)));
        }
    }

    /// <summary>Forgets every session that is away, so that a client that comes back finds a gap.</summary>
    internal void ForgetSessions()
    {
        lock (_world.Gate)
        {
            foreach (var away in _sessions.Values.Where(session => session.Connection is null).ToList()) _sessions.Remove(away.Id);
        }
    }

    private void Each(Action<GatewayConnection> act)
    {
        lock (_world.Gate)
        {
            foreach (var connection in _connections.ToList()) act(connection);
        }
    }
}
