using System.Text.Json.Serialization;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Web.Api.Callers;

namespace Usher.Web.Api.Tickets;

/// <summary>Somebody.</summary>
/// <param name="Id">Their id.</param>
/// <param name="Name">Their name at the time; null when it is not known.</param>
internal sealed record PersonView(string Id, string? Name);

/// <summary>Who has a ticket.</summary>
/// <param name="Id">Their id.</param>
/// <param name="Name">Their name at the time.</param>
/// <param name="Since">Since when.</param>
internal sealed record AssigneeView(string Id, string Name, DateTimeOffset Since);

/// <summary>Where a ticket lives on Discord.</summary>
/// <param name="Kind">thread, channel, direct_message, or none: then it lives by the API alone.</param>
/// <param name="ChannelId">The thread or channel; null while it is being made, and where there is none.</param>
/// <param name="Url">Where Discord shows it to staff; null for direct messages.</param>
/// <param name="Gone">Whether it was deleted; of direct messages, whether they are the ticket's no more.</param>
internal sealed record HomeView(string Kind, string? ChannelId, string? Url, bool Gone)
{
    /// <summary>Where a ticket lives.</summary>
    internal static HomeView Of(Ticket ticket)
    {
        if (ticket is { IsHomeless: true, Home.Channel: null, Status: not TicketStatus.Opening }) return new HomeView("none", null, null, ticket.Home.Gone);
        var url = ticket is { IsHomeless: false, Home: { Channel: { } channel, Gone: false } } ? $"https://discord.com/channels/{ticket.Guild}/{channel}" : null;
        return new HomeView(NameOf(ticket.Home.Kind), ticket.Home.Channel?.ToString(), url, ticket.Home.Gone);
    }

    /// <summary>What a kind of home is called.</summary>
    internal static string NameOf(HomeKind kind) => kind switch
    {
        HomeKind.Thread => "thread",
        HomeKind.Channel => "channel",
        _ => "direct_message",
    };
}

/// <summary>How a ticket ended.</summary>
/// <param name="Kind">closed, cancelled, home_deleted or deleted.</param>
/// <param name="By">Who ended it.</param>
/// <param name="Resolution">What came of it.</param>
/// <param name="At">When.</param>
internal sealed record ClosedView(string Kind, PersonView By, string? Resolution, DateTimeOffset At);

/// <summary>How content the opener is.</summary>
/// <param name="Rating">1 to 5, the more the better.</param>
/// <param name="Comment">Why.</param>
/// <param name="At">When it was last said.</param>
internal sealed record RatingView(int Rating, string? Comment, DateTimeOffset At)
{
    internal static RatingView? Of(TicketRating? rating) => rating is null ? null : new RatingView(rating.Score, rating.Comment, rating.At);
}

/// <summary>An answer to the department's form.</summary>
/// <param name="Question">The question's key.</param>
/// <param name="Value">The answer.</param>
internal sealed record AnswerView(string Question, string Value);

/// <summary>Something for staff's eyes only.</summary>
/// <param name="Author">Who wrote it.</param>
/// <param name="Text">What it says.</param>
/// <param name="At">When.</param>
internal sealed record NoteView(PersonView Author, string Text, DateTimeOffset At);

/// <summary>The notes of a ticket.</summary>
/// <param name="Notes">Oldest first.</param>
internal sealed record NoteList(IReadOnlyList<NoteView> Notes);

/// <summary>A page of tickets.</summary>
/// <param name="Tickets">The tickets.</param>
/// <param name="NextCursor">What gives the next page; null on the last.</param>
internal sealed record TicketPage(IReadOnlyList<TicketView> Tickets, string? NextCursor);

/// <summary>A ticket.</summary>
internal sealed record TicketView
{
    /// <summary>TKT and six letters or digits.</summary>
    [JsonPropertyName("ticket_id")]
    public required string Id { get; init; }

    /// <summary>open, closed, or failed when its home could not be made.</summary>
    public required string Status { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Where a browser shows its conversation. Whoever has the address can read that. Null when the link has ended; another one can be asked for.</summary>
    public string? Url { get; init; }

    /// <summary>When that link ends; null while it does not.</summary>
    public DateTimeOffset? UrlExpiresAt { get; init; }

    /// <summary>The number that people read.</summary>
    public required long Number { get; init; }

    /// <summary>The guild.</summary>
    public required string GuildId { get; init; }

    /// <summary>The key of its department.</summary>
    public required string Department { get; init; }

    /// <summary>The name of its department; null when that is gone from the settings.</summary>
    public string? DepartmentName { get; init; }

    /// <summary>What it is about.</summary>
    public string? Subject { get; init; }

    /// <summary>The same at length.</summary>
    public string? Description { get; init; }

    /// <summary>low, medium, high or critical; null while nobody said so.</summary>
    public string? Priority { get; init; }

    /// <summary>What staff sorted it under.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Who asked for help.</summary>
    public required PersonView Opener { get; init; }

    /// <summary>Who of staff opened it for them; null when they did.</summary>
    public string? OpenedBy { get; init; }

    /// <summary>Who has it; null when nobody has.</summary>
    public AssigneeView? Assignee { get; init; }

    /// <summary>Whose turn it is: staff or opener; null when it is closed.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset WaitingSince { get; init; }

    /// <summary>When staff first answered.</summary>
    public DateTimeOffset? FirstResponseAt { get; init; }

    /// <summary>How it ended; null while it has not.</summary>
    public ClosedView? Closed { get; init; }

    /// <summary>How content the opener is with it; null while they have not said so.</summary>
    public RatingView? Rating { get; init; }

    /// <summary>Where it lives.</summary>
    public required HomeView Home { get; init; }

    /// <summary>What was answered to the department's form.</summary>
    public required IReadOnlyList<AnswerView> Answers { get; init; }

    /// <summary>Staff's notes; left out for everybody else, and for keys without the scope.</summary>
    public IReadOnlyList<NoteView>? Notes { get; init; }

    /// <summary>How often it changed: its ETag begins with it.</summary>
    public required int Version { get; init; }

    /// <summary>A ticket as a caller sees it.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="caller">Who sees it.</param>
    /// <param name="publicAddress">The address of this installation.</param>
    /// <param name="now">The time.</param>
    internal static TicketView Of(Ticket ticket, Caller caller, string publicAddress, DateTimeOffset now) => new()
    {
        Id = TicketIds.Of(ticket),
        Status = StatusOf(ticket),
        CreatedAt = ticket.OpenedAt,
        Url = TranscriptLinks.AddressOf(ticket, caller.Settings, publicAddress, now),
        UrlExpiresAt = TranscriptLinks.EndOf(ticket, caller.Settings),
        Number = ticket.Number,
        GuildId = ticket.Guild.ToString(),
        Department = ticket.Department,
        DepartmentName = caller.Settings.Department(ticket.Department)?.Name,
        Subject = ticket.SaidSubject,
        Description = ticket.SaidDescription,
        Priority = ticket.Priority is { } priority ? Priorities.NameOf(priority) : null,
        Tags = ticket.Tags,
        Opener = new PersonView(ticket.Opener.ToString(), ticket.OpenerName),
        OpenedBy = ticket.OpenedBy?.ToString(),
        Assignee = ticket.Claim is { } claim ? new AssigneeView(claim.By.ToString(), claim.Name, claim.At) : null,
        WaitsFor = !ticket.IsOpen ? null : ticket.WaitsForStaff ? "staff" : "opener",
        WaitingSince = ticket.WaitingSince,
        FirstResponseAt = ticket.FirstResponseAt,
        Closed = ticket.Closing is { } closing ? new ClosedView(KindOf(closing.Kind), new PersonView(closing.By.ToString(), closing.Name), closing.Reason, closing.At) : null,
        Rating = RatingView.Of(ticket.Rating),
        Home = HomeView.Of(ticket),
        Answers = [.. ticket.Answers.Where(answer => answer.Value.Length > 0).Select(answer => new AnswerView(answer.Question, answer.Value))],
        Notes = caller.ReadsNotesOf(ticket) ? NotesOf(ticket) : null,
        Version = ticket.Version,
    };

    internal static IReadOnlyList<NoteView> NotesOf(Ticket ticket) =>
        [.. ticket.Notes.Select(note => new NoteView(new PersonView(note.By.ToString(), note.Name), note.Text, note.At))];

    // A ticket whose home is being made is open for everybody but Discord.
    internal static string StatusOf(Ticket ticket) => ticket.Status switch
    {
        TicketStatus.Closed => "closed",
        TicketStatus.Failed => "failed",
        _ => "open",
    };

    private static string KindOf(ClosingKind kind) => kind switch
    {
        ClosingKind.Cancelled => "cancelled",
        ClosingKind.HomeDeleted => "home_deleted",
        ClosingKind.Deleted => "deleted",
        _ => "closed",
    };
}
