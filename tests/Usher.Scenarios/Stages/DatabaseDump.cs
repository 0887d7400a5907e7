using System.Data.Common;
using System.Globalization;
using System.Text;
using Usher.Testing;

namespace Usher.Scenarios.Stages;

/// <summary>Everything that stands in the database: every column of every table.</summary>
public static class DatabaseDump
{
    /// <summary>All of it, a line each.</summary>
    public static async Task<string> OfAsync(Stage stage)
    {
        var all = new StringBuilder();
        await foreach (var (column, value) in ValuesAsync(stage)) all.Append(column).Append('\t').Append(value).Append('\n');
        return all.ToString();
    }

    /// <summary>The columns in which something stands.</summary>
    public static async Task<IReadOnlyCollection<string>> ColumnsWithAsync(Stage stage, string sought)
    {
        var columns = new HashSet<string>();
        await foreach (var (column, value) in ValuesAsync(stage))
        {
            if (value.Contains(sought, StringComparison.Ordinal)) columns.Add(column);
        }
        return columns;
    }

    private static async IAsyncEnumerable<(string Column, string Value)> ValuesAsync(Stage stage)
    {
        await using var other = await stage.OtherProgramAsync();
        foreach (var table in await TablesAsync(other))
        {
            await using var command = other.CreateCommand();
            command.CommandText = $"select * from \"{table}\"";
            await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await rows.ReadAsync(TestContext.Current.CancellationToken))
            {
                for (var i = 0; i < rows.FieldCount; i++)
                {
                    if (!rows.IsDBNull(i)) yield return ($"{table}.{rows.GetName(i)}", Text(rows.GetValue(i)));
                }
            }
        }
    }

    // Views and what full-text search keeps for itself are among SQLite's.
    private static async Task<List<string>> TablesAsync(DbConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = TestDatabase.IsPostgres
            ? "select relname from pg_class where relkind in ('r', 'v') and relnamespace = current_schema()::regnamespace order by 1"
            : "select name from sqlite_master where type in ('table', 'view') and name <> 'search_words' order by 1";
        var tables = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await rows.ReadAsync(TestContext.Current.CancellationToken)) tables.Add(rows.GetString(0));
        return tables;
    }

    private static string Text(object value) => value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
