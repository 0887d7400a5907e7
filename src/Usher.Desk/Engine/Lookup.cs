using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Engine;

/// <summary>Something that must be looked up outside before a command can be decided. It is given a few seconds, and never holds a ticket up for longer.</summary>
/// <param name="Source">Where.</param>
/// <param name="Question">For which question.</param>
/// <param name="Values">What the source wants to know.</param>
public sealed record LookupQuery(SourceSettings Source, string Question, ValueList<LookupValue> Values)
{
    /// <summary>The value of that name; null when it is not known.</summary>
    public string? this[string name] => Values.FirstOrDefault(value => value.Name == name)?.Value;
}

/// <summary>A value that a source is asked with.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">The value; null when it is not known.</param>
public sealed record LookupValue(string Name, string? Value);

/// <summary>What a source answered.</summary>
/// <param name="Query">What was asked.</param>
/// <param name="State">How it ended.</param>
/// <param name="Rows">What was found: one row for an answer, several for the options of a select.</param>
public sealed record LookedUp(LookupQuery Query, FindingState State, ValueList<FoundRow> Rows = default);

/// <summary>A row that a source found.</summary>
/// <param name="Fields">What is shown of it.</param>
/// <param name="Value">By what it is known among the options.</param>
/// <param name="Label">What its option says.</param>
/// <param name="Description">A line below it.</param>
public sealed record FoundRow(ValueList<FoundField> Fields, string Value = "", string Label = "", string? Description = null);
