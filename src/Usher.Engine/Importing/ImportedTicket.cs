using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Engine.Importing;

/// <summary>A ticket that another system kept, with all that is known of it.</summary>
public sealed record ImportedTicket
{
    /// <summary>What that system calls it; by this it is known again.</summary>
    public required string Id { get; init; }

    /// <summary>Where it stands there, for people.</summary>
    public required string Row { get; init; }

    /// <summary>Who opened it.</summary>
    public required UserId Opener { get; init; }

    /// <summary>Their name; null when only the id was kept.</summary>
    public string? OpenerName { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>What that system called its kind; null when it kept none.</summary>
    public string? Department { get; init; }

    /// <summary>What people called that; null when it is the same.</summary>
    public string? DepartmentName { get; init; }

    /// <summary>Its thread or channel; null when it had none, or it was not kept.</summary>
    public ChannelId? Home { get; init; }

    /// <summary>What that is.</summary>
    public HomeKind HomeKind { get; init; }

    /// <summary>Whether that system deletes it with the ticket's end.</summary>
    public bool HomeEndsWithIt { get; init; }

    /// <summary>What its transcript's address ends in; null for a new one.</summary>
    public string? Token { get; init; }

    /// <summary>Whether its id is shown and found, as people know the ticket by it.</summary>
    public bool IsKnownById { get; init; } = true;

    /// <summary>Who has it; null when nobody.</summary>
    public UserId? ClaimedBy { get; init; }

    /// <summary>Since when; null when that was not kept.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>How urgent it is; null when nobody said.</summary>
    public Priority? Priority { get; init; }

    /// <summary>What it is about.</summary>
    public string? Subject { get; init; }

    /// <summary>The same at length.</summary>
    public string? Description { get; init; }

    /// <summary>How content its opener was, from 1 to 5, and why; null when they did not say.</summary>
    public (int Score, string? Comment)? Rating { get; init; }

    /// <summary>What its opener was asked.</summary>
    public ValueList<FormAnswer> Answers { get; init; }

    /// <summary>Whom staff added.</summary>
    public ValueList<UserId> Added { get; init; }

    /// <summary>How it ended; null while it has not.</summary>
    public ImportedEnd? End { get; init; }

    /// <summary>What was said in it, oldest first.</summary>
    public IReadOnlyList<ImportedMessage> Messages { get; init; } = [];

    /// <summary>What staff noted, oldest first.</summary>
    public IReadOnlyList<ImportedNote> Notes { get; init; } = [];

    /// <summary>The last moment that is known of it.</summary>
    public DateTimeOffset LastSeen => Messages.Select(message => message.At).Concat(Notes.Select(note => note.At)).Append(ClaimedAt ?? OpenedAt).Append(OpenedAt).Max();
}

/// <summary>How a ticket of another system ended.</summary>
/// <param name="At">When; null when that was not kept.</param>
/// <param name="By">Who ended it; null when that was not kept.</param>
/// <param name="Reason">Why; null when nobody said.</param>
/// <param name="IsCancelled">Whether its opener took it back.</param>
public sealed record ImportedEnd(DateTimeOffset? At = null, UserId? By = null, string? Reason = null, bool IsCancelled = false);

/// <summary>A message of a ticket of another system.</summary>
/// <param name="Author">Who wrote it; zero for a program without an account.</param>
/// <param name="Name">Their name; null when only the id was kept.</param>
/// <param name="IsBot">Whether a program wrote it.</param>
/// <param name="Text">What it says.</param>
/// <param name="At">When.</param>
/// <param name="Id">Discord's id of it; null when that was not kept.</param>
/// <param name="Place">Its place among those of the same moment, which stays the same when it is read again.</param>
public sealed record ImportedMessage(UserId Author, string? Name, bool IsBot, string Text, DateTimeOffset At, ulong? Id, uint Place);

/// <summary>A note of staff.</summary>
/// <param name="By">Who wrote it.</param>
/// <param name="Text">What it says.</param>
/// <param name="At">When.</param>
public sealed record ImportedNote(UserId By, string Text, DateTimeOffset At);
