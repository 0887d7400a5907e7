using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;

namespace Usher.Storage.Postgres;

/// <summary>What the server's and the driver's failures mean to people. Nothing here repeats a password.</summary>
/// <remarks>https://www.postgresql.org/docs/15/errcodes-appendix.html</remarks>
internal sealed class PostgresFailures(NpgsqlConnectionStringBuilder address)
{
    private const string SystemCatalogCheck = "ExecWithCheckOptions";

    private readonly string _server = address.Host!.StartsWith('/') ? $"the socket in {address.Host}" : string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}");
    private readonly string _database = address.Database ?? address.Username ?? "";
    private readonly string _user = address.Username ?? Environment.UserName;

    /// <summary>What it means; null when it is a fault of ours.</summary>
    public StoreUnavailableException? Explain(Exception exception) => exception switch
    {
        StoreUnavailableException known => known,
        PostgresException answer => Explain(answer),
        NpgsqlException { InnerException: PostgresException answer } => Explain(answer),
        NpgsqlException { InnerException: TimeoutException } => Unreachable("it did not answer in time", exception),
        NpgsqlException { InnerException: SocketException socket } => Unreachable(Said(socket), exception),
        NpgsqlException { InnerException: AuthenticationException } => Unavailable(StoreFailure.Other, $"The database server at {_server} shows a certificate that is not trusted: sslrootcert=FILE in the address names who vouches for it.", exception),
        NpgsqlException { InnerException: IOException or ObjectDisposedException } => Unreachable("the connection was lost", exception),
        NpgsqlException { InnerException: null } when exception.Message.Contains("password", StringComparison.OrdinalIgnoreCase) =>
            Unavailable(StoreFailure.Other, $"The database server at {_server} wants a password for the user «{_user}», and the address has none.", exception),
        NpgsqlException { InnerException: null } when exception.Message.Contains("SSL", StringComparison.Ordinal) =>
            Unavailable(StoreFailure.Other, $"The database server at {_server} speaks no TLS, which sslmode in the address asks for.", exception),
        NpgsqlException => Unreachable("the connection was lost", exception),
        SocketException socket => Unreachable(Said(socket), exception),
        TimeoutException => Unreachable("it did not answer in time", exception),
        IOException => Unreachable("the connection was lost", exception),
        _ => null,
    };

    /// <summary>Whether the same work may be done when it is begun anew: two programs were in each other's way, or the connection was lost before the commit.</summary>
    public bool IsWorthAnotherTry(Exception? exception) => exception switch
    {
        null or StoreUnavailableException => false,
        PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown } => true,
        PostgresException => false,
        NpgsqlException { InnerException: IOException or SocketException { SocketErrorCode: SocketError.ConnectionReset } } => true,
        _ => false,
    };

    /// <summary>Nobody knows whether it was stored.</summary>
    public StoreUnavailableException InDoubt(Exception exception) => Unavailable(
        StoreFailure.Unreachable, $"The connection to the database server at {_server} was lost while it stored something, and whether it did is not known yet.", exception);

    private StoreUnavailableException? Explain(PostgresException exception) => exception.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            Unavailable(StoreFailure.Other, $"The database server at {_server} refuses the user «{_user}» or the password. Look at DATABASE_URL.", exception),
        PostgresErrorCodes.InvalidCatalogName =>
            Unavailable(StoreFailure.Other, $"The database server at {_server} has no database «{_database}». Make it: createdb --owner {_user} {_database}", exception),
        PostgresErrorCodes.InsufficientPrivilege when exception.Routine == SystemCatalogCheck => null,
        PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.InvalidSchemaName =>
            Unavailable(StoreFailure.ReadOnly, $"The user «{_user}» lacks a right in the database «{_database}» ({exception.MessageText}). Make it the owner: alter database {_database} owner to {_user}", exception),
        PostgresErrorCodes.ReadOnlySqlTransaction =>
            Unavailable(StoreFailure.ReadOnly, $"The database server at {_server} takes no writes now: it is a standby, or was made read-only.", exception),
        PostgresErrorCodes.DiskFull =>
            Unavailable(StoreFailure.DiskFull, $"The disk of the database server at {_server} is full. Make room there; work goes on by itself.", exception),
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure =>
            Unavailable(StoreFailure.Locked, $"Another program holds the database «{_database}» locked, or the server is overburdened ({exception.MessageText}). Wait until it is done.", exception),
        PostgresErrorCodes.TooManyConnections => Unreachable("it has no connection left", exception),
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => Unreachable("it is stopping or starting", exception),
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => Unavailable(StoreFailure.Corrupt, $"The database «{_database}» is damaged. Restore it from a backup.", exception),
        { } state when state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal) => Unreachable(exception.MessageText, exception),
        { } state when state.StartsWith("53", StringComparison.Ordinal) || state.StartsWith("58", StringComparison.Ordinal) =>
            Unavailable(StoreFailure.Other, $"The database server at {_server} cannot do its work: {exception.MessageText}.", exception),
        _ => null,
    };

    private static string Said(SocketException socket) => socket.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "the connection is refused",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "there is no host of that name",
        SocketError.AddressNotAvailable when OperatingSystem.IsLinux() => "there is nothing at that address",
        _ => socket.Message,
    };

    private StoreUnavailableException Unreachable(string why, Exception exception) =>
        Unavailable(StoreFailure.Unreachable, $"The database server at {_server} cannot be reached: {why}. Work goes on by itself when it is back.", exception);

    private static StoreUnavailableException Unavailable(StoreFailure reason, string sentence, Exception exception) => new(reason, sentence, exception);
}
