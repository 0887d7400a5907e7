using System.Diagnostics.CodeAnalysis;

namespace Usher.Discord.Components;

/// <summary>A row of up to 5 buttons, or one select. <see href="https://discord.com/developers/docs/components/reference#action-row"/></summary>
/// <param name="Components">Buttons or a select.</param>
public sealed record ActionRow(IReadOnlyList<Component> Components) : Component(ComponentType.ActionRow)
{
    /// <summary>Buttons or a select.</summary>
    public IReadOnlyList<Component> Components { get; init; } = Components ?? [];

    /// <summary>A row of these.</summary>
    public static ActionRow Of(params IReadOnlyList<Component> components) => new(components);
}

/// <summary>One to three texts beside a button or picture. <see href="https://discord.com/developers/docs/components/reference#section"/></summary>
/// <param name="Components">1-3 text displays.</param>
/// <param name="Accessory">A button or thumbnail.</param>
public sealed record Section(IReadOnlyList<Component> Components, Component Accessory) : Component(ComponentType.Section)
{
    /// <summary>1-3 text displays.</summary>
    public IReadOnlyList<Component> Components { get; init; } = Components ?? [];

    /// <summary>One text beside a button or picture.</summary>
    public static Section Of(string text, Component accessory) => new([new TextDisplay(text)], accessory);
}

/// <summary>A frame around others, with a coloured edge. <see href="https://discord.com/developers/docs/components/reference#container"/></summary>
/// <param name="Components">Rows, texts, sections, galleries, separators and files.</param>
/// <param name="AccentColor">The edge's colour as 0xRRGGBB.</param>
/// <param name="Spoiler">Blurred until clicked.</param>
public sealed record Container(IReadOnlyList<Component> Components, int? AccentColor = null, bool? Spoiler = null) : Component(ComponentType.Container)
{
    /// <summary>Rows, texts, sections, galleries, separators and files.</summary>
    public IReadOnlyList<Component> Components { get; init; } = Components ?? [];
}

/// <summary>How much space a separator takes. <see href="https://discord.com/developers/docs/components/reference#separator"/></summary>
[SuppressMessage("Design", "CA1008:Enums should have zero value", Justification = "Discord's numbers.")]
public enum SeparatorSpacing
{
    /// <summary>Little.</summary>
    Small = 1,

    /// <summary>Much.</summary>
    Large = 2,
}

/// <summary>Space between two components, with a line unless told otherwise. <see href="https://discord.com/developers/docs/components/reference#separator"/></summary>
/// <param name="Divider">Whether a line shows; true when absent.</param>
/// <param name="Spacing">How much space; small when absent.</param>
public sealed record Separator(bool? Divider = null, SeparatorSpacing? Spacing = null) : Component(ComponentType.Separator);
