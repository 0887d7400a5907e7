using System.Globalization;
using Npgsql;

namespace Usher.Storage.Postgres;

/// <summary>Reads an address of a PostgreSQL database as people know it: <c>postgres://user:password@host:port/database?sslmode=require</c>.</summary>
/// <remarks>https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING-URIS. Nothing that is said of a wrong address repeats any of it but names of options.</remarks>
public static class PostgresUrl
{
    /// <summary>How one is written, for people.</summary>
    public const string Shape = "Write postgres://user:password@host/database, with %40 for @ and %2F for / in a password.";

    private static readonly string[] Schemes = ["postgres://", "postgresql://"];

    /// <summary>Whether it is meant to be one.</summary>
    public static bool IsOne(string url) => Array.Exists(Schemes, scheme => url.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    /// <summary>The same address with its tables in a schema of their own.</summary>
    public static string Within(string url, string schema) => $"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}schema={schema}";

    /// <summary>The address as the driver takes it; null when it is none, with what is wrong.</summary>
    public static NpgsqlConnectionStringBuilder? Read(string url, out string wrong)
    {
        wrong = "This is not the address of a PostgreSQL database.";
        if (Array.Find(Schemes, scheme => url.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) is not { } scheme) return null;
        var rest = url[scheme.Length..];
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var options = question < 0 ? "" : rest[(question + 1)..];
        if (question >= 0) rest = rest[..question];
        var builder = new NpgsqlConnectionStringBuilder();
        // A password may hold an @ that nobody escaped: the last one ends it.
        var at = rest.LastIndexOf('@');
        if (at >= 0)
        {
            var colon = rest.IndexOf(':', StringComparison.Ordinal);
            builder.Username = Uri.UnescapeDataString(colon >= 0 && colon < at ? rest[..colon] : rest[..at]);
            if (colon >= 0 && colon < at) builder.Password = Uri.UnescapeDataString(rest[(colon + 1)..at]);
            rest = rest[(at + 1)..];
        }
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0 && slash + 1 < rest.Length) builder.Database = Uri.UnescapeDataString(rest[(slash + 1)..]);
        if (!TakeHost(builder, slash >= 0 ? rest[..slash] : rest) || !TakeOptions(builder, options, ref wrong)) return null;
        if (builder.Host is { Length: > 0 }) return builder;
        wrong = "The address names no host.";
        return null;
    }

    private static bool TakeHost(NpgsqlConnectionStringBuilder builder, string written)
    {
        var end = written.StartsWith('[') ? written.IndexOf(']', StringComparison.Ordinal) : -1;
        var colon = written.IndexOf(':', end + 1);
        if (colon >= 0)
        {
            if (!int.TryParse(written.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is 0 or > 65535) return false;
            builder.Port = port;
        }
        var host = Uri.UnescapeDataString(colon >= 0 ? written[..colon] : written);
        if (host.Length > 0) builder.Host = host.Trim('[', ']');
        return true;
    }

    private static bool TakeOptions(NpgsqlConnectionStringBuilder builder, string options, ref string wrong)
    {
        foreach (var option in options.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = option.Split('=', 2);
            var value = Uri.UnescapeDataString(parts.Length > 1 ? parts[1] : "");
            wrong = $"The option {parts[0]} of the address is not known, or what it says.";
            switch (parts[0])
            {
                case "host": builder.Host = value; break;
                case "user": builder.Username = value; break;
                case "password": builder.Password = value; break;
                case "dbname": builder.Database = value; break;
                case "schema" when IsPlainName(value): builder.SearchPath = value; break;
                case "sslrootcert": builder.RootCertificate = value; break;
                case "port" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536: builder.Port = port; break;
                case "sslmode" when Enum.TryParse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var mode): builder.SslMode = mode; break;
                // The desk has its own patience and name.
                case "connect_timeout" or "application_name": break;
                default: return false;
            }
        }
        return true;
    }

    // It is written into statements, and quoted there.
    private static bool IsPlainName(string name) => name.Length is > 0 and <= 63 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
}
