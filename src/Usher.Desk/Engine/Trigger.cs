using System.Globalization;
using Usher.Desk.Effects;
using Usher.Desk.People;
using Usher.Desk.Values;

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

    /// <summary>A command of a message's context menu.</summary>
    Message,
}

/// <summary>What came through a door.</summary>
/// <param name="Argument">A button's or form's argument.</param>
/// <param name="Values">A slash command's options and a form's answers, by name.</param>
/// <param name="Rest">What was typed behind a text command.</param>
public sealed record Input(string? Argument, IReadOnlyDictionary<string, string> Values, string Rest)
{
    private static readonly IReadOnlyDictionary<string, string> NoNames = new Dictionary<string, string>();

    /// <summary>What was chosen in a select.</summary>
    public IReadOnlyList<string> Chosen { get; init; } = [];

    /// <summary>The names of the people among the answers and choices, by their ids.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = NoNames;

    /// <summary>The members among the answers, choices and mentions, by their ids, as Discord told of them in the very event.</summary>
    public IReadOnlyDictionary<string, Actor> Members { get; init; } = new Dictionary<string, Actor>();

    /// <summary>The channel or thread where it was said; null when Discord did not tell.</summary>
    public ChannelId? In { get; init; }

    /// <summary>The message whose context menu was used.</summary>
    public TargetMessage? Target { get; init; }

    /// <summary>What was typed behind a text command, without blanks around it.</summary>
    public string Rest { get; init; } = Rest.Trim();

    /// <summary>The member that an option, a choice or typed words name, such as <c>&lt;@42&gt;</c>; null when none.</summary>
    public UserId? Member(string option = "member")
    {
        var text = this[option] ?? (Chosen.Count > 0 ? Chosen[0] : Rest);
        var digits = text.AsSpan().TrimStart("<@!").TrimEnd(" >");
        return ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? new UserId(id) : null;
    }

    /// <summary>That person as a member of the guild; null when Discord told of no such member.</summary>
    public Actor? Person(UserId user) => Members.GetValueOrDefault(user.Value.ToString(CultureInfo.InvariantCulture));

    /// <summary>The person whom an option, a choice or typed words name; null when none.</summary>
    public Named? Whom(string option = "member")
    {
        if (Member(option) is not { } user) return null;
        if (Person(user) is { } member) return new Named(user, member.Name, IsMember: true, member.Roles);
        // Discord resolves a person who is not in the guild without a membership.
        var isTold = Names.ContainsKey(user.Value.ToString(CultureInfo.InvariantCulture));
        return new Named(user, NameOf(user), isTold ? false : null, []);
    }

    /// <summary>What a person is called; the mention when Discord did not tell.</summary>
    public string NameOf(UserId user) => Names.GetValueOrDefault(user.Value.ToString(CultureInfo.InvariantCulture)) ?? user.Mention;

    /// <summary>An answer or option that was given and is not blank; null otherwise.</summary>
    public string? this[string name] => Values.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}

/// <summary>Somebody who was named: by a choice, an option or a mention.</summary>
/// <param name="User">Who.</param>
/// <param name="Name">What they are called.</param>
/// <param name="IsMember">Whether they are in the guild; null when Discord did not tell.</param>
/// <param name="Roles">Their roles, when they are in the guild and Discord told.</param>
public sealed record Named(UserId User, string Name, bool? IsMember, ValueList<RoleId> Roles);

/// <summary>A door to a command.</summary>
/// <param name="Door">Which kind.</param>
/// <param name="Name">What it is called there, unique among its kind; a slash command may be two words, such as <c>role set</c>.</param>
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

    /// <summary>What comes of it where no ticket is named and it was given in none; null when it is refused then.</summary>
    public Func<Input, Command?> WithoutTicket { get; init; } = static _ => null;

    /// <summary>Whether the ticket may be named by an option <c>number</c>; where it is not, the one that the command was given in is meant.</summary>
    public bool MayNameTicket { get; init; }
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

    /// <summary>One of the approvals that can be asked for.</summary>
    Approval,

    /// <summary>A member; the id arrives.</summary>
    Member,

    /// <summary>A role; the id arrives.</summary>
    Role,

    /// <summary>A channel; the id arrives.</summary>
    Channel,

    /// <summary>A channel category; the id arrives.</summary>
    Category,

    /// <summary>Yes or no; yes arrives as <c>true</c>.</summary>
    YesNo,
}

/// <summary>The message whose context menu was used.</summary>
/// <param name="Channel">Where it stands.</param>
/// <param name="Id">Which.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="AuthorName">The writer's name.</param>
/// <param name="Text">What it says.</param>
/// <param name="ByBot">Whether a bot or a webhook wrote it.</param>
public sealed record TargetMessage(ChannelId Channel, MessageId Id, UserId Author, string AuthorName, string Text, bool ByBot = false);

/// <summary>An option of a slash command; its description is the text <c>option.NAME</c>.</summary>
/// <param name="Name">Its name, the same in every language.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Required">Whether it must be given.</param>
/// <param name="Choices">The only values of an option of words, such as the priorities; each is described by the text <c>choice.VALUE</c>.</param>
public sealed record TriggerOption(string Name, OptionKind Kind, bool Required, ValueList<string> Choices = default);
