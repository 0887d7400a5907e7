using System.Data.Common;
using Usher.Desk.Values;

namespace Usher.Storage;

/// <summary>Reads columns as what they mean.</summary>
internal static class Rows
{
    public static DateTimeOffset Instant(this DbDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    public static DateTimeOffset? InstantOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Instant(column);

    public static long? NumberOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static string? TextOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    // Every number is stored with 64 bits, and PostgreSQL's driver reads them as nothing smaller.
    public static int Count(this DbDataReader row, int column) => checked((int)row.GetInt64(column));

    public static bool Yes(this DbDataReader row, int column) => row.GetInt64(column) != 0;

    public static ulong Snowflake(this DbDataReader row, int column) => unchecked((ulong)row.GetInt64(column));

    public static T Id<T>(this DbDataReader row, int column) where T : struct, IDiscordId<T> => T.From(row.Snowflake(column));

    // Text is UTF-8 in the file: taking its bytes as they are spares two conversions for every message of a transcript.
    public static byte[] Utf8(this DbDataReader row, int column) => row.GetFieldValue<byte[]>(column);
}
