using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Usher.Discord.Components;
using Usher.Discord.Model;
using Usher.Web.Transcripts;
using Usher.Web.Transcripts.Texts;
using Xunit;

namespace Usher.Web.Tests.Transcripts;

public class TranscriptPageTests
{
    private static async Task<IDocument> OpenAsync(TranscriptHead head, params IEnumerable<TranscriptMessage> messages) =>
        new HtmlParser().ParseDocument(await Samples.RenderAsync(head, messages, TestContext.Current.CancellationToken));

    [Fact]
    public async Task The_head_says_what_the_ticket_was()
    {
        var page = await OpenAsync(Samples.Head);

        Assert.Equal("en-US", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("Ticket #0042 card-declined-twice", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("Closed", page.QuerySelector(".state")!.TextContent);
        Assert.Equal(
            ["Opened by|@Mira Okafor", "Opened|March 9, 2026 at 4:02 PM", "Closed by|Jonas (Billing)", "Closed at|March 10, 2026 at 6:02 PM", "Reason|Card reissued, second charge refunded."],
            page.QuerySelectorAll("header dl > div").Select(fact => $"{fact.QuerySelector("dt")!.TextContent}|{fact.QuerySelector("dd")!.TextContent}"));
        Assert.Equal("Nobody has written in this ticket.", page.QuerySelector(".empty")!.TextContent);
    }

    [Fact]
    public async Task An_open_ticket_says_so()
    {
        var page = await OpenAsync(Samples.Head with { ClosedAt = null, ClosedBy = null, CloseReason = null });

        Assert.Equal("Open", page.QuerySelector(".state.open")!.TextContent);
        Assert.Equal(2, page.QuerySelectorAll("header dt").Length);
    }

    [Fact]
    public async Task Messages_of_one_author_stand_together_until_time_day_or_another_author_parts_them()
    {
        var page = await OpenAsync(
            Samples.Head,
            Samples.Entry(Samples.Write(Samples.Mira, "a", 0)),
            Samples.Entry(Samples.Write(Samples.Mira, "b", 1)),
            Samples.Entry(Samples.Write(Samples.Mira, "c", 9)),
            Samples.Entry(Samples.Write(Samples.Jonas, "d", 9)),
            Samples.Entry(Samples.Write(Samples.Jonas, "e", 9) with { Type = MessageType.Reply }),
            Samples.Entry(Samples.Write(Samples.Jonas, "f", 477)),
            Samples.Entry(Samples.Write(Samples.Jonas, "g", 478)));

        Assert.Equal(["a", "c", "d", "e", "f", "g"], page.QuerySelectorAll(".m:not(.more) .text").Select(text => text.TextContent));
        Assert.Equal(["b"], page.QuerySelectorAll(".m.more .text").Select(text => text.TextContent));
        Assert.Equal(["Monday, March 9, 2026", "Tuesday, March 10, 2026"], page.QuerySelectorAll("h2.day").Select(day => day.TextContent));
    }

    [Fact]
    public async Task The_summary_counts_messages_and_people_but_not_Discords_own_lines()
    {
        var page = await OpenAsync(
            Samples.Head,
            Samples.Entry(Samples.Write(Samples.Mira, "a", 0)),
            Samples.Entry(Samples.Write(Samples.Bot, "", 0) with { Type = MessageType.RecipientAdd, Mentions = [Samples.Jonas] }),
            Samples.Entry(Samples.Write(Samples.Jonas, "b", 1), isStaff: true),
            Samples.Entry(Samples.Write(Samples.Jonas, "c", 1), isStaff: true));

        Assert.Equal("3 messages", page.QuerySelector(".total")!.TextContent);
        Assert.Equal(["Jonas (Billing)", "Mira Okafor"], page.QuerySelectorAll(".people .name").Select(name => name.TextContent));
        Assert.Equal("Usher added Jonas (Billing) to the ticket.", page.QuerySelector(".system p")!.TextContent.Split(" 4:0")[0]);
    }

    [Fact]
    public async Task An_edited_message_keeps_its_earlier_texts()
    {
        var page = await OpenAsync(Samples.Head, Samples.Entry(Samples.Write(Samples.Mira, "now", 0), earlier: [new("**then**", Samples.Start), new("", Samples.Start.AddMinutes(1))]));

        Assert.Equal("now", page.QuerySelector(".body > .text")!.TextContent);
        Assert.Equal("(edited)", page.QuerySelector(".edits summary")!.TextContent);
        Assert.Equal(["March 9, 2026 at 4:02 PMthen", "March 9, 2026 at 4:03 PMNo text"], page.QuerySelectorAll(".edits li").Select(version => version.TextContent));
    }

    [Fact]
    public async Task A_deleted_message_keeps_its_last_text_and_says_when_it_was_deleted()
    {
        var page = await OpenAsync(Samples.Head, Samples.Entry(Samples.Write(Samples.Mira, "oops", 0), deletedAt: Samples.Start.AddMinutes(3)));

        Assert.Equal("Deleted on March 9, 2026 at 4:05 PM", page.QuerySelector(".m.deleted .gone")!.TextContent);
        Assert.Equal("oops", page.QuerySelector(".m.deleted .text")!.TextContent);
    }

    [Fact]
    public async Task A_reply_jumps_to_what_it_answers()
    {
        var first = Samples.Write(Samples.Mira, "**help** ||secret|| [here](https://a.example) please", 0);
        var page = await OpenAsync(
            Samples.Head,
            Samples.Entry(first),
            Samples.Entry(Samples.Write(Samples.Jonas, "yes", 1) with { Type = MessageType.Reply, ReferencedMessage = first }),
            Samples.Entry(Samples.Write(Samples.Jonas, "no", 2) with { Type = MessageType.Reply, MessageReference = new() { ChannelId = new(123), MessageId = new(5) } }));

        var jump = page.QuerySelectorAll(".reply a").Single();
        Assert.Equal($"#m{first.Id}", jump.GetAttribute("href"));
        Assert.NotNull(page.GetElementById($"m{first.Id}"));
        Assert.Equal("help ▇▇▇ here please", jump.QuerySelector(".excerpt")!.TextContent);
        Assert.Equal("The message this answers is not available.", page.QuerySelector(".reply em")!.TextContent);
    }

    [Fact]
    public async Task Files_are_shown_from_Ushers_copy_or_said_to_be_missing()
    {
        Attachment File(ulong id, string name, string type) => new() { Id = new(id), Filename = name, ContentType = type, Size = 2048, Url = "https://cdn.discordapp.com/attachments/1/2/" + name };
        var message = Samples.Write(Samples.Mira, "", 0) with
        {
            Attachments = [File(1, "a.png", "image/png"), File(2, "b.pdf", "application/pdf"), File(3, "c.zip", "application/zip"), File(4, "d.png", "image/png"), File(5, "e.svg", "image/svg+xml"), File(6, "f.ogg", "audio/ogg")],
        };
        var page = await OpenAsync(Samples.Head, Samples.Entry(message, copies:
        [
            (1, new("/f/1", 2048, "image/png")),
            (2, new("/f/2", 2048, "application/pdf")),
            (3, new(null, 0, null, MissingCopy.Gone)),
            (5, new("/f/5", 2048, "image/svg+xml")),
            (6, new("/f/6", 2048, "audio/ogg")),
        ]));

        Assert.Equal(["/f/1"], page.QuerySelectorAll("img").Select(image => image.GetAttribute("src")));
        Assert.Equal(["/f/6"], page.QuerySelectorAll("audio[preload=none]").Select(sound => sound.GetAttribute("src")));
        Assert.Equal(["b.pdf", "c.zip", "d.png", "e.svg", "f.ogg"], page.QuerySelectorAll(".file bdi").Select(name => name.TextContent));
        Assert.Equal(["This file was gone before it could be kept.", "No copy of this file was kept."], page.QuerySelectorAll(".file.lost .why").Select(why => why.TextContent));
        Assert.DoesNotContain("cdn.discordapp.com", page.DocumentElement.OuterHtml);
    }

    [Fact]
    public async Task A_file_of_its_own_carries_small_pictures_and_its_policy()
    {
        var message = Samples.Write(Samples.Mira, "", 0) with { Attachments = [new Attachment { Id = new(1), Filename = "a.png" }, new Attachment { Id = new(2), Filename = "b.png" }] };
        var page = await OpenAsync(
            Samples.Head with { Standalone = true },
            Samples.Entry(message, copies: [(1, new("https://desk.example/f/1", 70, "image/png", Image: Samples.Pixel)), (2, new("https://desk.example/f/2", 9_000_000, "image/png"))]));

        Assert.Equal("data:image/png;base64," + Convert.ToBase64String(Samples.Pixel), page.QuerySelectorAll("img").Single().GetAttribute("src"));
        Assert.Equal("https://desk.example/f/2", page.QuerySelector(".file a")!.GetAttribute("href"));
        Assert.Contains("img-src data:", page.QuerySelector("meta[http-equiv=Content-Security-Policy]")!.GetAttribute("content"));
    }

    [Fact]
    public async Task Pictures_of_embeds_and_components_are_found_among_the_copies()
    {
        var message = Samples.Write(Samples.Bot, "", 0) with
        {
            Attachments = [new Attachment { Id = new(11), Filename = "chart.png" }],
            Embeds = [new Embed { Image = new("https://cdn.discordapp.com/attachments/5/10/x.png?ex=1") }, new Embed { Image = new("https://elsewhere.example/y.png") }],
            Components = [new MediaGallery([new(new("attachment://chart.png"))]), FileComponent.Attached("chart.png")],
            Flags = MessageFlags.IsComponentsV2,
        };
        var page = await OpenAsync(Samples.Head, Samples.Entry(message, copies: [(10, new("/f/10", 1, "image/png")), (11, new("/f/11", 1, "image/png"))]));

        Assert.Equal(["/f/11", "/f/11", "/f/10"], page.QuerySelectorAll("img").Select(image => image.GetAttribute("src")));
        Assert.Equal("Picture on elsewhere.example, not loaded", page.QuerySelector(".elsewhere a")!.TextContent);
    }

    [Fact]
    public async Task Components_are_shown_and_do_nothing()
    {
        var page = await OpenAsync(Samples.Head, Samples.Ticket());

        Assert.Equal(["FAQ", "🔒 Close", "Claim", "Note", "Handoff"], page.QuerySelectorAll(".button").Select(button => button.TextContent));
        Assert.Equal(["https://example.org/faq"], page.QuerySelectorAll("a.button").Select(button => button.GetAttribute("href")));
        Assert.Equal("Set a priority", page.QuerySelector(".select")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("button, select, form, textarea"));
        Assert.Equal("#5865f2", page.QuerySelector(".box .stripe rect")!.GetAttribute("fill"));
    }

    [Fact]
    public async Task Whoever_wrote_or_was_mentioned_is_known_by_name_from_then_on()
    {
        var (carol, dana) = (new User { Id = new(41), Username = "carol", GlobalName = "Carol <b>" }, new User { Id = new(42), Username = "dana" });
        var page = await OpenAsync(
            Samples.Head with { Names = TranscriptNames.None },
            Samples.Entry(Samples.Write(Samples.Bot, $"Closed by <@{Samples.Bot.Id}>, <@43>", 0)),
            Samples.Entry(Samples.Write(carol, "Ask <@42>", 1) with { Mentions = [dana] }),
            Samples.Entry(Samples.Write(Samples.Mira, "<@41> <@42> <@43>", 2)));

        Assert.Equal(["@Usher", "@unknown user", "@dana", "@Carol <b>", "@dana", "@unknown user"], page.QuerySelectorAll(".m .mention").Select(mention => mention.TextContent));
    }

    [Fact]
    public async Task A_component_of_the_future_is_named_as_unknown()
    {
        var raw = System.Text.Json.JsonDocument.Parse("""{"type":99,"content":"x"}""").RootElement;
        var page = await OpenAsync(Samples.Head, Samples.Entry(Samples.Write(Samples.Bot, "", 0) with { Components = [new UnknownComponent(raw)] }));

        Assert.Equal("A component that this transcript cannot show", page.QuerySelector(".unknown")!.TextContent);
    }

    [Fact]
    public async Task Everyone_and_everything_has_a_badge_where_it_has_one()
    {
        var page = await OpenAsync(Samples.Head, Samples.Entry(Samples.Write(Samples.Bot, "a", 0)), Samples.Entry(Samples.Write(Samples.Jonas, "b", 0), isStaff: true), Samples.Entry(Samples.Write(Samples.Mira, "c", 0)));

        Assert.Equal(["APP", "Staff", "Opener"], page.QuerySelectorAll("main .badge").Select(badge => badge.TextContent));
    }

    public static TheoryData<string> Locales => [.. TranscriptTexts.Locales];

    [Theory]
    [MemberData(nameof(Locales))]
    public async Task Every_language_fills_the_whole_page(string locale)
    {
        var page = await OpenAsync(Samples.Head with { Locale = locale }, Samples.Ticket());

        Assert.Equal(locale, page.DocumentElement.GetAttribute("lang"));
        Assert.DoesNotContain("{0}", page.Body!.TextContent);
        Assert.DoesNotContain("{1}", page.Body!.TextContent);
        Assert.All(typeof(TranscriptTexts).GetProperties().Where(word => word.PropertyType == typeof(string)), word => Assert.NotEqual("", word.GetValue(TranscriptTexts.For(locale))));
        Assert.All(typeof(TranscriptTexts).GetProperties().Where(word => word.PropertyType == typeof(string)), word => Assert.Equal(Places(word, "en-US"), Places(word, locale)));

        static (bool, bool) Places(System.Reflection.PropertyInfo word, string language)
        {
            var text = (string)word.GetValue(TranscriptTexts.For(language))!;
            return (text.Contains("{0}", StringComparison.Ordinal), text.Contains("{1}", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Headings_do_not_skip_a_level_and_ids_are_unique()
    {
        var page = await OpenAsync(Samples.Head, Samples.Ticket());

        Assert.Single(page.QuerySelectorAll("main"));
        Assert.Single(page.QuerySelectorAll("h1"));
        var ids = page.QuerySelectorAll("[id]").Select(element => element.Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(page.QuerySelectorAll("a[href^='#']"), link => Assert.NotNull(page.GetElementById(link.GetAttribute("href")![1..])));
        Assert.All(page.QuerySelectorAll("img"), image => Assert.False(string.IsNullOrEmpty(image.GetAttribute("alt"))));
    }

    [Theory]
    [InlineData("Mira Okafor", "MO")]
    [InlineData("mira", "M")]
    [InlineData("李小龍", "李")]
    [InlineData("a b c", "AB")]
    [InlineData("🦊", "🦊")]
    [InlineData("", "")]
    public void Initials_come_from_the_first_words(string name, string initials) => Assert.Equal(initials, Usher.Web.Transcripts.Parts.AuthorHtml.Initials(name));

    [Theory]
    [InlineData(0x000000)]
    [InlineData(0xffffff)]
    [InlineData(0xff0000)]
    [InlineData(0x0000ff)]
    [InlineData(0xffff00)]
    [InlineData(0x808080)]
    public void A_role_colour_is_readable_on_both_backgrounds(int colour)
    {
        Assert.True(NameColours.Contrast(NameColours.Readable(colour, 0x26272d, 0xffffff), 0x26272d) >= 4.5);
        Assert.True(NameColours.Contrast(NameColours.Readable(colour, 0xebecf0, 0), 0xebecf0) >= 4.5);
    }
}
