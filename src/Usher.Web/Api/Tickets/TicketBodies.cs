using Usher.Desk.Values;

namespace Usher.Web.Api.Tickets;

/// <summary>A ticket that somebody wants.</summary>
/// <param name="UserId">For whom, as a number or as text; the caller when left out.</param>
/// <param name="Category">The department's key.</param>
/// <param name="Department">The same under another name.</param>
/// <param name="Subject">What it is about, at most 200 characters.</param>
/// <param name="Description">The same at length, at most 2000 characters.</param>
/// <param name="Priority">low, medium, high or critical.</param>
/// <param name="Answers">The answers to what the department's form asks, by the questions' keys.</param>
internal sealed record CreateTicketBody(
    UserId? UserId = null, string? Category = null, string? Department = null, string? Subject = null, string? Description = null, string? Priority = null,
    Dictionary<string, string>? Answers = null);

/// <summary>Words for a ticket.</summary>
/// <param name="Message">The words, in Discord's markdown, at most 3800 characters (1000 of a note).</param>
/// <param name="InternalNote">Whether they are a note, which only staff reads.</param>
internal sealed record ReplyBody(string Message, bool InternalNote = false);

/// <summary>A note, which only staff reads.</summary>
/// <param name="Text">At most 1000 characters.</param>
internal sealed record NoteBody(string Text);

/// <summary>How a ticket is closed.</summary>
/// <param name="Resolution">What came of it, at most 1000 characters; the opener reads it.</param>
/// <param name="NotifyUser">Whether the opener gets the message about it, with the transcript.</param>
internal sealed record CloseBody(string? Resolution = null, bool NotifyUser = true);

/// <summary>Who shall have a ticket.</summary>
/// <param name="UserId">Somebody of its department's staff.</param>
internal sealed record AssignBody(UserId UserId);

/// <summary>Which department shall have a ticket.</summary>
/// <param name="Department">Its key.</param>
internal sealed record TransferBody(string Department);

/// <summary>How urgent a ticket is.</summary>
/// <param name="Priority">low, medium, high or critical.</param>
internal sealed record PriorityBody(string Priority);

/// <summary>What a ticket is sorted under.</summary>
/// <param name="Tags">These and no others: at most 10 of at most 30 characters.</param>
internal sealed record TagsBody(string[] Tags);

/// <summary>How content the opener is.</summary>
/// <param name="Rating">1 to 5, the more the better.</param>
/// <param name="Comment">Why, at most 1000 characters.</param>
internal sealed record RateBody(int Rating, string? Comment = null);

/// <summary>Nothing.</summary>
internal sealed record NothingBody;

/// <summary>A message whose words are taken away.</summary>
/// <param name="MessageId">Which.</param>
/// <param name="Reason">Why, for staff; at most 300 characters.</param>
internal sealed record RedactBody(MessageId MessageId, string? Reason = null);
