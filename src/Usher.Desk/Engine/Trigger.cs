using Usher.Desk.Effects;

namespace Usher.Desk.Engine;

/// <summary>The doors through which people reach a command.</summary>
public enum Door
{
    /// <summary>A button or a select.</summary>
    Button,

    /// <summary>A sent form.</summary>
    Form,

    /// <summary>A slash command.</summary>
    Slash,

    /// <summary>A typed command.</summary>
    Typed,
}

/// <summary>What came through a door.</summary>
/// <param name="Argument">A button's or form's argument.</param>
/// <param name="Values">A slash command's options and a form's answers, by name.</param>
/// <param name="Rest">What was typed behind a text command.</param>
public sealed record Input(string? Argument, IReadOnlyDictionary<string, string> Values, string Rest)
{
    /// <summary>What was typed behind a text command, without blanks around it.</summary>
    public string Rest { get; init; } = Rest.Trim();

    /// <summary>An answer or option that was given and is not blank; null otherwise.</summary>
    public string? this[string name] => Values.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}

/// <summary>A door to a command.</summary>
/// <param name="Door">Which kind.</param>
/// <param name="Name">What it is called there, unique among its kind.</param>
/// <param name="Command">The command that comes of it; null when what was given makes none.</param>
public sealed record Trigger(Door Door, string Name, Func<Input, Command?> Command)
{
    /// <summary>How Discord is told to wait.</summary>
    public Waiting Waiting { get; init; } = Waiting.Privately;

    /// <summary>A slash command's options.</summary>
    public IReadOnlyList<TriggerOption> Options { get; init; } = [];

    /// <summary>Whether a typed command must vanish at once, since the opener must not read it.</summary>
    public bool Secret { get; init; }

    /// <summary>Whether the ticket is named by an option <c>number</c> rather than by where the command was given.</summary>
    public bool NamesTicket { get; init; }
}

/// <summary>The kinds of value that an option takes.</summary>
public enum OptionKind
{
    /// <summary>Words.</summary>
    Words,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>One of the desk's departments.</summary>
    Department,

    /// <summary>One of the desk's panels.</summary>
    Panel,
}

/// <summary>An option of a slash command; its description is the text <c>option.NAME</c>.</summary>
public sealed record TriggerOption(string Name, OptionKind Kind, bool Required);
