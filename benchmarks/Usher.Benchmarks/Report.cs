using System.Globalization;
using System.Runtime.InteropServices;

namespace Usher.Benchmarks;

/// <summary>What a verb prints: the machine, a table, and each target with whether it was met.</summary>
internal sealed class Report
{
    private readonly List<string[]> _rows = [];
    private bool _allMet = true;

    internal Report(string title)
    {
        Console.WriteLine(title);
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} cores, {memory:0} GiB, {RuntimeInformation.OSArchitecture}, .NET {Environment.Version}"));
        Console.WriteLine();
    }

    /// <summary>0 when every target was met.</summary>
    internal int ExitCode => _allMet ? 0 : 1;

    internal void Row(params string[] cells) => _rows.Add(cells);

    internal void PrintTable()
    {
        if (_rows.Count == 0) return;
        var widths = Enumerable.Range(0, _rows.Max(row => row.Length)).Select(column => _rows.Max(row => column < row.Length ? row[column].Length : 0)).ToArray();
        foreach (var row in _rows)
            Console.WriteLine(string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
        Console.WriteLine();
        _rows.Clear();
    }

    internal void Target(string what, bool met)
    {
        _allMet &= met;
        Console.WriteLine($"{(met ? "met    " : "NOT MET")}  {what}");
    }

    internal static void Note(string sentence) => Console.WriteLine(sentence);

    internal static string Number(double value, string format = "0.0") => value.ToString(format, CultureInfo.InvariantCulture);
}
