using Usher.Storage.Searching;
using Xunit;

namespace Usher.Storage.Tests;

public sealed class SearchTermTests
{
    [Theory]
    [InlineData("Hello, World", "hello world")]
    [InlineData("hello HELLO", "hello")]
    [InlineData("l'été n'est pas", "l ete n est pas")]
    [InlineData("連線問題", "連線 線問 問題 題")]
    [InlineData("A連B", "a 連 b")]
    [InlineData("e\u0301te\u0301", "ete")]
    [InlineData("한국어 지원", "한국어 지원")]
    [InlineData("𠮷野家", "𠮷野 野家 家")]
    [InlineData("\ud800x", "x")]
    [InlineData("*** ~g1 ***", "g1")]
    [InlineData("", "")]
    public void A_text_becomes_tokens(string text, string tokens) => Assert.Equal(tokens, SearchTokens.Of(text));

    [Fact]
    public void A_very_long_word_is_known_by_its_beginning() => Assert.Equal(SearchTokens.Longest, SearchTokens.Of(new string('a', 5000)).Length);

    [Theory]
    [InlineData("!!! ***")]
    [InlineData("")]
    [InlineData("\"\"")]
    public void What_holds_no_letter_and_no_digit_seeks_nothing(string typed) => Assert.Null(SearchTerms.Read(typed));

    [Theory]
    [InlineData("\"lost anchor\"", "I lost anchor and ship", true)]
    [InlineData("\"lost anchor\"", "an anchor was lost", false)]
    [InlineData("“Lost Ânchor”", "LOST, ANCHOR", true)]
    [InlineData("連線問題", "我的連線問題", true)]
    [InlineData("連線問題", "連線 線問 問題", false)]
    [InlineData("lost anchor", "an anchor was lost", true)]
    public void What_must_follow_upon_each_other_does_so_or_is_not_meant(string typed, string text, bool meant) => Assert.Equal(meant, SearchTerms.Read(typed)!.StandIn(text));

    [Theory]
    [InlineData("anchor", "The Anchor anchors", "The [Anchor] [anchors]")]
    [InlineData("ecole", "à l'École!", "à l'[École]!")]
    [InlineData("coeur", "de tout cœur", "de tout [cœur]")]
    [InlineData("線問題", "我的連線問題還", "我的連[線問題]還")]
    [InlineData("<b>", "<b>x</b> & more", "<[b]>x</[b]> & more")]
    [InlineData("an", "an anchor", "[an] anchor")]
    public void What_was_sought_is_marked_where_it_stands(string typed, string text, string marked)
    {
        var passage = Passage.Of(text, SearchTerms.Read(typed)!);
        var shown = passage.Text;
        foreach (var mark in passage.Marks.Reverse()) shown = shown.Insert(mark.Start + mark.Length, "]").Insert(mark.Start, "[");
        Assert.Equal(marked, shown);
    }

    [Fact]
    public void Of_a_long_text_the_part_is_shown_in_which_it_stands()
    {
        var passage = Passage.Of(string.Concat(Enumerable.Repeat("🎈 blah ", 200)) + "anchor" + string.Concat(Enumerable.Repeat(" blub 🎈", 200)), SearchTerms.Read("anchor")!);

        Assert.True(passage.Text.Length < 250);
        var mark = Assert.Single(passage.Marks);
        Assert.Equal("anchor", passage.Text.Substring(mark.Start, mark.Length));
        Assert.StartsWith("…", passage.Text);
        Assert.EndsWith("…", passage.Text);
        Assert.DoesNotContain('\uFFFD', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(passage.Text)));
    }

    [Fact]
    public void A_whole_word_answers_better_than_a_beginning()
    {
        var terms = SearchTerms.Read("anchor")!;
        Assert.True(Passage.Of("the anchor", terms).Score > Passage.Of("anchorage", terms).Score);
    }
}
