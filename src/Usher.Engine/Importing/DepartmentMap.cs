using Usher.Desk.Settings;

namespace Usher.Engine.Importing;

/// <summary>Which department here another system's kinds of tickets belong to.</summary>
public sealed class DepartmentMap
{
    /// <summary>What stands for every kind that is not named.</summary>
    public const string Others = "*";

    private readonly DeskSettings _desk;
    private readonly Dictionary<string, Department> _said = new(StringComparer.OrdinalIgnoreCase);

    private DepartmentMap(DeskSettings desk) => _desk = desk;

    /// <summary>Reads what was said of it, such as <c>tech=support</c> or <c>*=support</c>.</summary>
    /// <returns>Null when something is wrong with it.</returns>
    public static DepartmentMap? Read(IEnumerable<string> said, DeskSettings desk, out string? wrong)
    {
        wrong = null;
        var map = new DepartmentMap(desk);
        foreach (var pair in said)
        {
            var at = pair.LastIndexOf('=');
            if (at <= 0 || at == pair.Length - 1) wrong = $"--department is «{pair}». Write theirs=ours, such as tech=support, or *=support for all others.";
            else if (map.Named(pair[(at + 1)..]) is { } department) map._said[pair[..at].Trim()] = department;
            else wrong = $"--department says «{pair}», but there is no department «{pair[(at + 1)..]}» in the settings. There are {string.Join(", ", desk.Departments.Select(d => d.Key))}.";
            if (wrong is not null) return null;
        }
        return map;
    }

    /// <summary>A ticket's department here; null when there is none.</summary>
    public Department? Of(ImportedTicket ticket)
    {
        foreach (var kind in (string?[])[ticket.Department, ticket.DepartmentName])
        {
            if (kind is null) continue;
            if (_said.TryGetValue(kind, out var said)) return said;
            if (Named(kind) is { } named) return named;
        }
        // Where there is but one, tickets of no kind are its.
        return _said.GetValueOrDefault(Others) ?? (ticket.Department is null && _desk.Departments is [var only] ? only : null);
    }

    private Department? Named(string kind) =>
        _desk.Department(kind.Trim()) ?? _desk.Departments.FirstOrDefault(department => department.Name.Equals(kind.Trim(), StringComparison.OrdinalIgnoreCase));
}
