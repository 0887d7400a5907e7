using Npgsql;

namespace Usher.Engine.Lookups;

/// <summary>Says why a source could not be asked, in words that repeat neither an address nor what was asked.</summary>
internal static class SourceFailure
{
    // Syntax errors, unknown names, missing rights (42…) and writes (25006): the server's sentence is about the query as the settings have it.
    private const string AboutTheQuery = "42";

    internal static string Tell(Exception failure) => failure switch
    {
        SourceException own => own.Message,
        HttpRequestException { InnerException: SourceException own } => own.Message,
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => "the query took too long",
        PostgresException refused when refused.SqlState.StartsWith(AboutTheQuery, StringComparison.Ordinal) || refused.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction =>
            $"PostgreSQL {refused.SqlState}, {refused.MessageText}",
        PostgresException refused => $"PostgreSQL {refused.SqlState}",
        NpgsqlException { InnerException: { } inner } => inner.GetType().Name,
        OperationCanceledException => "no answer in time",
        _ => failure.GetType().Name,
    };
}

/// <summary>A source cannot be asked, for a reason that may be logged.</summary>
internal sealed class SourceException(string message) : Exception(message);
