using Usher.Discord.Model;

namespace Usher.Discord.Components;

/// <summary>A choice among texts. <see href="https://discord.com/developers/docs/components/reference#string-select"/></summary>
/// <param name="CustomId">1-100 characters.</param>
/// <param name="Options">1-25 options.</param>
public sealed record StringSelect(string CustomId, IReadOnlyList<SelectOption> Options) : Component(ComponentType.StringSelect)
{
    /// <summary>1-25 options.</summary>
    public IReadOnlyList<SelectOption> Options { get; init; } = Options ?? [];

    /// <summary>What shows while nothing is chosen, at most 150 characters.</summary>
    public string? Placeholder { get; init; }

    /// <summary>Fewest choices, 0-25; 1 when absent.</summary>
    public int? MinValues { get; init; }

    /// <summary>Most choices, 1-25; 1 when absent.</summary>
    public int? MaxValues { get; init; }

    /// <summary>In a modal: whether something must be chosen; true when absent.</summary>
    public bool? Required { get; init; }

    /// <summary>In a message: cannot be used.</summary>
    public bool? Disabled { get; init; }
}

/// <summary>An option of a string select. <see href="https://discord.com/developers/docs/components/reference#string-select-select-option-structure"/></summary>
/// <param name="Label">What people see, 1-100 characters.</param>
/// <param name="Value">What is sent, 1-100 characters.</param>
/// <param name="Description">At most 100 characters.</param>
/// <param name="Emoji">Before the label.</param>
/// <param name="Default">Chosen from the start.</param>
public sealed record SelectOption(string Label, string Value, string? Description = null, Emoji? Emoji = null, bool? Default = null);

/// <summary>Something chosen from the start. <see href="https://discord.com/developers/docs/components/reference#user-select-select-default-value-structure"/></summary>
/// <param name="Id">A user, role or channel.</param>
/// <param name="Type"><c>user</c>, <c>role</c> or <c>channel</c>.</param>
public sealed record SelectDefault(Snowflake Id, string Type);

/// <summary>A choice of users. <see href="https://discord.com/developers/docs/components/reference#user-select"/></summary>
/// <param name="CustomId">1-100 characters.</param>
public sealed record UserSelect(string CustomId) : Component(ComponentType.UserSelect)
{
    /// <summary>What shows while nothing is chosen, at most 150 characters.</summary>
    public string? Placeholder { get; init; }

    /// <summary>Fewest choices, 0-25; 1 when absent.</summary>
    public int? MinValues { get; init; }

    /// <summary>Most choices, 1-25; 1 when absent.</summary>
    public int? MaxValues { get; init; }

    /// <summary>In a modal: whether something must be chosen; true when absent.</summary>
    public bool? Required { get; init; }

    /// <summary>In a message: cannot be used.</summary>
    public bool? Disabled { get; init; }

    /// <summary>Chosen from the start; as many as may be chosen.</summary>
    public IReadOnlyList<SelectDefault>? DefaultValues { get; init; }
}

/// <summary>A choice of roles. <see href="https://discord.com/developers/docs/components/reference#role-select"/></summary>
/// <param name="CustomId">1-100 characters.</param>
public sealed record RoleSelect(string CustomId) : Component(ComponentType.RoleSelect)
{
    /// <summary>What shows while nothing is chosen, at most 150 characters.</summary>
    public string? Placeholder { get; init; }

    /// <summary>Fewest choices, 0-25; 1 when absent.</summary>
    public int? MinValues { get; init; }

    /// <summary>Most choices, 1-25; 1 when absent.</summary>
    public int? MaxValues { get; init; }

    /// <summary>In a modal: whether something must be chosen; true when absent.</summary>
    public bool? Required { get; init; }

    /// <summary>In a message: cannot be used.</summary>
    public bool? Disabled { get; init; }

    /// <summary>Chosen from the start; as many as may be chosen.</summary>
    public IReadOnlyList<SelectDefault>? DefaultValues { get; init; }
}

/// <summary>A choice of users and roles. <see href="https://discord.com/developers/docs/components/reference#mentionable-select"/></summary>
/// <param name="CustomId">1-100 characters.</param>
public sealed record MentionableSelect(string CustomId) : Component(ComponentType.MentionableSelect)
{
    /// <summary>What shows while nothing is chosen, at most 150 characters.</summary>
    public string? Placeholder { get; init; }

    /// <summary>Fewest choices, 0-25; 1 when absent.</summary>
    public int? MinValues { get; init; }

    /// <summary>Most choices, 1-25; 1 when absent.</summary>
    public int? MaxValues { get; init; }

    /// <summary>In a modal: whether something must be chosen; true when absent.</summary>
    public bool? Required { get; init; }

    /// <summary>In a message: cannot be used.</summary>
    public bool? Disabled { get; init; }

    /// <summary>Chosen from the start; as many as may be chosen.</summary>
    public IReadOnlyList<SelectDefault>? DefaultValues { get; init; }
}

/// <summary>A choice of channels. <see href="https://discord.com/developers/docs/components/reference#channel-select"/></summary>
/// <param name="CustomId">1-100 characters.</param>
public sealed record ChannelSelect(string CustomId) : Component(ComponentType.ChannelSelect)
{
    /// <summary>What shows while nothing is chosen, at most 150 characters.</summary>
    public string? Placeholder { get; init; }

    /// <summary>Fewest choices, 0-25; 1 when absent.</summary>
    public int? MinValues { get; init; }

    /// <summary>Most choices, 1-25; 1 when absent.</summary>
    public int? MaxValues { get; init; }

    /// <summary>In a modal: whether something must be chosen; true when absent.</summary>
    public bool? Required { get; init; }

    /// <summary>In a message: cannot be used.</summary>
    public bool? Disabled { get; init; }

    /// <summary>Chosen from the start; as many as may be chosen.</summary>
    public IReadOnlyList<SelectDefault>? DefaultValues { get; init; }

    /// <summary>Kinds of channels to offer.</summary>
    public IReadOnlyList<ChannelType>? ChannelTypes { get; init; }
}
