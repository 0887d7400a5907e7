using Usher.Testing;
using Xunit;

namespace Usher.Tests;

public sealed class TokenTests : IDisposable
{
    private const string Settings = """
        guild: "1100000000000000001"
        departments:
          support: { name: Support, staff: ["1100000000000000004"], home: { thread: "1100000000000000005" } }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_key_is_made_shown_once_listed_renewed_and_taken_back()
    {
        var (code, made, told) = await RunAsync("create", "--name", "CRM 2", "--scopes", "tickets:read,notes", "--department", "support", "--days", "30");
        Assert.Equal(0, code);
        Assert.Matches("^usher_1100000000000000001_[A-Za-z0-9_-]{43}\n$", made);
        Assert.Contains("Key 1 «CRM 2»", told, StringComparison.Ordinal);

        var (_, list, _) = await RunAsync("list");
        Assert.Contains("1 «CRM 2», holds, never used: tickets:read notes as staff of support", list, StringComparison.Ordinal);
        Assert.Contains("created", list, StringComparison.Ordinal);
        Assert.DoesNotContain(made.Trim(), list, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain(made.Trim(), System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)), StringComparison.Ordinal);

        var (_, renewed, _) = await RunAsync("rotate", "1");
        Assert.NotEqual(made, renewed);
        Assert.Equal(0, (await RunAsync("revoke", "1")).Code);
        Assert.Equal((2, "There is no key 1 that holds. usher token list shows them.\n"), (await RunAsync("revoke", "1")) is var again ? (again.Code, again.Errors) : default);
        Assert.Contains("revoked", (await RunAsync("list")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("create --name CRM", "Say what it may act as: --department KEY, --manager, or --as USER.")]
    [InlineData("create --name CRM --manager --scopes tickets:eat", "There is no scope «tickets:eat». There are tickets:read,")]
    [InlineData("create --name CRM --department sales", "There is no department «sales». There are support.")]
    [InlineData("create --name <@1> --manager", "--name takes 1 to 32 letters")]
    [InlineData("create --name CRM --as bob", "--as takes a user's id; «bob» is none.")]
    [InlineData("create --name CRM --manager --rate 0", "--rate takes a number from 1")]
    [InlineData("create --name CRM --manager --guild 5", "Say with --guild which guild is meant: 1100000000000000001.")]
    [InlineData("revoke 7", "There is no key 7 that holds.")]
    public async Task Wrong_wishes_are_told_plainly_and_no_key_is_made(string arguments, string words)
    {
        var (code, output, errors) = await RunAsync(arguments.Split(' '));
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(words, errors, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "usher.yml"), Settings, TestContext.Current.CancellationToken);
        return await UsherProcess.RunAsync(_folder.Path, new Dictionary<string, string>(), ["token", .. arguments]);
    }
}
