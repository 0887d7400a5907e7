using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Usher.Desk.Engine;
using Usher.Desk.Features;
using Usher.Desk.Values;
using Usher.Testing;
using Xunit;

namespace Usher.Storage.Tests;

/// <summary>The audit log and the role that Usher runs as, which owns the table.</summary>
[Trait("Database", "Postgres")]
[Trait("Speed", "Slow")]
public sealed class PostgresAuditTests
{
    private static readonly GuildId Guild = new(11);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("update audit set action = 'x'", PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData("delete from audit", PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData("truncate audit", PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData("grant all on audit to current_user; update audit set action = 'x'", PostgresErrorCodes.RaiseException)]
    [InlineData("grant all on audit to current_user; delete from audit", PostgresErrorCodes.RaiseException)]
    [InlineData("grant all on audit to current_user; truncate audit", PostgresErrorCodes.RaiseException)]
    public async Task The_role_has_no_right_to_change_it_and_with_the_right_the_triggers_stay(string sql, string state)
    {
        await using var room = await PostgresServer.RoomAsync(Token);
        await using var store = await DeskStore.OpenAsync(new StoreOptions(room.Url, All.Rules, TimeProvider.System), NullLoggerFactory.Instance, Token);
        await store.RecordAsync(Guild, AuditSignature.CommandLine("root", DateTimeOffset.UnixEpoch), new Deed("key_created"), Token);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => room.RunAsync("set usher.scope = 'desk'; " + sql, Token));

        Assert.Equal(state, refused.SqlState);
        Assert.True((await store.VerifyAuditAsync(Guild, Token)) is { IsWhole: true, Entries: 1 });
    }
}
