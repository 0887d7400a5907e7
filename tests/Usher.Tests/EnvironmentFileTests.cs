using Usher.Starting;
using Xunit;

namespace Usher.Tests;

public sealed class EnvironmentFileTests
{
    [Theory]
    [InlineData("A=b", "b")]
    [InlineData("  A = b  ", "b")]
    [InlineData("export A=b", "b")]
    [InlineData("A=", "")]
    [InlineData("A=b=c", "b=c")]
    [InlineData("A=b # why", "b")]
    [InlineData("A=b#c", "b#c")]
    [InlineData("A='b # $c' # why", "b # $c")]
    [InlineData("A=\"b \\\"c\\\" \\\\ \\n#\" # why", "b \"c\" \\ \n#")]
    [InlineData("# A=x\n\nA=b\r\n", "b")]
    [InlineData("A=first\nA=b", "b")]
    public void A_line_gives_a_name_its_value(string text, string value)
    {
        var (values, faults) = Parse(text);

        Assert.Empty(faults);
        Assert.Equal(new Dictionary<string, string> { ["A"] = value }, values);
    }

    [Theory]
    [InlineData("A=b\nnonsense", ".env:2 ")]
    [InlineData("=b", ".env:1 ")]
    [InlineData("A B=c", ".env:1 ")]
    [InlineData("\nA=\"b", ".env:2  The quote of A")]
    [InlineData("A='b", ".env:1  The quote of A")]
    public void A_line_that_is_none_is_told_with_its_number(string text, string fault) =>
        Assert.StartsWith(fault, Assert.Single(Parse(text).Faults), StringComparison.Ordinal);

    [Fact]
    public void The_file_beside_the_settings_is_read_where_there_is_none_at_the_start()
    {
        using var folder = new TemporaryFolder();
        var config = new FileInfo(Path.Combine(folder.Path, "usher.yml"));

        Assert.Equal(Directory.GetCurrentDirectory(), EnvironmentFile.FolderFor(config));
        File.WriteAllText(Path.Combine(folder.Path, EnvironmentFile.Name), "A=b");

        Assert.Equal(folder.Path, EnvironmentFile.FolderFor(config));
    }

    [Fact]
    public void The_real_environment_is_not_overridden()
    {
        using var folder = new TemporaryFolder();
        folder.Write(".env", "PATH=/nowhere\nUSHER_TEST_ONLY_IN_FILE=yes\n");

        var values = EnvironmentFile.Read(folder.Path, []);

        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), values["PATH"]);
        Assert.Equal("yes", values["USHER_TEST_ONLY_IN_FILE"]);
    }

    private static (Dictionary<string, string> Values, List<string> Faults) Parse(string text)
    {
        var values = new Dictionary<string, string>();
        var faults = new List<string>();
        EnvironmentFile.Parse(text, values, faults);
        return (values, faults);
    }
}
