using System.Text.Json.Serialization;
using Usher.Desk.Values;

namespace Usher.Desk.Settings;

/// <summary>Something that is done only when others agree, such as a refund: what is asked, where, and who decides.</summary>
public sealed record Approval
{
    /// <summary>The most questions that its form has: they come in one modal.</summary>
    /// <remarks>https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal</remarks>
    public const int MostQuestions = 5;

    /// <summary>What commands and buttons call it: lower-case letters, digits, <c>-</c> and <c>_</c>, at most 32.</summary>
    public required string Key { get; init; }

    /// <summary>What people call it, at most 80 characters.</summary>
    public required string Name { get; init; }

    /// <summary>An emoji, as a character or in Discord's form <c>&lt;:name:id&gt;</c>.</summary>
    public string? Emoji { get; init; }

    /// <summary>The channel where it is decided.</summary>
    public required ChannelId Channel { get; init; }

    /// <summary>The roles whose members decide; managers always may.</summary>
    public ValueList<RoleId> Roles { get; init; }

    /// <summary>The roles that are mentioned when it is asked for; null means those who decide.</summary>
    public ValueList<RoleId>? Mention { get; init; }

    /// <summary>How many people must approve.</summary>
    public int Needed { get; init; } = 1;

    /// <summary>How many people must deny.</summary>
    public int Denials { get; init; } = 1;

    /// <summary>Who may ask for it.</summary>
    public ApprovalAsker AskedBy { get; init; }

    /// <summary>Whether whoever asked, or opened the ticket, may decide it too.</summary>
    public bool Own { get; init; }

    /// <summary>Whether the ticket's card has a button for it, beside the line of the menu.</summary>
    public bool Button { get; init; }

    /// <summary>What is asked, in one modal; null when nothing.</summary>
    public FormSettings? Form { get; init; }

    /// <summary>The roles that are mentioned when it is asked for.</summary>
    [JsonIgnore]
    public ValueList<RoleId> Called => Mention ?? Roles;
}

/// <summary>Who may ask for an approval.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApprovalAsker>))]
public enum ApprovalAsker
{
    /// <summary>The department's staff.</summary>
    Staff,

    /// <summary>The department's staff and whoever opened the ticket.</summary>
    Opener,
}
