using System.Buffers;
using System.Diagnostics;
using System.Text;
using Usher.Discord.Model;
using Usher.Web.Transcripts;
using Xunit;

namespace Usher.Web.Tests.Transcripts;

[Collection(typeof(Measured))]
public class MarkdownTests
{
    private static readonly TranscriptHead Head = Samples.Head with
    {
        Names = new TranscriptNames(
            new Dictionary<Snowflake, TranscriptName> { [new(1)] = new("Alice <3") },
            new Dictionary<Snowflake, TranscriptName> { [new(2)] = new("Helpers", 0x00ff00) },
            new Dictionary<Snowflake, string> { [new(3)] = "general" }),
    };

    private const string Link = """ target="_blank" rel="noopener noreferrer nofollow">""";

    [Theory]
    [InlineData("plain", "<p>plain</p>")]
    [InlineData("two\nlines", "<p>two\nlines</p>")]
    [InlineData("**bold**", "<p><strong>bold</strong></p>")]
    [InlineData("*it*", "<p><em>it</em></p>")]
    [InlineData("_it_", "<p><em>it</em></p>")]
    [InlineData("__under__", "<p><u>under</u></p>")]
    [InlineData("~~gone~~", "<p><s>gone</s></p>")]
    [InlineData("***both***", "<p><em><strong>both</strong></em></p>")]
    [InlineData("***a* b**", "<p><strong><em>a</em> b</strong></p>")]
    [InlineData("***a** b*", "<p><em><strong>a</strong> b</em></p>")]
    [InlineData("___both___", "<p><em><u>both</u></em></p>")]
    [InlineData("**a *b* c**", "<p><strong>a <em>b</em> c</strong></p>")]
    [InlineData("**a\nb**", "<p><strong>a\nb</strong></p>")]
    [InlineData("~~**__x__**~~", "<p><s><strong><u>x</u></strong></s></p>")]
    [InlineData("**bold", "<p>**bold</p>")]
    [InlineData("**a *b** c*", "<p><strong>a *b</strong> c*</p>")]
    [InlineData("*a *b*", "<p>*a <em>b</em></p>")]
    [InlineData("2 * 3 * 4", "<p>2 * 3 * 4</p>")]
    [InlineData("snake_case_name", "<p>snake_case_name</p>")]
    [InlineData("_a_b_", "<p>_a_b_</p>")]
    [InlineData("****", "<p>****</p>")]
    [InlineData("a ***** b", "<p>a ***** b</p>")]
    [InlineData("~one~", "<p>~one~</p>")]
    [InlineData("||||", "<p>||||</p>")]
    [InlineData("a | b", "<p>a | b</p>")]
    [InlineData(@"\*not\*", "<p>*not*</p>")]
    [InlineData(@"\\*it*", @"<p>\<em>it</em></p>")]
    [InlineData(@"c:\dir", @"<p>c:\dir</p>")]
    [InlineData(@"¯\_(ツ)_/¯", @"<p>¯\_(ツ)_/¯</p>")]
    public void Styles_are_read_as_Discord_reads_them(string text, string html) => Assert.Equal(html, Render(text));

    [Theory]
    [InlineData("`a*b*`", "<p><code>a*b*</code></p>")]
    [InlineData("``a`b``", "<p><code>a`b</code></p>")]
    [InlineData("`` `a` ``", "<p><code>`a`</code></p>")]
    [InlineData("`a", "<p>`a</p>")]
    [InlineData(@"\`a\`", "<p>`a`</p>")]
    [InlineData("`<b>`", "<p><code>&lt;b&gt;</code></p>")]
    [InlineData("```\ncode\n```", "<pre tabindex=\"0\"><code>code</code></pre>")]
    [InlineData("```cs\nvar x;\n```", "<pre tabindex=\"0\" data-language=\"cs\"><code>var x;</code></pre>")]
    [InlineData("```one line```", "<pre tabindex=\"0\"><code>one line</code></pre>")]
    [InlineData("```cs```", "<pre tabindex=\"0\"><code>cs</code></pre>")]
    [InlineData("```\"><script>\nx\n```", "<pre tabindex=\"0\"><code>&quot;&gt;&lt;script&gt;\nx</code></pre>")]
    [InlineData("a ```b``` c", "<p>a </p><pre tabindex=\"0\"><code>b</code></pre><p> c</p>")]
    [InlineData("```\n# no\n> no\n- no\n**no**\n```", "<pre tabindex=\"0\"><code># no\n&gt; no\n- no\n**no**</code></pre>")]
    [InlineData("```open", "<p>```open</p>")]
    [InlineData("``````", "<p>``````</p>")]
    [InlineData("> ```\n> x\n> ```", "<blockquote><pre tabindex=\"0\"><code>x</code></pre></blockquote>")]
    public void Code_is_left_as_it_is(string text, string html) => Assert.Equal(html, Render(text));

    [Theory]
    [InlineData("# One", "<h4>One</h4>")]
    [InlineData("## Two", "<h5>Two</h5>")]
    [InlineData("### **Three**", "<h6><strong>Three</strong></h6>")]
    [InlineData("#### Four", "<p>#### Four</p>")]
    [InlineData("#none", "<p>#none</p>")]
    [InlineData("# ", "<p># </p>")]
    [InlineData("# A\nb", "<h4>A</h4><p>b</p>")]
    [InlineData("a\n# B\nc", "<p>a</p><h4>B</h4><p>c</p>")]
    [InlineData("-# small", "<p class=\"sub\">small</p>")]
    [InlineData("> a\n> b\nc", "<blockquote><p>a\nb</p></blockquote><p>c</p>")]
    [InlineData(">>> a\nb", "<blockquote><p>a\nb</p></blockquote>")]
    [InlineData("> # a", "<blockquote><h4>a</h4></blockquote>")]
    [InlineData("> > a", "<blockquote><p>&gt; a</p></blockquote>")]
    [InlineData(">a", "<p>&gt;a</p>")]
    [InlineData("a > b", "<p>a &gt; b</p>")]
    [InlineData("- a\n- b", "<ul><li>a</li><li>b</li></ul>")]
    [InlineData("* a\n  * b\n    * c\n* d", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>")]
    [InlineData("3. a\n4. b", "<ol start=\"3\"><li>a</li><li>b</li></ol>")]
    [InlineData("1. a\n  - b", "<ol start=\"1\"><li>a<ul><li>b</li></ul></li></ol>")]
    [InlineData("- a\n1. b", "<ul><li>a</li></ul><ol start=\"1\"><li>b</li></ol>")]
    [InlineData("- # a", "<ul><li><h4>a</h4></li></ul>")]
    [InlineData("- a\n  more\nend", "<ul><li>a\n  more</li></ul><p>end</p>")]
    [InlineData("- a ```cs\nx\n```", "<ul><li>a </li></ul><pre tabindex=\"0\" data-language=\"cs\"><code>x</code></pre>")]
    [InlineData("-a", "<p>-a</p>")]
    [InlineData("a\n- b", "<p>a</p><ul><li>b</li></ul>")]
    [InlineData("99999999999. a", "<p>99999999999. a</p>")]
    public void Blocks_begin_at_a_line(string text, string html) => Assert.Equal(html, Render(text));

    [Theory]
    [InlineData("https://a.example/x", "<p><a href=\"https://a.example/x\"" + Link + "https://a.example/x</a></p>")]
    [InlineData("(https://a.example/x).", "<p>(<a href=\"https://a.example/x\"" + Link + "https://a.example/x</a>).</p>")]
    [InlineData("https://a.example/x_(y)", "<p><a href=\"https://a.example/x_(y)\"" + Link + "https://a.example/x_(y)</a></p>")]
    [InlineData("https://a.example/a_b_c*d", "<p><a href=\"https://a.example/a_b_c*d\"" + Link + "https://a.example/a_b_c*d</a></p>")]
    [InlineData("**https://a.example**", "<p><strong><a href=\"https://a.example\"" + Link + "https://a.example</a></strong></p>")]
    [InlineData("<https://a.example>", "<p><a href=\"https://a.example\"" + Link + "https://a.example</a></p>")]
    [InlineData("https://a.example/?a=1&b=\"", "<p><a href=\"https://a.example/?a=1&amp;b=\"" + Link + "https://a.example/?a=1&amp;b=</a>&quot;</p>")]
    [InlineData("[w](https://a.example)", "<p><a href=\"https://a.example\"" + Link + "w</a><span class=\"to\"> (https://a.example)</span></p>")]
    [InlineData("[**w**](<https://a.example> \"t\")", "<p><a href=\"https://a.example\"" + Link + "<strong>w</strong></a><span class=\"to\"> (https://a.example)</span></p>")]
    [InlineData("[a [b] c](https://a.example)", "<p><a href=\"https://a.example\"" + Link + "a [b] c</a><span class=\"to\"> (https://a.example)</span></p>")]
    [InlineData("[w](javascript:alert(1))", "<p>[w](javascript:alert(1))</p>")]
    [InlineData("[w](data:text/html,x)", "<p>[w](data:text/html,x)</p>")]
    [InlineData("[w](//a.example)", "<p>[w](//a.example)</p>")]
    [InlineData("[w]", "<p>[w]</p>")]
    [InlineData("[](https://a.example)", "<p>[](<a href=\"https://a.example\"" + Link + "https://a.example</a>)</p>")]
    [InlineData("javascript:alert(1)", "<p>javascript:alert(1)</p>")]
    [InlineData("http://", "<p>http://</p>")]
    [InlineData("ahttps://a.example", "<p>ahttps://a.example</p>")]
    [InlineData("ftp://a.example", "<p>ftp://a.example</p>")]
    public void Only_addresses_of_the_web_become_links(string text, string html) => Assert.Equal(html, Render(text));

    [Fact]
    public void A_label_that_is_a_link_itself_makes_no_second_link() =>
        Assert.Equal(
            $"<p>[<a href=\"https://good.example\"{Link}https://good.example</a>](<a href=\"https://bad.example\"{Link}https://bad.example</a>)</p>",
            Render("[https://good.example](https://bad.example)"));

    [Theory]
    [InlineData("<@1> <@!1>", "<p><span class=\"mention\" title=\"1\">@<bdi>Alice &lt;3</bdi></span> <span class=\"mention\" title=\"1\">@<bdi>Alice &lt;3</bdi></span></p>")]
    [InlineData("<@9>", "<p><span class=\"mention\" title=\"9\">@<bdi>unknown user</bdi></span></p>")]
    [InlineData("<@&2>", "<p><span class=\"mention role c00ff00\">@Helpers</span></p>")]
    [InlineData("<#3> <#4>", "<p><span class=\"mention\">#general</span> <span class=\"mention\">#unknown channel</span></p>")]
    [InlineData("</ticket close:5>", "<p><span class=\"mention\">/ticket close</span></p>")]
    [InlineData("<:smile:6><a:wave:7>", "<p><span class=\"emoji\">:smile:</span><span class=\"emoji\">:wave:</span></p>")]
    [InlineData("@everyone and @here", "<p><span class=\"mention\">@everyone</span> and <span class=\"mention\">@here</span></p>")]
    [InlineData("<id:browse>", "<p><span class=\"mention\">#browse</span></p>")]
    [InlineData("<@x> <#> <:a b:1> <t:x> <@1", "<p>&lt;@x&gt; &lt;#&gt; &lt;:a b:1&gt; &lt;t:x&gt; &lt;@1</p>")]
    [InlineData("<t:99999999999999999:F>", "<p>&lt;t:99999999999999999:F&gt;</p>")]
    [InlineData("<@99999999999999999999>", "<p>&lt;@99999999999999999999&gt;</p>")]
    public void Mentions_are_shown_by_name(string text, string html) => Assert.Equal(html, Render(text));

    [Theory]
    [InlineData("", "April 20, 2021 at 4:20 PM")]
    [InlineData(":t", "4:20 PM")]
    [InlineData(":T", "4:20:30 PM")]
    [InlineData(":d", "04/20/2021")]
    [InlineData(":D", "April 20, 2021")]
    [InlineData(":f", "April 20, 2021 at 4:20 PM")]
    [InlineData(":F", "Tuesday, April 20, 2021 at 4:20 PM")]
    [InlineData(":s", "04/20/2021 4:20 PM")]
    [InlineData(":S", "04/20/2021 4:20:30 PM")]
    [InlineData(":R", "April 20, 2021 at 4:20 PM")]
    public void Timestamps_are_given_in_utc(string style, string words) =>
        Assert.Equal(
            $"<p><time class=\"stamp\" datetime=\"2021-04-20T16:20:30Z\" title=\"Tuesday, April 20, 2021 at 4:20 PM\">{words}</time></p>",
            Render($"<t:1618935630{style}>"));

    [Fact]
    public void A_spoiler_is_hidden_until_it_is_checked() =>
        Assert.Equal(
            "<p><span class=\"spoiler\"><input type=\"checkbox\" aria-label=\"Show the spoiler\"><span>a <strong>b</strong></span></span></p>",
            Render("||a **b**||"));

    [Theory]
    [InlineData("👍", true)]
    [InlineData("👩‍💻 🇫🇷 ❤️", true)]
    [InlineData("👍 ok", false)]
    [InlineData("1", false)]
    public void Nothing_but_emoji_is_shown_large(string text, bool isLarge)
    {
        var html = RenderWhole(text);
        Assert.Equal(isLarge, html.Contains("jumbo", StringComparison.Ordinal));
    }

    [Fact]
    public void Control_characters_and_lone_surrogates_do_not_reach_the_page() => Assert.Equal("<p>ab\uFFFDc</p>", Render("a\0\u001bb\ud800c"));

    public static TheoryData<string> Nasty { get; } =
    [
        "*", "**", "***", "_", "__", "~~", "||", "`", "``", "```", "[", "](", "[](", "[a](http://", "[a](<http://", "<", "<@", "<t:", "<https://", "http://", "https://a.b/(", "> ", ">>> ",
        "- ", "1. ", "\\", "*a ", "_a ", "**a *b ", "`a ``b ", "```a\n", "- a\n", "> a\n", "  - a\n", "# a\n", "||*_~~[", "a* ", "*a**b***c", "]", ")", "[[a]", "``` ` ",
    ];

    [Theory]
    [MemberData(nameof(Nasty))]
    public void Time_grows_with_the_text_and_not_faster(string piece)
    {
        var (little, much) = (Repeat(piece, 40_000), Repeat(piece, 640_000));
        // What takes no time at all is not worth comparing: the collector alone takes longer.
        var (least, most) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        // Sixteen times the text takes sixteen times as long when it is read through once, and 256 times when it is read again from every mark. The shortest of several
        // measurements is what a busy machine stretches least, and it stretches both.
        for (var attempt = 0; attempt < 8 && (attempt == 0 || !IsFine()); attempt++)
        {
            least = Shorter(least, little);
            most = Shorter(most, much);
        }

        Assert.True(IsFine(), $"{piece}: {least.TotalMilliseconds} ms, and sixteen times the text {most.TotalMilliseconds} ms");

        bool IsFine() => most.TotalMilliseconds <= 128 * Math.Max(least.TotalMilliseconds, 1);
    }

    private static TimeSpan Shorter(TimeSpan than, string text)
    {
        var began = Stopwatch.GetTimestamp();
        Render(text);
        var took = Stopwatch.GetElapsedTime(began);
        return took < than ? took : than;
    }

    [Fact]
    public void Random_marks_never_break_the_parser()
    {
        string[] pieces = ["*", "**", "_", "__", "~~", "||", "`", "```", "[", "](https://a.b)", "](", ")", "<@1>", "<", ">", "\n", "\n> ", "\n- ", "\n  - ", "\n1. ", "# ", "\\", "a", " ", "https://a.b/c", "\ud83d", "😀", "<t:1:R>", "@here", "-# "];
        var random = new Random(20260101);
        for (var run = 0; run < 20_000; run++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => pieces[random.Next(pieces.Length)]));
            var html = Render(text);
            Assert.True(Balance(html), $"{text}\n→ {html}");
        }
    }


    // Every element that opens closes again in order.
    private static bool Balance(string html)
    {
        var open = new Stack<string>();
        for (var at = html.IndexOf('<'); at >= 0; at = html.IndexOf('<', at + 1))
        {
            var name = new string(html[(at + 1)..].TakeWhile(c => c is not (' ' or '>')).ToArray());
            if (name == "input") continue;
            if (!name.StartsWith('/')) open.Push(name);
            else if (!open.TryPop(out var last) || last != name[1..]) return false;
        }

        return open.Count == 0;
    }

    private static string Repeat(string piece, int length) => string.Concat(Enumerable.Repeat(piece, length / piece.Length));

    private static string RenderWhole(string text)
    {
        var output = new ArrayBufferWriter<byte>();
        MarkdownHtml.Write(new Page(output, Head), text, "text"u8);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string Render(string text)
    {
        var html = RenderWhole(text);
        return html.Length == 0 ? "" : html[(html.IndexOf('>') + 1)..^"</div>".Length];
    }
}
