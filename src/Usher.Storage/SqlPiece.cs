using System.Runtime.CompilerServices;
using Usher.Desk.Values;

namespace Usher.Storage;

/// <summary>A further piece of a statement: what stands in braces becomes one more parameter of it.</summary>
/// <remarks>Statements are put together only of pieces that are written in the program, so that there are few different ones to prepare.</remarks>
[InterpolatedStringHandler]
internal readonly ref struct SqlPiece
{
    private readonly Sql _sql;

    public SqlPiece(int literalLength, int formattedCount, Sql sql) => _sql = sql;

    public void AppendLiteral(string literal) => _sql.AppendLiteral(literal);

    public void AppendFormatted(string? value) => _sql.AppendFormatted(value);

    public void AppendFormatted(long value) => _sql.AppendFormatted(value);

    public void AppendFormatted(bool value) => _sql.AppendFormatted(value);

    public void AppendFormatted(DateTimeOffset value) => _sql.AppendFormatted(value);

    public void AppendFormatted(SqlWords words) => _sql.AppendFormatted(words);

    public void AppendFormatted(GuildId value) => _sql.AppendFormatted(value);

    public void AppendFormatted(UserId value) => _sql.AppendFormatted(value);
}

/// <summary>Words of a statement that several have in common; written in the program, like all of its text.</summary>
internal readonly record struct SqlWords(string Text);

internal static class SqlPieces
{
    /// <summary>The statement goes on.</summary>
    public static void Add(this Sql sql, [InterpolatedStringHandlerArgument(nameof(sql))] SqlPiece piece)
    {
        // The piece has added itself while it was made.
    }

    /// <summary>Only these departments; none at all when the list is empty.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="departments">Their keys.</param>
    /// <param name="walked">Whether one alone may be what the rows are found by.</param>
    public static void AddAmong(this Sql sql, ValueList<string> departments, bool walked = true)
    {
        if (walked && departments is [var only])
        {
            sql.Add($" and department = {only}");
            return;
        }
        // A page of several is walked to in its own order: by the departments' index all of theirs would have to be read and sorted for it.
        sql.AppendLiteral(" and department || '' in (");
        for (var i = 0; i < departments.Count; i++)
        {
            if (i > 0) sql.AppendLiteral(", ");
            sql.AppendFormatted(departments[i]);
        }
        sql.AppendLiteral(departments.Count == 0 ? "null)" : ")");
    }
}
