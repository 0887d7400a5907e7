using System.Text;
using Usher.Engine.Outgoing;
using Xunit;

namespace Usher.Engine.Tests.Outgoing;

public sealed class KeptClicksTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("usher-kept-");

    private string Folder => Path.Combine(_folder.FullName, "clicks");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_is_kept_is_there_at_the_next_start_oldest_first_until_it_is_forgotten()
    {
        var kept = new KeptClicks(Folder);
        Assert.True(kept.Keep(20, "\"second\""u8) && kept.Keep(3, "\"first\""u8));
        Assert.Equal(["first", "second"], Words(new KeptClicks(Folder)));

        var next = new KeptClicks(Folder);
        next.Forget(3);
        next.Forget(99);
        Assert.Equal(["second"], Words(new KeptClicks(Folder)));
    }

    [Fact]
    public void Nobody_but_Usher_reads_it()
    {
        if (OperatingSystem.IsWindows()) return;
        Assert.True(new KeptClicks(Folder).Keep(1, "{}"u8));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(Directory.GetFiles(Folder))));
    }

    [Fact]
    public void Where_nothing_can_be_written_nothing_is_kept()
    {
        File.WriteAllText(Folder, "a file");
        var kept = new KeptClicks(Folder);
        Assert.False(kept.Keep(1, "{}"u8));
        Assert.Empty(kept.All());
    }

    [Fact]
    public void There_is_an_end_to_it()
    {
        var kept = new KeptClicks(Folder);
        for (var click = 1UL; click <= 1000; click++) Assert.True(kept.Keep(click, "{}"u8));
        Assert.False(kept.Keep(1001, "{}"u8));
        kept.Forget(1);
        Assert.True(kept.Keep(1001, "{}"u8));
    }

    [Theory]
    [InlineData("{\"half\": ")]
    [InlineData("")]
    [InlineData("\0\0\0\0")]
    public void A_damaged_one_is_set_aside_and_holds_up_no_other(string damaged)
    {
        Assert.True(new KeptClicks(Folder).Keep(1, "\"whole\""u8));
        File.WriteAllText(Path.Combine(Folder, "2.json"), damaged);

        Assert.Equal(["whole"], Words(new KeptClicks(Folder)));

        Assert.Equal(["1.json", "2.json.damaged"], Directory.GetFiles(Folder).Select(Path.GetFileName).Order());
        Assert.Equal(["whole"], Words(new KeptClicks(Folder)));
    }

    [Fact]
    public void One_that_somebody_took_away_is_gone()
    {
        Assert.True(new KeptClicks(Folder).Keep(1, "\"whole\""u8));
        var kept = new KeptClicks(Folder);
        File.Delete(Path.Combine(Folder, "1.json"));
        Assert.Empty(kept.All());
    }

    private static IEnumerable<string> Words(KeptClicks kept) => kept.All().Select(payload => Encoding.UTF8.GetString(payload).Trim('"'));
}
