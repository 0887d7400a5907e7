using System.Security.Cryptography;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Usher.Discord.Components;
using Usher.Discord.Model;
using Usher.Web.Transcripts;
using Xunit;

namespace Usher.Web.Tests.Transcripts;

/// <summary>Everything that somebody else writes, written by somebody with bad intentions.</summary>
public class HostileContentTests
{
    public static TheoryData<string> Attacks { get; } =
    [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</title></style></code></pre><script>alert(1)</script>",
        "<svg/onload=alert(1)>",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "//evil.example/x.png",
        "/\\evil.example/x.png",
        "https://evil.example/\" onclick=\"alert(1)",
        "https://evil.example/x.png",
        "[x](javascript:alert(1)) [y](https://evil.example/\"onmouseover=alert`1`) <https://evil.example/'><script>>",
        "```\"><script>alert(1)</script>\n<!--\n```",
        "<!-- --><iframe src=javascript:alert(1)></iframe>",
        "]]><x:script xmlns:x=\"http://www.w3.org/1999/xhtml\">alert(1)</x:script>",
        "\u202Eevil\u0000<\u0000script>",
        "{0}{1}&lt;script&gt;",
    ];

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task No_field_can_bring_script_or_a_request_into_the_page(string attack)
    {
        foreach (var isStandalone in new[] { false, true })
        {
            var head = HostileHead(attack) with { Standalone = isStandalone };
            var html = await Samples.RenderAsync(head, Messages(attack), TestContext.Current.CancellationToken);
            var page = new HtmlParser().ParseDocument(html);
            AssertHarmless(page);
            AssertPolicy(page, TranscriptWriter.ContentSecurityPolicy(head));
            Assert.NotEmpty(page.QuerySelectorAll("footer .people li"));
            Assert.False(html.Contains((char)0), "a NUL reached the page");
        }
    }

    private static void AssertHarmless(IDocument page)
    {
        string[] elements =
        [
            "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "article", "div", "span", "p", "h1", "h2", "h3", "h4", "h5", "h6", "dl", "dt", "dd", "ol", "ul", "li", "a", "img", "audio",
            "video", "svg", "defs", "symbol", "path", "use", "rect", "time", "bdi", "strong", "em", "u", "s", "code", "pre", "blockquote", "details", "summary", "input", "meter", "hr",
        ];
        foreach (var element in page.All)
        {
            Assert.Contains(element.LocalName, elements);
            foreach (var attribute in element.Attributes)
            {
                Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase), $"{element.LocalName} has {attribute.Name}");
                Assert.NotEqual("style", attribute.Name);
                switch (attribute.Name)
                {
                    case "src": Assert.Matches("^(/files/|data:image/png;base64,)", attribute.Value); break;
                    case "href" when element.LocalName == "use": Assert.StartsWith("#i-", attribute.Value); break;
                    case "href": Assert.Matches("^(#|/files/|https?://)", attribute.Value); break;
                    case "srcset" or "poster" or "background" or "action" or "formaction" or "srcdoc" or "ping" or "xlink:href": Assert.Fail(attribute.Name); break;
                    case "http-equiv": Assert.Equal("Content-Security-Policy", attribute.Value); break;
                }
            }
        }
    }

    // A style sheet that is not the one the policy names would not apply: the hashes must be those of what the page really holds.
    private static void AssertPolicy(IDocument page, string policy)
    {
        Assert.StartsWith("default-src 'none'; ", policy);
        Assert.DoesNotContain("unsafe", policy);
        var sheets = page.QuerySelectorAll("style");
        Assert.Equal(2, sheets.Length);
        Assert.All(sheets, sheet => Assert.Contains($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(sheet.TextContent)))}'", policy));
    }

    private static TranscriptHead HostileHead(string attack) => Samples.Head with
    {
        TicketName = attack,
        DepartmentName = attack,
        GuildName = attack,
        OpenerName = attack,
        ClosedBy = attack,
        CloseReason = attack,
        Names = new TranscriptNames(
            new Dictionary<Snowflake, TranscriptName> { [Samples.Mira.Id] = new(attack, 0xff0000), [new(1)] = new(attack, int.MinValue) },
            new Dictionary<Snowflake, TranscriptName> { [new(2)] = new(attack, int.MaxValue) },
            new Dictionary<Snowflake, string> { [new(3)] = attack }),
    };

    private static IEnumerable<TranscriptMessage> Messages(string attack)
    {
        var webhook = new User { Id = new(7), Username = attack, GlobalName = attack, Discriminator = "0000", Bot = true };
        var file = new Attachment { Id = new(1), Filename = attack, Title = attack, Description = attack, ContentType = attack, Url = attack, ProxyUrl = attack, Size = long.MaxValue, Width = int.MaxValue, Height = -1 };
        var media = new EmbedMedia(attack, attack, 10, 10, attack, attack);
        var embed = new Embed
        {
            Title = attack,
            Type = attack,
            Description = attack,
            Url = attack,
            Color = int.MaxValue,
            Footer = new(attack, attack, attack),
            Image = media,
            Thumbnail = media,
            Video = media,
            Provider = new(attack, attack),
            Author = new(attack, attack, attack, attack),
            Fields = [new(attack, attack, true), new(null!, null!)],
        };
        var emoji = Emoji.Custom(new(1), attack);
        var unfurled = new UnfurledMedia(attack, attack, 1, 1, attack, null);
        IReadOnlyList<Component> components =
        [
            ActionRow.Of(Button.Of(attack, attack, (ButtonStyle)99, emoji), Button.Link(attack, attack)),
            ActionRow.Of(new StringSelect(attack, [new(attack, attack, attack, emoji, true)]) { Placeholder = attack }, new UserSelect(attack) { Placeholder = attack }),
            new Container([new TextDisplay(attack), new Section([new TextDisplay(null!)], new Thumbnail(unfurled, attack, true)), new Separator(true, (SeparatorSpacing)7)], -5, true),
            new MediaGallery([new(unfurled, attack, true), new(null!)]),
            new FileComponent(unfurled, true, attack, -1),
            new FileComponent(null!),
            new Section(null!, null!),
        ];
        (ulong, AttachmentCopy) copy = (1, new(attack, 1, attack, MissingCopy.None, Samples.Pixel));
        var hostile = Samples.Write(webhook, attack + " <@1> <@&2> <#3>\n# " + attack + "\n> " + attack + "\n- " + attack + "\n||" + attack + "||", 0) with
        {
            Attachments = [file],
            Embeds = [embed],
            Components = components,
            StickerItems = [new(new(1), attack, 1)],
            Reactions = [new() { Count = -1, Emoji = emoji }],
            Poll = new() { Question = new(attack, emoji), Answers = [new(1, new(attack, emoji)), new(2, null!)], Expiry = DateTimeOffset.MaxValue, Results = new() { AnswerCounts = [new(1, -4, false)] } },
            MessageSnapshots = [new() { Message = new() { Content = attack, Attachments = [file], Embeds = [embed], Components = components } }],
            InteractionMetadata = new() { Id = new(1), User = webhook },
        };
        yield return Samples.Entry(hostile, true, DateTimeOffset.MinValue, [new(attack, DateTimeOffset.MaxValue)], copy);
        yield return Samples.Entry(hostile with { Id = new(2), Flags = MessageFlags.IsComponentsV2 }, copies: (1, new("/files/\" onerror=\"x", 1, "image/png", MissingCopy.None, Samples.Pixel)));
        yield return Samples.Entry(hostile with { Id = new(3), Type = MessageType.Reply, ReferencedMessage = hostile }, copies: (1, new("https://evil.example/x.png", 1, "image/png")));
        foreach (var type in Enum.GetValues<MessageType>().Append((MessageType)999))
            yield return Samples.Entry(hostile with { Id = new(100 + (ulong)type), Type = type, Mentions = [webhook], MessageReference = new() { MessageId = new(2) } }, copies: copy);
    }
}
