using System.Globalization;
using Usher.Benchmarks.Filling;

namespace Usher.Benchmarks.Reading;

/// <summary>A kind of request, of which each is another.</summary>
/// <param name="What">In words.</param>
/// <param name="Who">Who asks.</param>
/// <param name="Next">The next of them.</param>
internal sealed record Question(string What, Func<ArchiveServer, HttpClient> Who, Func<Random, string> Next);

/// <summary>What people ask of an archive: lists, tickets and searches, by who they are and by how much there is to find.</summary>
internal static class Questions
{
    // A fifth of a per mille of all words, and all but the rarest.
    private const int FirstSeldom = 2_000;
    private const int FirstRare = 40_000;
    private const int Common = 20;

    private static readonly string[] Departments = ["support", "billing", "technical", "account"];

    /// <summary>All kinds of them, for an archive of so many tickets.</summary>
    internal static IReadOnlyList<Question> Of(long tickets)
    {
        Func<ArchiveServer, HttpClient> manager = server => server.Manager, staff = server => server.Staff, member = server => server.Member;
        return
        [
            new("list: newest", manager, random => $"/api/tickets?limit={random.Next(20, 51)}"),
            new("list: open, most urgent", manager, _ => "/api/tickets?status=open&sort=-priority&limit=50"),
            new("list: of a department, closed", manager, random => $"/api/tickets?status=closed&department={random.GetItems(Departments, 1)[0]}&limit=50"),
            new("list: high, oldest", manager, _ => "/api/tickets?priority=high&sort=created_at&limit=50"),
            new("list: of a member", manager, random => $"/api/tickets?user_id={Past.Member(random.Next(Past.Members))}&limit=50"),
            new("list: unclaimed, open", manager, _ => "/api/tickets?assignee=none&status=open&limit=50"),
            new("list: of a month", manager, random => FromMonth(random, "/api/tickets?limit=50&created_from={0}&created_before={1}")),
            new("list: staff of two departments", staff, _ => "/api/tickets?limit=50"),
            new("list: a member's own", member, _ => "/api/tickets?limit=50"),
            new("view: a ticket", manager, random => $"/api/tickets/{random.NextInt64(1, tickets + 1)}"),
            new("view: its messages", manager, random => $"/api/tickets/{random.NextInt64(1, tickets + 1)}/messages?limit=100"),
            new("view: staff", staff, random => $"/api/tickets/{random.NextInt64(1, tickets + 1)}"),
            new("search: a common word", manager, random => Search(Word(random, 0, Common))),
            new("search: a word", manager, random => Search(Word(random, Common, FirstSeldom))),
            new("search: a seldom word", manager, random => Search(Word(random, FirstSeldom, FirstRare))),
            new("search: a rare word", manager, random => Search(Word(random, FirstRare, Vocabulary.Count))),
            new("search: a word that nobody said", manager, random => Search(Word(random, FirstRare, Vocabulary.Count) + "xyz")),
            new("search: two common words", manager, random => Search($"{Word(random, 0, Common)} {Word(random, 0, Common)}")),
            new("search: two words", manager, random => Search($"{Word(random, 0, FirstSeldom)} {Word(random, Common, FirstSeldom)}")),
            new("search: Chinese", manager, random => Search(Vocabulary.Pair(random.Next(0, 500)))),
            new("search: a beginning", manager, random => Search(Word(random, FirstSeldom, FirstRare)[..3])),
            new("search: a common word in open tickets", manager, random => Search(Word(random, 0, Common)) + "&status=open"),
            new("search: a word in a department", manager, random => Search(Word(random, 0, FirstSeldom)) + "&department=press"),
            new("search: a word, by a member", manager, random => Search(Word(random, 0, FirstSeldom)) + $"&author_id={Past.Member(random.Next(Past.Members))}"),
            new("search: a common word, long ago", manager, random => FromMonth(random, Search(Word(random, 0, Common)) + "&from={0}&before={1}")),
            new("search: staff of two departments", staff, random => Search(Word(random, 0, FirstSeldom))),
            new("search: in a member's own", member, random => Search(Word(random, 0, Common))),
            new("search: best of a common word", manager, random => Search(Word(random, 0, Common)) + "&sort=relevance"),
        ];
    }

    private static string Search(string words) => "/api/search?q=" + Uri.EscapeDataString(words);

    private static string Word(Random random, int from, int to) => Vocabulary.Word(random.Next(from, to));

    private static string FromMonth(Random random, string path)
    {
        var from = TimeProvider.System.GetUtcNow().Date.AddDays(-random.Next(30, (int)Past.Length.TotalDays - 30));
        return string.Format(CultureInfo.InvariantCulture, path, $"{from:yyyy-MM-dd}T00:00:00Z", $"{from.AddDays(30):yyyy-MM-dd}T00:00:00Z");
    }
}
