using System.Buffers;
using System.Text;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Web.Exports;
using Xunit;

namespace Usher.Web.Tests.Exports;

public sealed class CsvTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("  =1+1", "'  =1+1")]
    [InlineData("\t=1+1", "'\t=1+1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("＝1", "'＝1")]
    [InlineData("=cmd|' /C calc'!A0,x", "\"'=cmd|' /C calc'!A0,x\"")]
    [InlineData("a=b", "a=b")]
    public void A_cell_is_quoted_where_it_must_be_and_never_a_formula(string text, string cell) => Assert.Equal(cell, CsvExport.Cell(text));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_long_text_arrives_whole_wherever_its_characters_of_two_halves_stand(int before)
    {
        var text = new string('a', before) + string.Concat(Enumerable.Repeat("😀", 40_000));
        var output = new ArrayBufferWriter<byte>();

        new CsvExport(output).Write(Ticket with { Subject = text }, withNotes: false);

        Assert.Contains(text, Encoding.UTF8.GetString(output.WrittenSpan), StringComparison.Ordinal);
    }

    private static Ticket Ticket { get; } = new()
    {
        Guild = new GuildId(1),
        Number = 1,
        Department = "help",
        Opener = new UserId(2),
        OpenerName = "Alice",
        OpenedAt = DateTimeOffset.UnixEpoch,
        Name = "help-1",
        TranscriptToken = "token",
        Home = new Home(HomeKind.Thread),
    };
}
