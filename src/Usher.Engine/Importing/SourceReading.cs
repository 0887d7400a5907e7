using System.Runtime.CompilerServices;
using System.Text.Json;
using Usher.Desk.Values;
using Usher.Engine.Importing.Sources;

namespace Usher.Engine.Importing;

/// <summary>One reading of another system: its tables, and what was found wrong in them.</summary>
internal sealed class SourceReading(ISourceTables source, SourceTimes times, GuildId guild)
{
    private readonly List<SourceFault> _faults = [];
    private readonly List<ImportedTicket> _tickets = [];
    private readonly Dictionary<string, string> _rows = new(StringComparer.Ordinal);
    private int _elsewhere;

    /// <summary>The first of these tables that is there; null when none is.</summary>
    public string? Find(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            foreach (var table in source.Names)
                if (table.Equals(name, StringComparison.OrdinalIgnoreCase)) return table;
        }
        return null;
    }

    /// <summary>The rows of the first of these tables that is there.</summary>
    /// <exception cref="ImportException">None is.</exception>
    public IAsyncEnumerable<RowReader> NeededAsync(string name, CancellationToken cancellation) => RowsAsync(
        Find(name) ?? throw new ImportException($"There is no table «{name}» there{(source.Names.Count == 0 ? "" : $"; there are {string.Join(", ", source.Names)}")}. Is it the right database or file?"),
        cancellation);

    /// <summary>The rows of a table; none when it is not there.</summary>
    public async IAsyncEnumerable<RowReader> RowsAsync(string? table, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (table is null) yield break;
        await foreach (var row in source.RowsAsync(table, cancellation))
        {
            if (row.Fields.Count > 0) yield return new RowReader(row, times, _faults);
            else Fault(new SourceFault(row.Where, null, "there is nothing in it", "Leave it out there."));
        }
    }

    /// <summary>Rows that stand within a row.</summary>
    public IEnumerable<RowReader> Within(RowReader row, params ReadOnlySpan<string> names) => row.Json(names) is { ValueKind: JsonValueKind.Array or JsonValueKind.Object } rows
        ? JsonRows.RowsOf($"{row.Where}, {names[0]}", rows).Select(inner => new RowReader(inner, times, _faults))
        : [];

    /// <summary>Whether a row is of the guild that is meant; one that names none is.</summary>
    public bool IsOurs(RowReader row)
    {
        if (row.Id("guild_id", "guild", "server_id") is not { } other || other == guild.Value) return true;
        _elsewhere++;
        return false;
    }

    /// <summary>Takes a ticket, unless its row was faulty or another had its id.</summary>
    public void Take(RowReader row, ImportedTicket ticket)
    {
        if (_rows.TryGetValue(ticket.Id, out var first)) row.Fault(null, $"its id {RowReader.Shown(ticket.Id)} is that of {first} too", "Leave one of them.");
        if (row.IsFaulty) return;
        _rows[ticket.Id] = row.Where;
        _tickets.Add(ticket);
    }

    public void Fault(SourceFault fault) => _faults.Add(fault);

    /// <summary>What came of it.</summary>
    public ReadTickets Result() => new([.. _tickets.OrderBy(ticket => ticket.OpenedAt).ThenBy(ticket => ticket.Id, StringComparer.Ordinal)], _faults, _elsewhere);
}
