using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Values;

namespace Usher.Desk.Tests;

public sealed class FileKindTests
{
    [Theory]
    [InlineData(".exe", "tool.exe", null, true)]
    [InlineData(".exe", "TOOL.EXE", "image/png", true)]
    [InlineData(".exe", "tool.exe. .", null, true)]
    [InlineData(".exe", "tool.exe.txt", null, false)]
    [InlineData(".exe", "exe", null, false)]
    [InlineData(".tar.gz", "all.tar.gz", null, true)]
    [InlineData("image/png", "x", "image/png", true)]
    [InlineData("image/png", "x", "IMAGE/PNG; charset=binary", true)]
    [InlineData("image/png", "x.png", null, false)]
    [InlineData("image/*", "x", "image/svg+xml", true)]
    [InlineData("image/*", "x", "imagery/png", false)]
    public void A_kind_is_an_ending_or_a_media_type(string kind, string fileName, string? contentType, bool fits) =>
        Assert.Equal(fits, FileKind.Read(kind)!.Fits(fileName, contentType));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("exe")]
    [InlineData("*")]
    [InlineData("*/*")]
    [InlineData("image/")]
    [InlineData("image/p*")]
    [InlineData(".a/b")]
    [InlineData(".exe.")]
    [InlineData("image png")]
    public void What_is_no_kind_is_none(string text) => Assert.Null(FileKind.Read(text));

    [Fact]
    public void What_is_refused_is_refused_also_among_what_is_kept()
    {
        var settings = new AttachmentSettings { Only = [new FileKind("image/*")], Not = [new FileKind(".svg")] };
        Assert.True(settings.Keeps("x.png", "image/png"));
        Assert.False(settings.Keeps("x.svg", "image/svg+xml"));
        Assert.False(settings.Keeps("x.txt", "text/plain"));
        Assert.True(new AttachmentSettings().Keeps("x", null));
    }

    [Theory]
    [InlineData(512, "0.5 KB")]
    [InlineData(1536, "1.5 KB")]
    [InlineData(10L << 30, "10 GB")]
    [InlineData(5000L << 40, "5000 TB")]
    public void Sizes_are_told_as_the_settings_write_them(long bytes, string told) => Assert.Equal(told, Sizes.Of(bytes));
}
