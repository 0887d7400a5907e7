using System.Globalization;
using System.Text;
using Usher.Desk.Engine;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Noting;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Transferring;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Storage.Searching;
using Xunit;

namespace Usher.Storage.Tests;

/// <summary>What is found, by whom, in which order: the same on both databases.</summary>
public sealed class SearchTests : StoreTest
{
    private static readonly GuildId Elsewhere = new(900_000_000_000_000_002);
    private ulong _last = 1_000;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await OpenTicketAsync(Opened(1, Alice));
        await OpenTicketAsync(Opened(2, Bob, "billing"));
    }

    private async Task<ulong> SaysAsync(long ticket, string text, UserId? author = null, DateTimeOffset? at = null, GuildId? guild = null)
    {
        var id = ++_last;
        var payload = Encoding.UTF8.GetBytes($$"""{"content":"{{text}}"}""");
        await Store.SaveMessageAsync(new ArchivedMessage(guild ?? Guild, ticket, new ChannelId(7), new MessageId(id), author ?? Alice, at ?? Noon, payload, []) { Text = text }, Token);
        return id;
    }

    // So much is said just now that long lists are expected in between: there the stretch is parted, and both halves are sought at once.
    [Fact]
    public async Task What_is_found_in_both_halves_of_a_stretch_comes_in_its_order_page_by_page()
    {
        for (var i = 0; i < 1000; i++) await SaysAsync(1, "weather", at: Noon);
        var said = new List<string>();
        for (var days = 400; days >= 10; days -= 30) said.Add((await SaysAsync(1, "anchor", at: Noon.AddDays(-days))).ToString(CultureInfo.InvariantCulture));
        var (found, query) = (new List<string>(), For("anchor") with { Limit = 4 });

        while (true)
        {
            var page = await Store.SearchAsync(query, Token);
            found.AddRange(page.Found.Select(item => item.Message!.Value.Value.ToString(CultureInfo.InvariantCulture)));
            if (page.GoesOn is not { } place) break;
            query = query with { After = place };
        }

        Assert.Equal(Enumerable.Reverse(said), found);
    }

    private static SearchQuery For(string words, GuildId? guild = null) => new(guild ?? Guild, SearchTerms.Read(words)!) { Limit = 50 };

    private async Task<string> FoundAsync(SearchQuery query, DeskStore? store = null)
    {
        var (found, _, _) = await (store ?? Store).SearchAsync(query, Token);
        return string.Join(' ', found.Select(item => item.Kind == FindingKind.Message
            ? item.Message!.Value.Value.ToString(CultureInfo.InvariantCulture)
            : $"{(item.Kind == FindingKind.Note ? "note" : "ticket")}{item.Ticket.Number}"));
    }

    [Theory]
    [InlineData("password", "1001")]
    [InlineData("PASSWORD", "1001")]
    [InlineData("pass", "1001")]
    [InlineData("pa", "")]
    [InlineData("the password", "1001")]
    [InlineData("password ship", "")]
    [InlineData("ecole", "1002")]
    [InlineData("École élevée", "1002")]
    [InlineData("coeur", "1002")]
    [InlineData("ｅｃｏｌｅ", "1002")]
    [InlineData("連線", "1003")]
    [InlineData("線", "1003")]
    [InlineData("線問題", "1003")]
    [InlineData("題", "1003")]
    [InlineData("問線", "")]
    [InlineData("さい", "1004")]
    [InlineData("ください", "1004")]
    [InlineData("ﾃｽﾄ", "1004")]
    [InlineData("BB1FE07D", "1005")]
    [InlineData("1100000000000000042", "1005")]
    [InlineData("invoice.pdf", "1005")]
    [InlineData("мир", "1006")]
    [InlineData("สวัสดี", "1006")]
    [InlineData("' or 1=1 --", "")]
    [InlineData("\"*", "")]
    [InlineData("NEAR(a b) AND ~g1", "")]
    public async Task Words_are_found_whatever_their_case_accents_and_script(string sought, string found)
    {
        await SaysAsync(1, "I forgot the password, and cannot log in");
        await SaysAsync(1, "À l'école élevée, de tout cœur");
        await SaysAsync(1, "我的連線問題還沒有解決");
        await SaysAsync(1, "テストをしてください");
        await SaysAsync(1, "code BB1FE07D of 1100000000000000042 in invoice.pdf");
        await SaysAsync(1, "Мир สวัสดี 👍");

        Assert.Equal(found, SearchTerms.Read(sought) is null ? "" : await FoundAsync(For(sought)));
    }

    [Fact]
    public async Task What_was_edited_is_found_by_its_new_words_alone()
    {
        var id = await SaysAsync(1, "a parrot");
        await Store.SaveEditAsync(Guild, 1, new MessageId(id), """{"content":"a penguin"}"""u8.ToArray(), [], "a penguin", Noon, Token);

        Assert.Equal("", await FoundAsync(For("parrot")));
        Assert.Equal("1001", await FoundAsync(For("penguin")));
    }

    [Fact]
    public async Task What_was_deleted_is_not_found_and_an_edit_told_late_does_not_bring_it_back()
    {
        var id = await SaysAsync(1, "a parrot");
        await Store.SaveDeletionAsync(Guild, 1, [new MessageId(id)], Noon, Token);
        await Store.SaveEditAsync(Guild, 1, new MessageId(id), """{"content":"a penguin"}"""u8.ToArray(), [], "a penguin", Noon, Token);

        Assert.Equal("", await FoundAsync(For("parrot")));
        Assert.Equal("", await FoundAsync(For("penguin")));
    }

    [Fact]
    public async Task A_message_that_is_told_twice_is_found_as_it_was_kept()
    {
        var message = new ArchivedMessage(Guild, 1, new ChannelId(7), new MessageId(5), Alice, Noon, "{}"u8.ToArray(), []);
        await Store.SaveMessageAsync(message with { Text = "first" }, Token);
        await Store.SaveMessageAsync(message with { Text = "second" }, Token);

        Assert.Equal("5", await FoundAsync(For("first")));
        Assert.Equal("", await FoundAsync(For("second")));
    }

    [Fact]
    public async Task What_a_ticket_says_of_itself_is_found_and_follows_it()
    {
        var opened = Opened(3, slot: 1) with { Subject = "Lost anchor" };
        var ticket = await OpenTicketAsync(opened);
        Assert.Equal("ticket3", await FoundAsync(For("anchor")));

        await GoOnAsync(ticket, new TicketClosed(Noon, ClosingKind.Closed, Bob, "Bob", "it was found in the harbour"));
        Assert.Equal("ticket3", await FoundAsync(For("harbour anchor")));
    }

    [Fact]
    public async Task Notes_are_found_by_those_who_may_read_them_and_by_nobody_else()
    {
        var ticket = (await Store.FindTicketAsync(new TicketKey(Guild, 1), Token))!;
        await GoOnAsync(ticket, new NoteWritten(Noon, Bob, "Bob", "a suspicious customer"), new NoteWritten(Noon, Bob, "Bob", "and suspicious twice"));

        Assert.Equal("note1 note1", await FoundAsync(For("suspicious") with { WithNotes = true }));
        Assert.Equal("", await FoundAsync(For("suspicious")));
        Assert.Equal("note1 note1", await FoundAsync(For("suspicious") with { WithNotes = true, Within = ["help"] }));
        Assert.Equal("", await FoundAsync(For("suspicious") with { WithNotes = true, Within = ["billing"] }));
        Assert.Equal("", await FoundAsync(For("suspicious") with { WithNotes = true, Within = ["billing"], Self = Alice }));
        // In a member's name the database itself hides them, whatever is asked for.
        Assert.Equal("", await FoundAsync(For("suspicious") with { WithNotes = true }, Store.InNameOf(Guild, Alice)));
        Assert.Equal("", await FoundAsync(For("suspicious") with { WithNotes = true }, Store.InNameOf(Guild, Bob)));
    }

    [Fact]
    public async Task In_a_members_name_their_own_is_found_and_nothing_else()
    {
        await OpenTicketAsync(Opened(1, Alice, guild: Elsewhere));
        await SaysAsync(1, "shared secret of Alice");
        await SaysAsync(2, "shared secret of Bob", Bob);
        await SaysAsync(1, "shared secret elsewhere", guild: Elsewhere);

        Assert.Equal("1001", await FoundAsync(For("shared secret"), Store.InNameOf(Guild, Alice)));
        Assert.Equal("1002", await FoundAsync(For("shared secret"), Store.InNameOf(Guild, Bob)));
        Assert.Equal("", await FoundAsync(For("shared secret"), Store.InNameOf(Elsewhere, Bob)));
        Assert.Equal("", await FoundAsync(For("shared secret", Elsewhere), Store.InNameOf(Guild, Alice)));
        Assert.Equal("1002 1001", await FoundAsync(For("shared secret")));
        Assert.Equal("1003", await FoundAsync(For("shared secret", Elsewhere)));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1)]
    public async Task What_was_said_is_found_in_the_department_that_answers_for_it_now(int lookedAtFirst)
    {
        await SaysAsync(1, "anchor one", Alice, Noon.AddDays(-90));
        await SaysAsync(2, "anchor two", Bob, Noon.AddDays(-80));
        await SaysAsync(2, "nothing of that kind", Bob);
        await SaysAsync(2, "nor here", Bob);
        var query = For("anchor") with { LookedAtFirst = lookedAtFirst, LookedAtNext = lookedAtFirst };
        var ticket = (await Store.FindTicketAsync(new TicketKey(Guild, 1), Token))!;
        await GoOnAsync(ticket, new TicketTransferred(Noon, Bob, "help", "Ärzte \"1\" & 'so'", 0));
        await SaysAsync(1, "anchor three", Alice);

        Assert.Equal("", await FoundAsync(query with { Department = "help" }));
        Assert.Equal("1005 1001", await FoundAsync(query with { Department = "Ärzte \"1\" & 'so'" }));
        Assert.Equal("1005 1002 1001", await FoundAsync(query with { Within = ["billing", "Ärzte \"1\" & 'so'"] }));
        Assert.Equal("1002", await FoundAsync(query with { Within = ["billing", "help"] }));
        Assert.Equal("1005 1002 1001", await FoundAsync(query with { Within = ["billing", "help"], Self = Alice }));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1)]
    public async Task Filters_leave_what_fits_all_of_them(int lookedAtFirst)
    {
        await SaysAsync(1, "anchor one", Alice);
        await SaysAsync(1, "anchor two", Bob, Noon.AddDays(-3));
        await SaysAsync(2, "anchor three", Bob, Noon.AddDays(-60));
        var second = (await Store.FindTicketAsync(new TicketKey(Guild, 2), Token))!;
        await GoOnAsync(second, new TicketClosed(Noon, ClosingKind.Closed, Bob, "Bob", null));
        var query = For("anchor") with { LookedAtFirst = lookedAtFirst, LookedAtNext = lookedAtFirst };

        Assert.Equal("1001 1002 1003", await FoundAsync(query));
        Assert.Equal("1003", await FoundAsync(query with { Department = "billing" }));
        Assert.Equal("1001 1002", await FoundAsync(query with { Within = ["help"] }));
        Assert.Equal("1001 1002 1003", await FoundAsync(query with { Within = ["help"], Self = Bob }));
        Assert.Equal("", await FoundAsync(query with { Within = [] }));
        Assert.Equal("1001 1002", await FoundAsync(query with { IsOpen = true }));
        Assert.Equal("1003", await FoundAsync(query with { Status = TicketStatus.Closed }));
        Assert.Equal("1003", await FoundAsync(query with { Opener = Bob }));
        Assert.Equal("1002 1003", await FoundAsync(query with { Author = Bob }));
        Assert.Equal("1001 1002", await FoundAsync(query with { From = Noon.AddDays(-3) }));
        Assert.Equal("1003", await FoundAsync(query with { Before = Noon.AddDays(-3) }));
        Assert.Equal("1002", await FoundAsync(query with { From = Noon.AddDays(-4), Before = Noon }));
    }

    [Theory]
    [InlineData(1, 1000, 1)]
    [InlineData(3, 1000, 1)]
    [InlineData(100, 1000, 1)]
    [InlineData(1, 2, 1)]
    [InlineData(3, 2, 1)]
    [InlineData(7, 1, 1)]
    [InlineData(100, 3, 1)]
    [InlineData(7, 1, -1)]
    [InlineData(100, 2, -1)]
    public async Task Page_by_page_everything_is_found_once_the_newest_first(int size, int lookedAtFirst, int patience)
    {
        // Some at the same moment, some days, months and years apart, and some in the future of whoever asks.
        int[] days = [1, 0, 0, 0, -1, -2, -3, -20, -29, -31, -40, -75, -400, -400, -2000];
        var said = new List<ulong>();
        foreach (var day in days.Reverse()) said.Insert(0, await SaysAsync(1 + said.Count % 2, "anchor", Alice, Noon.AddDays(day)));
        var query = For("anchor") with { Limit = size, LookedAtFirst = lookedAtFirst, LookedAtNext = lookedAtFirst + 1, Patience = TimeSpan.FromSeconds(patience) };

        var found = new List<FoundItem>();
        for (var (goesOn, pages) = (true, 0); goesOn; pages++)
        {
            var page = await Store.SearchAsync(query, Token);
            Assert.InRange(page.Found.Count, 0, size);
            Assert.True(pages < 100);
            found.AddRange(page.Found);
            goesOn = page.GoesOn is not null;
            query = query with { After = page.GoesOn };
        }

        Assert.Equal(said.Order(), found.Select(item => item.Message!.Value.Value).Order());
        Assert.Equal(found.OrderByDescending(item => item.At).Select(item => item.At), found.Select(item => item.At));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(2)]
    public async Task A_search_finds_the_same_whether_things_are_looked_at_one_by_one_or_found_by_their_words(int lookedAtFirst)
    {
        await SaysAsync(1, "the red anchor", Alice);
        await SaysAsync(1, "a red anchorage", Bob, Noon.AddDays(-1));
        await SaysAsync(2, "redder anchors", Alice, Noon.AddDays(-40));
        await SaysAsync(2, "紅色的錨", Bob, Noon.AddDays(-400));
        for (var i = 0; i < 5; i++) await SaysAsync(1, "nothing of that kind");

        async Task<string> Found(SearchQuery query) => await FoundAsync(query with { LookedAtFirst = lookedAtFirst });
        Assert.Equal("1001 1002 1003", await Found(For("anchor")));
        Assert.Equal("1001 1002 1003", await Found(For("red anchor")));
        Assert.Equal("1001", await Found(For("\"red\" \"anchor\"")));
        Assert.Equal("", await Found(For("nchor")));
        Assert.Equal("1001 1003", await Found(For("anchor") with { Author = Alice }));
        Assert.Equal("1004", await Found(For("紅色")));
        Assert.Equal("1004", await Found(For("錨")));
        Assert.Equal("1003", await Found(For("anchor") with { Before = Noon.AddDays(-2) }));
        Assert.Equal("", await Found(For("anchor") with { Department = "none" }));
        Assert.Equal("", await Found(For("anchor", new GuildId(77))));
    }

    [Fact]
    public async Task What_was_kept_before_there_was_a_search_becomes_searchable()
    {
        var ticket = (await Store.FindTicketAsync(new TicketKey(Guild, 1), Token))!;
        await GoOnAsync(ticket, new NoteWritten(Noon, Bob, "Bob", "anchor noted"));
        for (var i = 0; i < 450; i++) await SaysAsync(1, "anchor");
        var gone = await SaysAsync(1, "anchor");
        await Store.SaveDeletionAsync(Guild, 1, [new MessageId(gone)], Noon, Token);
        await OnWriterAsync("delete from search; insert into search_backlog (guild_id, ticket) select guild_id, number from tickets");
        Assert.Equal("", await FoundAsync(For("anchor")));
        Assert.False(await Store.IsIndexedAsync(Guild, Token));

        var rounds = 0;
        while (await Store.IndexMoreAsync(_ => "anchor", Token)) Assert.True(++rounds < 10);

        Assert.True(rounds > 1);
        Assert.True(await Store.IsIndexedAsync(Guild, Token));
        Assert.Equal(451, (await Store.SearchAsync(For("anchor") with { Limit = 1000, WithNotes = true }, Token)).Found.Count);
        Assert.Equal("ticket1", await FoundAsync(For("help-1")));
        Assert.Equal("ticket2", await FoundAsync(For("help-2")));
    }

    [Fact]
    public async Task What_goes_from_the_archive_goes_from_the_search()
    {
        await SaysAsync(1, "anchor");
        await SaysAsync(2, "anchor");
        await OnWriterAsync($"delete from messages where ticket = 1");
        Assert.Equal("1002", await FoundAsync(For("anchor")));

        await OnWriterAsync($"delete from tickets where number = 2");
        Assert.Equal("", await FoundAsync(For("anchor")));
        Assert.Equal("ticket1", await FoundAsync(For("help-1")));
    }
}
