using System.Text.Json.Serialization;
using Usher.Desk.Values;

namespace Usher.Desk.Settings;

/// <summary>What a department asks, and when. Questions come in order; each may depend on earlier answers, so that together they are a tree.</summary>
public sealed record FormSettings
{
    /// <summary>When it is asked.</summary>
    public FormPlace Place { get; init; }

    /// <summary>The questions, 1 to 25.</summary>
    public ValueList<Question> Questions { get; init; }

    /// <summary>The question of that key; null when it is gone.</summary>
    public Question? Question(string key) => Questions.FirstOrDefault(question => question.Key == key);
}

/// <summary>When a form is asked.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FormPlace>))]
public enum FormPlace
{
    /// <summary>Before the ticket opens, seen by the opener alone.</summary>
    BeforeOpening,

    /// <summary>In the ticket; staff is called when it is filled in.</summary>
    InTicket,
}

/// <summary>One question of a form.</summary>
public sealed record Question
{
    /// <summary>What the answer is called: lower-case letters, digits, <c>-</c> and <c>_</c>, at most 24.</summary>
    public required string Key { get; init; }

    /// <summary>What is asked, at most 45 characters where it stands in a modal.</summary>
    public required string Text { get; init; }

    /// <summary>A line below it, at most 100 characters.</summary>
    public string? Description { get; init; }

    /// <summary>How it is answered.</summary>
    public QuestionKind Kind { get; init; }

    /// <summary>What can be chosen.</summary>
    public ValueList<QuestionOption> Options { get; init; }

    /// <summary>Whether it must be answered.</summary>
    public bool Required { get; init; } = true;

    /// <summary>The fewest characters or choices; null for Discord's own limit.</summary>
    public int? Least { get; init; }

    /// <summary>The most characters or choices; null for Discord's own limit.</summary>
    public int? Most { get; init; }

    /// <summary>A regular expression that the whole answer must match; null for any.</summary>
    public string? Pattern { get; init; }

    /// <summary>What is said when it does not match.</summary>
    public string? PatternSays { get; init; }

    /// <summary>What kind of text is wanted.</summary>
    public AnswerFormat Format { get; init; }

    /// <summary>What stands in the empty field.</summary>
    public string? Hint { get; init; }

    /// <summary>The answer that stands there already.</summary>
    public string? Prefilled { get; init; }

    /// <summary>When it is asked: all of these must hold; always when empty.</summary>
    public ValueList<AnswerCondition> When { get; init; }

    /// <summary>The key of the source in which the answer is looked up; null when nowhere.</summary>
    public string? Lookup { get; init; }

    /// <summary>The key of the source whose rows are the options; null when they stand in the settings.</summary>
    public string? OptionsFrom { get; init; }

    /// <summary>What is said when that source has no row; the catalogue's words when null.</summary>
    public string? None { get; init; }

    /// <summary>Whether it is asked by a message with buttons or a select; otherwise by a modal.</summary>
    [JsonIgnore]
    public bool IsMessage => Kind is QuestionKind.Buttons or QuestionKind.Select or QuestionKind.Members or QuestionKind.Roles or QuestionKind.Channels;
}

/// <summary>How a question is answered.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<QuestionKind>))]
public enum QuestionKind
{
    /// <summary>By a line of text, in a modal.</summary>
    Line,

    /// <summary>By several lines of text, in a modal.</summary>
    Paragraph,

    /// <summary>By one of up to 20 buttons, in a message.</summary>
    Buttons,

    /// <summary>By one or several of up to 25 options of a select, in a message.</summary>
    Select,

    /// <summary>By members of the guild, in a message.</summary>
    Members,

    /// <summary>By roles, in a message.</summary>
    Roles,

    /// <summary>By channels, in a message.</summary>
    Channels,

    /// <summary>By one of 2 to 10 options, all seen, in a modal.</summary>
    Radio,

    /// <summary>By some of 1 to 10 options, all seen, in a modal.</summary>
    Checkboxes,

    /// <summary>By a tick, in a modal.</summary>
    Checkbox,

    /// <summary>By up to 10 files, in a modal.</summary>
    Files,
}

/// <summary>What kind of text an answer must be.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AnswerFormat>))]
public enum AnswerFormat
{
    /// <summary>Any.</summary>
    Any,

    /// <summary>A number.</summary>
    Number,

    /// <summary>An address that begins with <c>http</c>.</summary>
    Url,

    /// <summary>An invitation to a guild, in any of its forms.</summary>
    Invite,
}

/// <summary>Something that can be chosen.</summary>
/// <param name="Value">What it is called: 1 to 24 lower-case letters, digits, <c>-</c> and <c>_</c>.</param>
/// <param name="Label">What it says, at most 80 characters.</param>
/// <param name="Description">A line below, at most 100 characters; buttons have none.</param>
/// <param name="Emoji">An emoji before it.</param>
public sealed record QuestionOption(string Value, string Label, string? Description = null, string? Emoji = null);

/// <summary>Holds when the answer to an earlier question is, or contains, one of the values.</summary>
/// <param name="Question">The earlier question's key.</param>
/// <param name="Values">The values; any answer at all when empty.</param>
public sealed record AnswerCondition(string Question, ValueList<string> Values);
