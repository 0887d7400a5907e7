using System.Text.Json.Serialization;
using Usher.Desk.Values;

namespace Usher.Desk.Cards;

/// <summary>Something that people see, as data; the engine draws it with Discord's components. It always fits in one message (<see cref="Fitting"/>).</summary>
/// <param name="Parts">What stands in it, from top to bottom.</param>
/// <param name="Colour">The stripe at its side, <c>0xRRGGBB</c>; null for none.</param>
public sealed record Card(ValueList<CardPart> Parts, int? Colour = null)
{
    /// <summary>What stands in it, from top to bottom, shortened to what Discord takes.</summary>
    public ValueList<CardPart> Parts { get; init => field = Fitting.Of(value); } = Fitting.Of(Parts);

    /// <summary>A card that only says something.</summary>
    public static Card Saying(string markdown) => new([new Words(markdown)]);

    /// <summary>Whether it is bare words: such a card is drawn without a frame.</summary>
    [JsonIgnore]
    public bool IsPlain => Colour is null && Parts is [Words];
}

/// <summary>A piece of a card.</summary>
[JsonDerivedType(typeof(Words), "words")]
[JsonDerivedType(typeof(Line), "line")]
[JsonDerivedType(typeof(Buttons), "buttons")]
[JsonDerivedType(typeof(Choice), "choice")]
public abstract record CardPart;

/// <summary>Words in Discord's markdown. The parts of a card hold at most 4000 characters together.</summary>
public sealed record Words(string Markdown) : CardPart;

/// <summary>A line across.</summary>
public sealed record Line : CardPart;

/// <summary>A row of one to five buttons.</summary>
public sealed record Buttons(ValueList<Button> Row) : CardPart;

/// <summary>A select. What was chosen arrives as <see cref="Engine.Input.Chosen"/>; an option whose value is a press does what that press does.</summary>
/// <param name="Press">What choosing means.</param>
/// <param name="Among">What can be chosen.</param>
/// <param name="Hint">What stands in it while nothing is chosen, at most 150 characters.</param>
public sealed record Choice(Press Press, ChoiceAmong Among, string Hint) : CardPart
{
    /// <summary>The options, at most 25; only for <see cref="ChoiceAmong.Options"/>.</summary>
    public ValueList<ChoiceOption> Options { get; init; }

    /// <summary>How many must be chosen at least.</summary>
    public int Least { get; init; } = 1;

    /// <summary>How many can be chosen at most, up to 25.</summary>
    public int Most { get; init; } = 1;
}

/// <summary>What a select offers.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChoiceAmong>))]
public enum ChoiceAmong
{
    /// <summary>Its own options.</summary>
    Options,

    /// <summary>The members of the guild.</summary>
    Members,

    /// <summary>The roles of the guild.</summary>
    Roles,

    /// <summary>The channels of the guild.</summary>
    Channels,
}

/// <summary>One of a select's options.</summary>
/// <param name="Value">What arrives when it is chosen, at most 100 characters.</param>
/// <param name="Label">What it says, at most 100 characters.</param>
/// <param name="Description">A line below, at most 100 characters.</param>
/// <param name="Emoji">An emoji before the label.</param>
/// <param name="Chosen">Whether it is chosen from the start.</param>
public sealed record ChoiceOption(string Value, string Label, string? Description = null, string? Emoji = null, bool Chosen = false);

/// <summary>How a button looks.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ButtonLook>))]
public enum ButtonLook
{
    /// <summary>The thing to do.</summary>
    Primary,

    /// <summary>One of several things to do.</summary>
    Secondary,

    /// <summary>A good end.</summary>
    Success,

    /// <summary>Something that cannot be taken back.</summary>
    Danger,
}

/// <summary>A button. It holds no state: what it does is found by its press when somebody clicks it, also a year later.</summary>
/// <param name="Label">What it says, at most 80 characters.</param>
/// <param name="Press">What it does; null when it is a link.</param>
/// <param name="Look">How it looks.</param>
/// <param name="Emoji">An emoji before the label.</param>
/// <param name="Link">Where it leads, instead of doing something.</param>
/// <param name="Disabled">Whether it cannot be pressed now.</param>
public sealed record Button(string Label, Press? Press, ButtonLook Look = ButtonLook.Secondary, string? Emoji = null, string? Link = null, bool Disabled = false);

/// <summary>What a button, a select or a form means, small enough for Discord's <c>custom_id</c> of 100 characters.</summary>
/// <param name="Action">The trigger's name, such as <c>claim</c>.</param>
/// <param name="Ticket">The number of the ticket; null when to none.</param>
/// <param name="Argument">One more word, such as a department's key.</param>
/// <param name="Guild">The guild, said where the message stands in none (a DM).</param>
public sealed record Press(string Action, long? Ticket = null, string? Argument = null, GuildId? Guild = null)
{
    /// <summary>The version that new buttons carry.</summary>
    public const string Version = "u1";

    /// <summary>Writes it for <c>custom_id</c>: <c>u1|claim|42||</c>.</summary>
    public string ToCustomId() => $"{Version}|{Action}|{Ticket?.ToString(System.Globalization.CultureInfo.InvariantCulture)}|{Argument}|{Guild}";

    /// <summary>Reads a <c>custom_id</c>; null when it is not one of ours or of a version that is not known.</summary>
    public static Press? Parse(string customId)
    {
        var parts = customId.Split('|');
        if (parts.Length != 5 || parts[0] != Version || parts[1].Length == 0) return null;
        if (!TryNumber(parts[2], out var ticket) || !TryNumber(parts[4], out var guild)) return null;
        if (ticket > long.MaxValue) return null;
        return new Press(parts[1], (long?)ticket, parts[3].Length == 0 ? null : parts[3], guild is { } id ? new GuildId(id) : null);
    }

    private static bool TryNumber(string text, out ulong? number)
    {
        number = null;
        if (text.Length == 0) return true;
        if (!ulong.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var parsed)) return false;
        number = parsed;
        return true;
    }
}

/// <summary>A form that opens at once before the person who clicked.</summary>
/// <param name="Press">What sending it means.</param>
/// <param name="Title">Its heading, at most 45 characters.</param>
/// <param name="Fields">One to five questions.</param>
public sealed record Form(Press Press, string Title, ValueList<FormField> Fields);

/// <summary>A question of a form.</summary>
/// <param name="Key">What the answer is called.</param>
/// <param name="Label">The question, at most 45 characters.</param>
/// <param name="Kind">How it is answered.</param>
public sealed record FormField(string Key, string Label, FieldKind Kind = FieldKind.Line)
{
    /// <summary>Whether it must be answered.</summary>
    public bool Required { get; init; }

    /// <summary>A line below the question, at most 100 characters.</summary>
    public string? Description { get; init; }

    /// <summary>What stands in an empty field, at most 100 characters (150 in a select).</summary>
    public string? Hint { get; init; }

    /// <summary>The answer that stands there already.</summary>
    public string? Value { get; init; }

    /// <summary>The fewest characters of a text, or the fewest choices.</summary>
    public int? Least { get; init; }

    /// <summary>The most characters of a text, up to 4000; the most choices or files, up to 25 and 10.</summary>
    public int? Most { get; init; }

    /// <summary>The options of a select, radio or checkbox group.</summary>
    public ValueList<ChoiceOption> Options { get; init; }
}

/// <summary>How a question of a form is answered. Several choices arrive one on a line.</summary>
/// <remarks>https://discord.com/developers/docs/components/reference#label</remarks>
[JsonConverter(typeof(JsonStringEnumConverter<FieldKind>))]
public enum FieldKind
{
    /// <summary>By a line of text.</summary>
    Line,

    /// <summary>By several lines.</summary>
    Paragraph,

    /// <summary>By a select with options of its own.</summary>
    Select,

    /// <summary>By one of 2 to 10 options that are all seen.</summary>
    Radio,

    /// <summary>By some of 1 to 10 options that are all seen.</summary>
    Checkboxes,

    /// <summary>By yes or no; yes arrives as <c>true</c>.</summary>
    Checkbox,

    /// <summary>By members of the guild; ids arrive.</summary>
    Members,

    /// <summary>By roles; ids arrive.</summary>
    Roles,

    /// <summary>By channels; ids arrive.</summary>
    Channels,

    /// <summary>By files; their addresses arrive.</summary>
    Files,
}

/// <summary>Who is pinged by a message; nobody else ever is.</summary>
public sealed record Mentions(ValueList<UserId> Users, ValueList<RoleId> Roles)
{
    /// <summary>Nobody.</summary>
    public static Mentions None { get; } = new([], []);
}
