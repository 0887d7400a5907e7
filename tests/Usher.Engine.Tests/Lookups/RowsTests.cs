using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Engine.Lookups;
using Xunit;

namespace Usher.Engine.Tests.Lookups;

/// <summary>What a source said, as people read it.</summary>
public sealed class RowsTests
{
    public static TheoryData<object?, FieldLook, string?> Values => new()
    {
        { "sent", FieldLook.Text, "sent" },
        { "cogs/some_file.py", FieldLook.Text, "cogs/some\\_file.py" },
        { "[click](https://evil.example) **now** <@1>", FieldLook.Text, "\\[click\\](https://evil.example) \\*\\*now\\*\\* \\<@1\\>" },
        { "two\nlines\r\n> quoted\0", FieldLook.Text, "two lines \\> quoted" },
        { "a `tick`", FieldLook.Code, "`a 'tick'`" },
        { 42L, FieldLook.Code, "`42`" },
        { 100000000000000001L, FieldLook.Member, "<@100000000000000001> (`100000000000000001`)" },
        { "everyone", FieldLook.Member, "everyone" },
        { "123", FieldLook.Role, "<@&123>" },
        { "123", FieldLook.Channel, "<#123>" },
        { new DateTime(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc), FieldLook.Text, "<t:1772452800:F> (<t:1772452800:R>)" },
        { new DateTime(2026, 3, 2, 12, 0, 0, DateTimeKind.Unspecified), FieldLook.Time, "<t:1772452800:F> (<t:1772452800:R>)" },
        { "2026-03-02T12:00:00Z", FieldLook.Time, "<t:1772452800:F> (<t:1772452800:R>)" },
        { 1772452800L, FieldLook.Time, "<t:1772452800:F> (<t:1772452800:R>)" },
        { "soon", FieldLook.Time, "soon" },
        { -1L, FieldLook.Time, "-1" },
        { true, FieldLook.Text, "true" },
        { 1.5, FieldLook.Text, "1.5" },
        { new[] { "big", "heavy" }, FieldLook.Text, "big, heavy" },
        { "", FieldLook.Text, null },
        { null, FieldLook.Text, null },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_shown_plainly(object? value, FieldLook look, string? shown) =>
        Assert.Equal(shown, Row(new ShownField("column", "Label", look), value).Fields is [var field] ? field.Value : null);

    [Fact]
    public void A_long_value_is_cut_where_no_character_is_halved()
    {
        var told = Row(new ShownField("column", "Label"), string.Concat(Enumerable.Repeat("🙂", 500))).Fields[0].Value;

        Assert.InRange(told.Length, 390, 400);
        Assert.EndsWith("🙂…", told, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_looked_up_with_it_is_the_value_itself() =>
        Assert.Equal(new FoundField("column", "`42`", "42"), Row(new ShownField("column", "Label", FieldLook.Code), 42L).Fields[0]);

    [Fact]
    public void An_option_fits_a_select_whatever_the_row_says()
    {
        var source = new SqlSourceSettings { Key = "cases", Query = "", Option = new RowOption("id", "Case {id}: {reason}", "{reason}") };

        var row = Rows.Found(source, column => column == "id" ? new string('9', 300) : new string('x', 300) + "\n");

        Assert.InRange(row.Value.Length, 1, 99);
        Assert.InRange(row.Label.Length, 1, 100);
        Assert.InRange(row.Description!.Length, 1, 100);
        Assert.Equal(["id", "reason"], Rows.Columns(source));
    }

    private static Usher.Desk.Engine.FoundRow Row(ShownField shown, object? value) => Rows.Found(new SqlSourceSettings { Key = "k", Query = "", Show = [shown] }, _ => value);
}
