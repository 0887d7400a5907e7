using Usher.Desk.Effects;
using Usher.Desk.People;
using Usher.Desk.Values;

namespace Usher.Desk.Engine;

/// <summary>A person or a program, as it is told who asked for something and who agreed.</summary>
/// <param name="User">The person; zero at the command line, the bot for programs that act as nobody.</param>
/// <param name="Program">The program's name, or the command line and its user; null for people.</param>
public sealed record Principal(UserId User, string? Program)
{
    /// <summary>Who acts.</summary>
    public static Principal Of(Actor actor) => new(actor.User, actor.Standing is null ? null : actor.Name);

    /// <summary>How words that others read name them.</summary>
    public string Signature => Program ?? User.Mention;

    /// <summary>
    /// Whether both are, as far as anybody can tell, one. A key that acts as a member is that member, whatever it is called, and keys that act as nobody are no second person for each other: whoever may make one may make two.
    /// At the command line the users of the machine are told apart.
    /// </summary>
    public bool IsSameAs(Principal other) => User == other.User && (User != default || Program == other.Program);
}

/// <summary>How far the erasure of a member is.</summary>
public enum ErasureState
{
    /// <summary>It waits for a second person.</summary>
    Asked,

    /// <summary>It is agreed, and being done.</summary>
    Approved,

    /// <summary>It was refused.</summary>
    Denied,

    /// <summary>It is done.</summary>
    Done,

    /// <summary>It is done but for what must stay for a time.</summary>
    Kept,
}

/// <summary>The erasure of a member.</summary>
/// <param name="Number">Counted from 1 within the guild.</param>
/// <param name="Member">Of whom.</param>
/// <param name="State">How far it is.</param>
/// <param name="AskedBy">Who asked for it.</param>
/// <param name="AskedAt">When.</param>
public sealed record Erasure(long Number, UserId Member, ErasureState State, Principal AskedBy, DateTimeOffset AskedAt)
{
    /// <summary>Who decided; null while nobody has.</summary>
    public Principal? DecidedBy { get; init; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>When it was done.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When it goes on: at once, or when the time is over for which something must stay. Null when it does not.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The tickets that must stay until their time is over.</summary>
    public ValueList<long> Kept { get; init; }

    /// <summary>Where the second person is asked; null when nowhere.</summary>
    public ChannelId? Channel { get; init; }

    /// <summary>The message with which they are asked; null until it stands.</summary>
    public MessageId? Message { get; init; }
}

/// <summary>Which erasures a decision looks at.</summary>
/// <param name="Member">What is kept of this member, and an erasure of theirs that is under way.</param>
/// <param name="Number">This one, and what is kept of its member.</param>
public sealed record ErasureQuery(UserId? Member = null, long? Number = null);

/// <summary>What is known of erasures, for a decision.</summary>
public sealed record ErasureMatter
{
    /// <summary>The one that is asked about; null when there is none.</summary>
    public Erasure? Found { get; init; }

    /// <summary>What is kept of its member, or of the one who is asked about; null when neither is known.</summary>
    public ErasureSurvey? Survey { get; init; }

    /// <summary>Whether an erasure would do nothing, now or later: there is nothing of the member, or all that there is must stay for a time and an earlier erasure comes back to it.</summary>
    public bool LeavesNothing => Survey is not { } survey || (survey.IsEmpty && survey.Open.Count == 0 && (survey.Kept.Count == 0 || Found is { State: ErasureState.Kept }));

    /// <summary>Those that wait for a second person, the oldest first; where neither member nor number is asked about.</summary>
    public ValueList<Erasure> Waiting { get; init; }

    /// <summary>The number of the next one.</summary>
    public long NextNumber { get; init; }
}

/// <summary>What is kept of a member: what would go, and what would not.</summary>
/// <param name="Member">Of whom.</param>
/// <param name="Tickets">How many tickets they opened that would go.</param>
/// <param name="Messages">How many messages they wrote in tickets that would go.</param>
/// <param name="Files">How many files hang on these.</param>
/// <param name="Forms">How many forms they are filling in.</param>
/// <param name="IsBlocked">Whether they are blocked, which stays.</param>
public sealed record ErasureSurvey(UserId Member, long Tickets, long Messages, long Files, long Forms, bool IsBlocked)
{
    /// <summary>What must stay.</summary>
    public ValueList<KeptTickets> Kept { get; init; }

    /// <summary>The numbers of tickets that are still worked on and that they opened or have taken on: first these must be closed, or given to others.</summary>
    public ValueList<long> Open { get; init; }

    /// <summary>Whether there is nothing of them at all.</summary>
    public bool KeepsNothing => IsEmpty && !IsBlocked && Kept.Count + Open.Count == 0;

    /// <summary>Whether there is nothing that could go.</summary>
    public bool IsEmpty => Tickets + Messages + Files + Forms == 0;
}

/// <summary>Tickets that must stay for a time.</summary>
/// <param name="Tickets">How many.</param>
/// <param name="Until">When the last of them may go.</param>
/// <param name="Reason">Why, as the settings say.</param>
public sealed record KeptTickets(long Tickets, DateTimeOffset Until, string Reason);

/// <summary>Who is left of somebody who was erased.</summary>
public static class Nobody
{
    /// <summary>The id: Discord gave it to nobody.</summary>
    public static readonly UserId Id = new(1);

    /// <summary>The name, as Discord calls those who are gone.</summary>
    public const string Name = "Deleted User";
}
