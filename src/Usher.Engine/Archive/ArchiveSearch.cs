using System.Text.Json;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Discord.Json;
using Usher.Storage;
using Usher.Storage.Searching;

namespace Usher.Engine.Archive;

/// <summary>Something that was found, as people are shown it.</summary>
/// <param name="Finding">What.</param>
/// <param name="AuthorName">The name of who said it, at the time.</param>
/// <param name="Passage">The part of it that answers the search.</param>
/// <param name="Channel">Where on Discord a message stands; null for everything else.</param>
public sealed record SearchHit(FoundItem Finding, string AuthorName, Passage Passage, ChannelId? Channel)
{
    /// <summary>Where it is read: on Discord while it stands there, else in the transcript; empty when nowhere any more.</summary>
    /// <param name="publicAddress">The address of this installation; empty when it has none.</param>
    /// <param name="settings">The guild's settings.</param>
    /// <param name="now">The time.</param>
    public string AddressIn(string publicAddress, DeskSettings settings, DateTimeOffset now)
    {
        var ticket = Finding.Ticket;
        // Into its opener's direct messages no link of anybody else's leads.
        if (!ticket.IsHomeless && Channel is { } channel && ticket.Homes.Contains(channel)) return $"https://discord.com/channels/{ticket.Guild}/{channel}/{Finding.Message!.Value.Value}";
        if (!ticket.IsHomeless && Channel is null && ticket.Home is { Channel: { } home, Gone: false }) return $"https://discord.com/channels/{ticket.Guild}/{home}";
        return publicAddress.Length > 0 ? TranscriptLinks.AddressOf(ticket, settings, publicAddress, now) ?? "" : "";
    }
}

/// <summary>A page of what was found.</summary>
/// <param name="Hits">The findings.</param>
/// <param name="Next">Behind what the next page begins; null on the last.</param>
public sealed record SearchResult(IReadOnlyList<SearchHit> Hits, FindingPlace? Next);

/// <summary>Searches the archive: what the index finds is read, looked at once more, and shown by the part that answers.</summary>
public static class ArchiveSearch
{
    /// <summary>How many of the newest findings are compared when the best are wanted.</summary>
    public const int Compared = 200;

    private const int MostRounds = 4;

    /// <summary>The newest findings.</summary>
    /// <param name="store">The store, as whoever asks may see it.</param>
    /// <param name="query">What is sought.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<SearchResult> NewestAsync(DeskStore store, SearchQuery query, CancellationToken cancellationToken)
    {
        var hits = new List<SearchHit>();
        var next = query.After;
        for (var round = 0; round < MostRounds; round++)
        {
            var (found, terms, goesOn) = await store.SearchAsync(query with { After = next, Limit = query.Limit - hits.Count + 1 }, cancellationToken);
            // One more than fits tells whether there is a next page. What is looked at and does not answer after all leaves room for more.
            var isFull = found.Count > query.Limit - hits.Count;
            var page = isFull ? found.Take(query.Limit - hits.Count).ToList() : found;
            hits.AddRange(page.Select(finding => HitOf(finding, terms)).OfType<SearchHit>());
            next = isFull ? page[^1].Place : goesOn;
            // A search that gave up for want of time goes on when its next page is asked for.
            if (next is null || !isFull || hits.Count >= query.Limit) break;
        }
        return new SearchResult(hits, next);
    }

    /// <summary>Of the newest findings those that answer best.</summary>
    /// <param name="store">The store, as whoever asks may see it.</param>
    /// <param name="query">What is sought.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<SearchHit>> BestAsync(DeskStore store, SearchQuery query, CancellationToken cancellationToken)
    {
        var newest = await NewestAsync(store, query with { Limit = Compared }, cancellationToken);
        return [.. newest.Hits.OrderByDescending(hit => hit.Passage.Score).ThenByDescending(hit => hit.Finding.Place.Place).Take(query.Limit)];
    }

    /// <summary>What somebody of staff finds in the tickets that they answer for; null when they typed nothing that could be found.</summary>
    public static async Task<ArchiveFindings?> ForStaffAsync(
        DeskStore store, string words, int limit, Actor actor, DeskSettings settings, string publicAddress, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (SearchTerms.Read(words) is not { } terms) return null;
        ValueList<string>? within = Access.IsManager(actor, settings)
            ? null
            : settings.Departments.Where(department => Access.IsStaffOf(actor, settings, department)).Select(department => department.Key).ToValueList();
        // Whoever is no staff is refused by the door, which need not wait for this.
        if (within is { Count: 0 }) return new ArchiveFindings([], false);
        var found = await NewestAsync(store, new SearchQuery(settings.Guild, terms) { Within = within, WithNotes = true, Limit = limit }, cancellationToken);
        return new ArchiveFindings([.. found.Hits.Select(hit => Told(hit, hit.AddressIn(publicAddress, settings, now)))], found.Next is not null);
    }

    private static ArchiveHit Told(SearchHit hit, string address) => new(
        hit.Finding.Ticket.Number, hit.Finding.Ticket.Department, (ArchiveHitKind)hit.Finding.Kind, hit.AuthorName, hit.Finding.At, hit.Passage.Text,
        [.. hit.Passage.Marks.Select(mark => new ArchiveMark(mark.Start, mark.Length))], address);

    private static SearchHit? HitOf(FoundItem finding, SearchTerms terms)
    {
        var (text, name, channel) = Said(finding);
        return text.Length > 0 && terms.StandIn(text) ? new SearchHit(finding, name, Passage.Of(text, terms), channel) : null;
    }

    private static (string Text, string Name, ChannelId? Channel) Said(FoundItem finding)
    {
        if (finding.Payload is not { } payload)
        {
            var name = finding.Kind == FindingKind.Note && finding.Place.Item < finding.Ticket.Notes.Count ? finding.Ticket.Notes[(int)finding.Place.Item].Name : finding.Ticket.OpenerName;
            return (finding.Words ?? "", name, null);
        }
        var message = JsonSerializer.Deserialize(payload, DiscordJson.Default.Message)!;
        return (MessageWords.Of(message), message.Member?.Nick ?? message.Author.DisplayName, new ChannelId(message.ChannelId.Value));
    }
}
