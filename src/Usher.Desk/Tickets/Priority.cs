using System.Text.Json.Serialization;
using Usher.Desk.Values;

namespace Usher.Desk.Tickets;

/// <summary>How urgent a ticket is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Priority>))]
public enum Priority
{
    /// <summary>It can wait.</summary>
    Low,

    /// <summary>As most are.</summary>
    Medium,

    /// <summary>Soon.</summary>
    High,

    /// <summary>Before everything else.</summary>
    Critical,
}

/// <summary>The priorities as commands and texts call them.</summary>
public static class Priorities
{
    /// <summary>Their names, the most urgent first; each is described by the text <c>choice.NAME</c>.</summary>
    public static ValueList<string> Names { get; } = ["critical", "high", "medium", "low"];

    /// <summary>The name of a priority.</summary>
    public static string NameOf(Priority priority) => Names[Names.Count - 1 - (int)priority];

    /// <summary>The priority of that name, in any case; null when there is none.</summary>
    public static Priority? Named(string name)
    {
        foreach (var priority in Enum.GetValues<Priority>())
        {
            if (NameOf(priority).Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)) return priority;
        }
        return null;
    }

    /// <summary>The mark by which people see it from afar.</summary>
    public static string MarkOf(Priority priority) => priority switch
    {
        Priority.Critical => "🔴",
        Priority.High => "🟠",
        Priority.Medium => "🟡",
        _ => "🟢",
    };
}
