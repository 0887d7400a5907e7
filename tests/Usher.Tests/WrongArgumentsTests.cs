using Usher.Testing;
using Xunit;

namespace Usher.Tests;

public sealed class WrongArgumentsTests
{
    private static readonly Dictionary<string, string> NoEnvironment = [];

    [Theory]
    [InlineData("sevre", "There is no verb «sevre». Did you mean serve?")]
    [InlineData("fly", "There is no verb «fly». There are demo, serve, sandbox, init, schema, settings, import, export, token, audit, member, erase.")]
    [InlineData("--port 5", "--port belongs behind a verb: usher demo --port.")]
    [InlineData("--quick", "usher has no option «--quick».")]
    [InlineData("serve --prot 5", "usher serve has no option «--prot». Did you mean --port?")]
    [InlineData("serve now", "usher serve has no use for «now».")]
    [InlineData("serve --port", "--port needs a value")]
    [InlineData("serve --port 65536", "--port takes a number from 0 to 65535 (0 for any free port); «65536» is none.")]
    [InlineData("serve --port=-1", "--port takes a number")]
    [InlineData("demo --data", "--data needs a value")]
    [InlineData("demo --preset mody", "There is no preset «mody». Did you mean moddy? There are demo, dcticket, fivem, moddy, shellia, storefront.")]
    [InlineData("--preset opera", "There is no preset «opera». There are demo,")]
    [InlineData("init --preset opera", "There is no preset «opera». There are demo,")]
    [InlineData("token", "Say what to do: create, list, revoke, rotate.")]
    [InlineData("audit", "Say what to do: list, verify.")]
    [InlineData("member", "Say what to do: export.")]
    [InlineData("settings", "Say what to do: export, diff, rollback.")]
    [InlineData("settings exprot", "There is no verb «exprot». Did you mean export?")]
    [InlineData("settings diff now", "usher settings diff has no use for «now».")]
    [InlineData("demo everything", "usher demo has no use for «everything».")]
    [InlineData("sandbox --limits none", "--limits takes discord or off; «none» is neither.")]
    public async Task Wrong_arguments_are_told_in_plain_words(string arguments, string words)
    {
        var (code, output, errors) = await UsherProcess.RunAsync(Path.GetTempPath(), NoEnvironment, arguments.Split(' '));

        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains(words, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "demo")]
    [InlineData("--help", "serve")]
    [InlineData("--help", "sandbox")]
    [InlineData("demo --help", "--data")]
    [InlineData("demo --help", "demo, dcticket, fivem, moddy, shellia, storefront")]
    [InlineData("init --help", "[default: demo]")]
    [InlineData("help", "serve")]
    [InlineData("help init", "--preset")]
    [InlineData("init --help", "demo, dcticket, fivem, moddy, shellia, storefront")]
    [InlineData("sandbox --help", "--journal")]
    [InlineData("serve --help", "--config")]
    [InlineData("serve --help", "--data")]
    [InlineData("--version", "0.1.0")]
    public async Task Help_and_version_are_answers(string arguments, string words)
    {
        var (code, output, errors) = await UsherProcess.RunAsync(Path.GetTempPath(), NoEnvironment, arguments.Split(' '));

        Assert.Equal(0, code);
        Assert.Empty(errors);
        Assert.Contains(words, output, StringComparison.Ordinal);
    }
}
