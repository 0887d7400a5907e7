using System.Globalization;
using System.Text;

namespace Usher.Engine.Importing.Sources;

/// <summary>Rows out of CSV with a line of names, as databases write it: parted by commas or semicolons, quoted where a value needs it.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc4180</remarks>
internal static class CsvRows
{
    /// <summary>Reads them.</summary>
    /// <exception cref="ImportException">It is cut off within a quoted value.</exception>
    public static IEnumerable<SourceRow> Read(string file, string table, string text)
    {
        var firstLine = text.AsSpan(0, text.AsSpan().IndexOfAny('\r', '\n') is >= 0 and var end ? end : text.Length);
        var separator = firstLine.Count(';') > firstLine.Count(',') ? ';' : ',';
        IReadOnlyList<string>? names = null;
        var place = 0;
        foreach (var (values, line) in RecordsOf(file, text, separator))
        {
            if (names is null)
            {
                names = values;
                continue;
            }
            place++;
            if (values.Count != names.Count)
                throw new ImportException(string.Create(CultureInfo.InvariantCulture, $"«{file}», line {line}: {values.Count} values for {names.Count} names. Is it cut off, or a quote missing?"));
            var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < names.Count; i++)
                if (values[i].Length > 0) fields[names[i].Trim()] = values[i];
            yield return new SourceRow(string.Create(CultureInfo.InvariantCulture, $"{table} {place}"), fields);
        }
    }

    private static IEnumerable<(List<string> Values, int Line)> RecordsOf(string file, string text, char separator)
    {
        var (values, value, quoted, line, began) = (new List<string>(), new StringBuilder(), false, 1, 1);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            // Some programs end lines with a carriage return alone.
            var isEnd = c == '\n' || (c == '\r' && (i + 1 == text.Length || text[i + 1] != '\n'));
            if (isEnd) line++;
            if (quoted)
            {
                if (c != '"') value.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"') value.Append(text[i++]);
                else quoted = false;
            }
            else if (c == '"' && value.Length == 0) quoted = true;
            else if (c == separator) Take();
            else if (isEnd)
            {
                Take();
                if (values is not [""]) yield return (values, began);
                (values, began) = ([], line);
            }
            else if (c != '\r') value.Append(c);
        }
        if (quoted) throw new ImportException(string.Create(CultureInfo.InvariantCulture, $"«{file}» is cut off: the value that begins in line {began} has no end."));
        Take();
        if (values is not [""]) yield return (values, began);

        void Take()
        {
            values.Add(value.ToString());
            value.Clear();
        }
    }
}
