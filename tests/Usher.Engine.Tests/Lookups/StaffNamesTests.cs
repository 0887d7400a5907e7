using Usher.Engine.Lookups;
using Xunit;

namespace Usher.Engine.Tests.Lookups;

/// <summary>The column with somebody's roles, as tables hold it.</summary>
public sealed class StaffNamesTests
{
    [Theory]
    [InlineData("Manager", "Manager")]
    [InlineData("Support, Dev", "Support|Dev")]
    [InlineData("[\"Support\", \"Dev\"]", "Support|Dev")]
    [InlineData("\"[\\\"Support\\\", \\\"Dev\\\"]\"", "Support|Dev")]
    [InlineData("\"Manager\"", "Manager")]
    [InlineData("[]", "")]
    [InlineData("", "")]
    [InlineData("[\"Support\"", "")]
    [InlineData("[1, null, {\"a\": \"Manager\"}]", "")]
    [InlineData(null, "")]
    public void Names_are_found_in_every_form(string? column, string names) => Assert.Equal(names, string.Join('|', StaffNames.In(column)));

    [Fact]
    public void A_list_of_the_database_is_a_list() => Assert.Equal(["Support", "Dev"], StaffNames.In(new[] { "Support", "Dev" }));
}
