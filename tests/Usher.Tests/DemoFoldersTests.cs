using Usher.Choosing;
using Usher.Starting;
using Xunit;

namespace Usher.Tests;

/// <summary>Which folder each desk of the demo has, over several starts.</summary>
public sealed class DemoFoldersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nobody_chose_in_a_fresh_folder() => Assert.Null(Folders().Last);

    [Fact]
    public void The_first_desk_has_the_folder_itself_and_others_have_their_own_for_ever()
    {
        Folders().GoOnWith(Desk("moddy"));
        Folders().GoOnWith(Desk("fivem"));
        Folders().GoOnWith(Desk("moddy"));

        Assert.Equal("moddy", Folders().Last);
        Assert.Equal(_folder.Path, Folders().Of(Desk("moddy")));
        Assert.Equal(Path.Combine(_folder.Path, "fivem"), Folders().Of(Desk("fivem")));
        Assert.Equal(Path.Combine(_folder.Path, "demo"), Folders().Of(Desk("demo")));
    }

    [Fact]
    public void Only_the_usual_desk_goes_on_with_a_database_that_nobody_chose()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "usher.db"), "");

        Assert.Equal(_folder.Path, Folders().Of(Desk("demo")));
        Assert.Equal(Path.Combine(_folder.Path, "moddy"), Folders().Of(Desk("moddy")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("moddy")]
    [InlineData("nobody .")]
    [InlineData("moddy ../elsewhere")]
    [InlineData("moddy /elsewhere")]
    public void What_somebody_else_wrote_there_is_no_choice(string line)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "desks.txt"), line);

        Assert.Null(Folders().Last);
        Assert.Equal(_folder.Path, Folders().Of(Desk("moddy")));
    }

    private DemoFolders Folders() => new(_folder.Path);

    private static Preset Desk(string name) => Preset.Named(name)!;
}
