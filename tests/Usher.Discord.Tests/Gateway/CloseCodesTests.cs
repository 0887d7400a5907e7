using Usher.Discord.Gateway;
using Usher.Discord.Model;
using Xunit;

namespace Usher.Discord.Tests.Gateway;

public sealed class CloseCodesTests
{
    [Theory]
    [InlineData(null, CloseVerdict.Resume)]
    [InlineData(1000, CloseVerdict.Resume)]
    [InlineData(1001, CloseVerdict.Resume)]
    [InlineData(1006, CloseVerdict.Resume)]
    [InlineData(4000, CloseVerdict.Resume)]
    [InlineData(4001, CloseVerdict.Resume)]
    [InlineData(4002, CloseVerdict.Resume)]
    [InlineData(4003, CloseVerdict.Identify)]
    [InlineData(4004, CloseVerdict.Final)]
    [InlineData(4005, CloseVerdict.Resume)]
    [InlineData(4007, CloseVerdict.Identify)]
    [InlineData(4008, CloseVerdict.Resume)]
    [InlineData(4009, CloseVerdict.Identify)]
    [InlineData(4010, CloseVerdict.Final)]
    [InlineData(4011, CloseVerdict.Final)]
    [InlineData(4012, CloseVerdict.Final)]
    [InlineData(4013, CloseVerdict.Final)]
    [InlineData(4014, CloseVerdict.Final)]
    [InlineData(4999, CloseVerdict.Resume)]
    public void Each_code_has_its_verdict(int? code, CloseVerdict verdict) => Assert.Equal(verdict, CloseCodes.Judge(code));

    [Theory]
    [InlineData(4004, "token")]
    [InlineData(4010, "shard 2 of 3")]
    [InlineData(4011, "3 shard(s)")]
    [InlineData(4012, "version")]
    [InlineData(4013, "GuildMembers")]
    [InlineData(4014, "Switch on Server Members Intent, Message Content Intent")]
    public void Each_final_code_says_what_to_do(int code, string part) =>
        Assert.Contains(part, CloseCodes.Explain(code, 2, 3, Intents.GuildMembers | Intents.MessageContent | Intents.Guilds), StringComparison.Ordinal);
}
