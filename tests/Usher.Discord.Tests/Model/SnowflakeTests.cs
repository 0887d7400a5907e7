using Usher.Discord.Model;
using Xunit;

namespace Usher.Discord.Tests.Model;

public sealed class SnowflakeTests
{
    [Theory]
    [InlineData(175928847299117063, "2016-04-30T11:18:25.796Z")]
    [InlineData(0, "2015-01-01T00:00:00.000Z")]
    public void It_tells_when_it_was_made(ulong value, string moment) =>
        Assert.Equal(moment, new Snowflake(value).CreatedAt.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void The_smallest_of_a_moment_was_made_then()
    {
        var moment = new DateTimeOffset(2026, 3, 2, 9, 0, 0, 250, TimeSpan.FromHours(1));

        Assert.Equal(moment, Snowflake.At(moment).CreatedAt);
        Assert.True(Snowflake.At(moment) > Snowflake.At(moment.AddMilliseconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Snowflake.At(new DateTimeOffset(2014, 12, 31, 0, 0, 0, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("18446744073709551615", true)]
    [InlineData("18446744073709551616", false)]
    [InlineData("", false)]
    [InlineData("-1", false)]
    [InlineData(" 1", false)]
    [InlineData("1,000", false)]
    [InlineData(null, false)]
    public void Only_digits_are_read(string? text, bool valid)
    {
        Assert.Equal(valid, Snowflake.TryParse(text, out var id));
        if (valid) Assert.Equal(text, id.ToString());
    }

    [Fact]
    public void What_is_made_later_is_greater() => Assert.Equal([new(1), new(2), new(30)], new Snowflake[] { new(30), new(1), new(2) }.Order());
}
