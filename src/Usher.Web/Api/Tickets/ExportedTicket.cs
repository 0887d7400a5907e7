using System.Text.Json;

namespace Usher.Web.Api.Tickets;

// How what Usher.Web.Exports.JsonExport writes piece by piece is described: nothing is ever read into these or written from them.

/// <summary>The tickets of a guild with all that was said in them.</summary>
/// <param name="GuildId">The guild.</param>
/// <param name="ExportedAt">When it was begun to give them away.</param>
/// <param name="Tickets">The tickets, in the order of their numbers.</param>
internal sealed record Exported(string GuildId, DateTimeOffset ExportedAt, IReadOnlyList<ExportedTicket> Tickets);

/// <summary>A ticket with all that was said in it.</summary>
/// <param name="TicketId">TKT and six letters or digits.</param>
/// <param name="Number">The number that people read.</param>
/// <param name="GuildId">The guild.</param>
/// <param name="Department">The key of its department.</param>
/// <param name="Status">open, closed or failed.</param>
/// <param name="Name">What it is called on Discord.</param>
/// <param name="Opener">Who asked for help.</param>
/// <param name="CreatedAt">When it was opened.</param>
/// <param name="ContentRemovedAt">When its words were removed, because of their age; null while they are there.</param>
/// <param name="OpenerErasedAt">When its opener was erased from it; null while they are not.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Description">The same at length.</param>
/// <param name="Priority">low, medium, high or critical; null while nobody said so.</param>
/// <param name="Tags">What staff sorted it under.</param>
/// <param name="Answers">What was answered to the department's form.</param>
/// <param name="Assignee">Who has it; null when nobody has.</param>
/// <param name="FirstResponseAt">When staff first answered.</param>
/// <param name="Closed">How it ended; null while it has not.</param>
/// <param name="Rating">How content the opener is with it; null while they have not said so.</param>
/// <param name="Url">Where a browser shows its conversation, as long as that link holds.</param>
/// <param name="Notes">Staff's notes; left out for everybody else, and for keys without the scope.</param>
/// <param name="Messages">What was said, oldest first.</param>
internal sealed record ExportedTicket(
    string TicketId, long Number, string GuildId, string Department, string Status, string Name, PersonView Opener, DateTimeOffset CreatedAt, DateTimeOffset? ContentRemovedAt,
    DateTimeOffset? OpenerErasedAt, string? Subject, string? Description, string? Priority, IReadOnlyList<string> Tags, IReadOnlyList<AnswerView> Answers, PersonView? Assignee,
    DateTimeOffset? FirstResponseAt, ExportedEnd? Closed, RatingView? Rating, string? Url, IReadOnlyList<NoteView>? Notes, IReadOnlyList<ExportedWords> Messages);

/// <summary>How a ticket ended.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who ended it.</param>
/// <param name="Resolution">What came of it.</param>
internal sealed record ExportedEnd(DateTimeOffset At, PersonView By, string? Resolution);

/// <summary>A message.</summary>
/// <param name="Id">Discord's id of it.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Content">What it says, in Discord's markdown.</param>
/// <param name="CreatedAt">When it was sent.</param>
/// <param name="EditedAt">When it was last edited.</param>
/// <param name="DeletedAt">When it was deleted on Discord.</param>
/// <param name="RedactedAt">When staff took its words away.</param>
/// <param name="RedactedBy">Who did.</param>
/// <param name="Earlier">What it said before, oldest first.</param>
/// <param name="Attachments">Its files.</param>
/// <param name="Discord">Discord's own object.</param>
internal sealed record ExportedWords(
    string Id, ExportedAuthor Author, string Content, DateTimeOffset CreatedAt, DateTimeOffset? EditedAt, DateTimeOffset? DeletedAt, DateTimeOffset? RedactedAt, string? RedactedBy,
    IReadOnlyList<ExportedVersion>? Earlier, IReadOnlyList<ExportedAttachment>? Attachments, JsonElement Discord);

/// <summary>Who wrote a message.</summary>
/// <param name="Id">Their id.</param>
/// <param name="Name">Their name at the time.</param>
/// <param name="Bot">Whether a program acts behind the account.</param>
internal sealed record ExportedAuthor(string Id, string Name, bool Bot);

/// <summary>What a message said before an edit.</summary>
/// <param name="Content">The words.</param>
/// <param name="Until">When the edit replaced them.</param>
internal sealed record ExportedVersion(string Content, DateTimeOffset Until);

/// <summary>A file of a message.</summary>
/// <param name="Id">Discord's id of it.</param>
/// <param name="FileName">Its name.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">The SHA-256 of the bytes that are kept; null when none are.</param>
/// <param name="Url">Where Usher's own copy is; null when there is none.</param>
internal sealed record ExportedAttachment(string Id, string FileName, string? ContentType, long Size, string? Sha256, string? Url);
