using System.Diagnostics.CodeAnalysis;

namespace Usher.Discord.Components;

/// <summary>How many lines a text input has. <see href="https://discord.com/developers/docs/components/reference#text-input-text-input-styles"/></summary>
[SuppressMessage("Design", "CA1008:Enums should have zero value", Justification = "Discord's numbers.")]
public enum TextInputStyle
{
    /// <summary>One.</summary>
    Short = 1,

    /// <summary>Several.</summary>
    Paragraph = 2,
}

/// <summary>A field of text in a modal's label. <see href="https://discord.com/developers/docs/components/reference#text-input"/></summary>
/// <param name="CustomId">1-100 characters.</param>
/// <param name="Style">One line or several.</param>
public sealed record TextInput(string CustomId, TextInputStyle Style) : Component(ComponentType.TextInput)
{
    /// <summary>The field's name, at most 45 characters; only in a row, where older modals have it. A <see cref="Label"/> carries its own.</summary>
    public string? Label { get; init; }

    /// <summary>Fewest characters, 0-4000.</summary>
    public int? MinLength { get; init; }

    /// <summary>Most characters, 1-4000.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Whether it must be filled; true when absent.</summary>
    public bool? Required { get; init; }

    /// <summary>What stands in it from the start, at most 4000 characters.</summary>
    public string? Value { get; init; }

    /// <summary>What shows while it is empty, at most 100 characters.</summary>
    public string? Placeholder { get; init; }
}
