using Usher.Desk.Tickets;
using Usher.Engine.Archive;
using Usher.Storage.Searching;
using Usher.Web.Api.Tickets;

namespace Usher.Web.Api.Searching;

/// <summary>What was sought, where it stands in a text.</summary>
/// <param name="Start">Where it begins, in UTF-16 code units: what JavaScript, Java and C# count.</param>
/// <param name="Length">How long it is.</param>
internal sealed record HighlightView(int Start, int Length);

/// <summary>The ticket in which something was found.</summary>
/// <param name="TicketId">TKT and six letters or digits.</param>
/// <param name="Number">The number that people read.</param>
/// <param name="Status">open, closed or failed.</param>
/// <param name="Department">The key of its department.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Opener">Who asked for help.</param>
internal sealed record FoundTicketView(string TicketId, long Number, string Status, string Department, string? Subject, PersonView Opener);

/// <summary>Something that was found.</summary>
/// <param name="Kind">message, ticket (what it says of itself: subject, answers, tags, resolution) or note.</param>
/// <param name="Ticket">The ticket.</param>
/// <param name="MessageId">The message; null when it is none.</param>
/// <param name="Author">Who said it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="Text">The part that answers the search, as plain text: escape it before it becomes HTML.</param>
/// <param name="Highlights">What was sought in that part, in order, never one within another.</param>
/// <param name="Url">Where it is read: on Discord while it stands there, else in the transcript.</param>
internal sealed record SearchHitView(
    string Kind, FoundTicketView Ticket, string? MessageId, PersonView Author, DateTimeOffset CreatedAt, string Text, IReadOnlyList<HighlightView> Highlights, string Url)
{
    internal static SearchHitView Of(SearchHit hit, string address)
    {
        var (found, ticket) = (hit.Finding, hit.Finding.Ticket);
        var kind = found.Kind switch
        {
            FindingKind.Note => "note",
            FindingKind.Ticket => "ticket",
            _ => "message",
        };
        return new SearchHitView(
            kind,
            new FoundTicketView(TicketIds.Of(ticket), ticket.Number, TicketView.StatusOf(ticket), ticket.Department, ticket.SaidSubject, new PersonView(ticket.Opener.ToString(), ticket.OpenerName)),
            found.Message?.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
            new PersonView(found.Author.ToString(), hit.AuthorName), found.At, hit.Passage.Text,
            [.. hit.Passage.Marks.Select(mark => new HighlightView(mark.Start, mark.Length))],
            address);
    }
}

/// <summary>A page of what was found.</summary>
/// <param name="Hits">The findings.</param>
/// <param name="NextCursor">What gives the next page; null on the last.</param>
/// <param name="Complete">Whether everything that is kept is searchable; false for a while after an upgrade.</param>
internal sealed record SearchPage(IReadOnlyList<SearchHitView> Hits, string? NextCursor, bool Complete);
