using System.Text.Json.Serialization;

namespace Usher.Discord.Components;

/// <summary>A field of a modal with its name. <see href="https://discord.com/developers/docs/components/reference#label"/></summary>
/// <param name="Text">The name, 1-45 characters.</param>
/// <param name="Component">The field.</param>
/// <param name="Description">A line of help, at most 100 characters.</param>
public sealed record Label([property: JsonPropertyName("label")] string Text, Component Component, string? Description = null) : Component(ComponentType.Label);

/// <summary>A field for files. <see href="https://discord.com/developers/docs/components/reference#file-upload"/></summary>
/// <param name="CustomId">1-100 characters.</param>
public sealed record FileUpload(string CustomId) : Component(ComponentType.FileUpload)
{
    /// <summary>Fewest files, 0-10; 1 when absent.</summary>
    public int? MinValues { get; init; }

    /// <summary>Most files, 1-10; 1 when absent.</summary>
    public int? MaxValues { get; init; }

    /// <summary>Whether a file must be given; true when absent.</summary>
    public bool? Required { get; init; }

    /// <summary>At most 10 of <c>image</c>, <c>video</c>, <c>audio</c> or extensions such as <c>.pdf</c>.</summary>
    public IReadOnlyList<string>? FileTypes { get; init; }
}

/// <summary>An option of a radio or checkbox group. <see href="https://discord.com/developers/docs/components/reference#radio-group"/></summary>
/// <param name="Value">What is sent, 1-100 characters.</param>
/// <param name="Label">What people see, 1-100 characters.</param>
/// <param name="Description">At most 100 characters.</param>
/// <param name="Default">Chosen from the start.</param>
public sealed record GroupOption(string Value, string Label, string? Description = null, bool? Default = null);

/// <summary>One choice of several. <see href="https://discord.com/developers/docs/components/reference#radio-group"/></summary>
/// <param name="CustomId">1-100 characters.</param>
/// <param name="Options">2-10 options.</param>
/// <param name="Required">Whether one must be chosen; true when absent.</param>
public sealed record RadioGroup(string CustomId, IReadOnlyList<GroupOption> Options, bool? Required = null) : Component(ComponentType.RadioGroup)
{
    /// <summary>2-10 options.</summary>
    public IReadOnlyList<GroupOption> Options { get; init; } = Options ?? [];
}

/// <summary>Any choices of several. <see href="https://discord.com/developers/docs/components/reference#checkbox-group"/></summary>
/// <param name="CustomId">1-100 characters.</param>
/// <param name="Options">1-10 options.</param>
public sealed record CheckboxGroup(string CustomId, IReadOnlyList<GroupOption> Options) : Component(ComponentType.CheckboxGroup)
{
    /// <summary>1-10 options.</summary>
    public IReadOnlyList<GroupOption> Options { get; init; } = Options ?? [];

    /// <summary>Fewest choices, 0-10; 1 when absent.</summary>
    public int? MinValues { get; init; }

    /// <summary>Most choices, 1-10; as many as there are options when absent.</summary>
    public int? MaxValues { get; init; }

    /// <summary>Whether something must be chosen; true when absent.</summary>
    public bool? Required { get; init; }
}

/// <summary>A box to tick; it can never be made mandatory. <see href="https://discord.com/developers/docs/components/reference#checkbox"/></summary>
/// <param name="CustomId">1-100 characters.</param>
/// <param name="Default">Ticked from the start.</param>
public sealed record Checkbox(string CustomId, bool? Default = null) : Component(ComponentType.Checkbox);
