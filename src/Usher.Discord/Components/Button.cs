using System.Diagnostics.CodeAnalysis;
using Usher.Discord.Model;

namespace Usher.Discord.Components;

/// <summary>How a button looks and what it needs. <see href="https://discord.com/developers/docs/components/reference#button-button-styles"/></summary>
[SuppressMessage("Design", "CA1008:Enums should have zero value", Justification = "Discord's numbers.")]
public enum ButtonStyle
{
    /// <summary>The main thing to do.</summary>
    Primary = 1,

    /// <summary>Another thing to do.</summary>
    Secondary = 2,

    /// <summary>A good end.</summary>
    Success = 3,

    /// <summary>Not to be undone.</summary>
    Danger = 4,

    /// <summary>Leads to an address, without an interaction.</summary>
    Link = 5,

    /// <summary>A purchase.</summary>
    Premium = 6,
}

/// <summary>A button, in a row or beside a section. <see href="https://discord.com/developers/docs/components/reference#button"/></summary>
/// <param name="Style">How it looks.</param>
public sealed record Button(ButtonStyle Style) : Component(ComponentType.Button)
{
    /// <summary>At most 80 characters.</summary>
    public string? Label { get; init; }

    /// <summary>Before the label.</summary>
    public Emoji? Emoji { get; init; }

    /// <summary>1-100 characters; of all but links and purchases.</summary>
    public string? CustomId { get; init; }

    /// <summary>What is sold; of purchases.</summary>
    public Snowflake? SkuId { get; init; }

    /// <summary>Where a link leads, at most 512 characters.</summary>
    public string? Url { get; init; }

    /// <summary>Cannot be clicked.</summary>
    public bool? Disabled { get; init; }

    /// <summary>A button that makes an interaction.</summary>
    public static Button Of(string customId, string label, ButtonStyle style = ButtonStyle.Secondary, Emoji? emoji = null, bool disabled = false) =>
        new(style) { CustomId = customId, Label = label, Emoji = emoji, Disabled = disabled ? true : null };

    /// <summary>A button that leads somewhere.</summary>
    public static Button Link(string url, string label, Emoji? emoji = null) => new(ButtonStyle.Link) { Url = url, Label = label, Emoji = emoji };
}
