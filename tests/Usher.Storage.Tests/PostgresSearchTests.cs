using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Usher.Desk.Features;
using Usher.Desk.Features.Opening;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Storage.Searching;
using Usher.Testing;
using Xunit;

namespace Usher.Storage.Tests;

/// <summary>What PostgreSQL's own search adds, and that it is as quick behind walls as without.</summary>
[Trait("Database", "Postgres")]
[Trait("Speed", "Slow")]
public sealed class PostgresSearchTests : IAsyncLifetime
{
    private static readonly GuildId Guild = new(11);
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private PostgresRoom? _room;
    private DeskStore? _store;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _room = await PostgresServer.RoomAsync(Token);
        await OpenAsync(_room.Url);
    }

    private async Task OpenAsync(string url)
    {
        _store = await DeskStore.OpenAsync(new StoreOptions(url, All.Rules, new ManualTimeProvider(Noon)), NullLoggerFactory.Instance, Token);
        var opened = new TicketOpened(Noon, Guild, 1, "help", new UserId(101), "Alice", null, HomeKind.Thread, "help-1", "token", 0, null);
        var ticket = opened.ApplyTo(null);
        Assert.IsType<CommitResult.Committed>(await _store.CommitAsync(new Commit { Guild = Guild, After = ticket, Facts = [opened], By = opened.Opener, At = Noon }, Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _store!.DisposeAsync();
        await _room!.DisposeAsync();
    }

    [Fact]
    public async Task A_role_that_no_wall_holds_finds_what_is_sought_and_nothing_else()
    {
        await _store!.DisposeAsync();
        await OpenAsync(await PostgresServer.ExemptAsync(Token));
        foreach (var (said, number) in new[] { "the mast is broken", "the sail is torn", "the mast, again" }.Select((said, i) => (said, i + 1))) await SayAsync((ulong)number, said);

        var (found, _, _) = await _store!.SearchAsync(new SearchQuery(Guild, SearchTerms.Read("mast")!) { LookedAtFirst = 0 }, Token);

        Assert.Equal([3, 1], found.Select(item => item.Message!.Value.Value));
    }

    [Theory]
    [InlineData("connections", "I lost my connection", Language.English)]
    [InlineData("refunded", "please refund me", Language.English)]
    [InlineData("the refunds", "the refund", Language.English)]
    [InlineData("paiements", "Le paiement est refusé", Language.French)]
    [InlineData("pagamentos", "o pagamento falhou", Language.BrazilianPortuguese)]
    public async Task The_forms_of_words_are_known_in_the_guilds_language(string sought, string said, Language language)
    {
        _store!.LanguageOf = _ => language;
        await SayAsync(1, said);

        var (found, terms, _) = await _store.SearchAsync(new SearchQuery(Guild, SearchTerms.Read(sought)!), Token);

        Assert.Equal(new MessageId(1), Assert.Single(found).Message);
        Assert.NotEmpty(Passage.Of(said, terms).Marks);
    }

    [Fact]
    public async Task In_a_language_without_forms_words_are_found_all_the_same()
    {
        _store!.LanguageOf = _ => Language.TraditionalChinese;
        await SayAsync(1, "我的連線問題 refund");

        Assert.Single((await _store.SearchAsync(new SearchQuery(Guild, SearchTerms.Read("refund 問題")!), Token)).Found);
    }

    [Theory]
    [InlineData("select set_config('usher.guild', '11', true), set_config('usher.scope', '', true)")]
    [InlineData("select set_config('usher.guild', '11', true), set_config('usher.scope', '', true), set_config('usher.member', '101', true)")]
    public async Task The_index_is_used_behind_every_wall(string walls)
    {
        await using var connection = await _room!.ConnectAsync(Token);
        await RunAsync(
            connection,
            """
            set usher.scope = 'desk';
            insert into search (guild_id, ticket, kind, item, author_id, place, words)
              select 11, 1, 0, i, 101, i, array_to_tsvector(array['w' || i, 'anchor' || i % 50, 'a' || i % 7, 'b' || i % 11, 'c' || i % 13]) from generate_series(10, 20000) i;
            analyze search
            """);
        await RunAsync(connection, "begin");
        await RunAsync(connection, walls);
        await RunAsync(connection, "select set_config('usher.sought', '''~11~0~anchor7'' | ''~11~0~nobody''', true)");
        await using var command = new NpgsqlCommand("explain select * from search_sought where guild_id = 11 and place > 0", connection);
        var plan = new StringBuilder();
        await using var rows = await command.ExecuteReaderAsync(Token);
        while (await rows.ReadAsync(Token)) plan.AppendLine(rows.GetString(0));

        Assert.True(plan.ToString().Contains("Bitmap Index Scan on search_words", StringComparison.Ordinal), plan.ToString());
        Assert.Contains("Index Cond: (usher_dated(words, guild_id, place) @@ ", plan.ToString());
    }

    [Fact]
    public async Task Whoever_seeks_sees_what_has_the_word_in_that_period_and_what_the_other_walls_let_through()
    {
        await SayAsync(1, "anchor");
        var sought = SearchTokens.PeriodsOf(Guild, new Stretch(ArchivePlace.Of(Noon), ArchivePlace.Of(Noon) + 1))[0] + "anchor";

        Assert.Equal(2L, await _room!.RunAsync("set usher.scope = 'desk'; select count(*) from search", Token));
        Assert.Equal(2L, await _room.RunAsync("set usher.scope = 'desk'; set usher.sought = 'nobody'; select count(*) from search", Token));
        Assert.Equal(0L, await _room.RunAsync("set usher.scope = 'desk'; select count(*) from search_sought", Token));
        Assert.Equal(1L, await _room.RunAsync($"set usher.scope = 'desk'; set usher.sought = '''{sought}'''; select count(*) from search_sought", Token));
        Assert.Equal(0L, await _room.RunAsync("set usher.scope = 'desk'; set usher.sought = 'anchor'; select count(*) from search_sought", Token));
        Assert.Equal(0L, await _room.RunAsync($"set usher.scope = ''; set usher.sought = '''{sought}'''; select count(*) from search_sought", Token));
    }

    private Task SayAsync(ulong id, string text) => _store!.SaveMessageAsync(
        new ArchivedMessage(Guild, 1, new ChannelId(7), new MessageId(id), new UserId(101), Noon, "{}"u8.ToArray(), []) { Text = text }, Token);

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Token);
    }
}
