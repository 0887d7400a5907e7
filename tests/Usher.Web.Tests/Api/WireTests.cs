using System.Text;
using Usher.Desk.Tickets;
using Usher.Testing;
using Usher.Web.Api;
using Usher.Web.Api.Callers;
using Usher.Web.Api.Tickets;
using Usher.Web.Api.Wire;
using Xunit;

namespace Usher.Web.Tests.Api;

public sealed class WireTests
{
    [Theory]
    [InlineData(1, "TKT000001")]
    [InlineData(42, "TKT000042")]
    [InlineData(999_999, "TKT999999")]
    [InlineData(1_000_000, "TKTA00000")]
    [InlineData(1_000_035, "TKTA0000Z")]
    [InlineData(1_000_036, "TKTA00010")]
    [InlineData(61_466_176, "TKTB00000")]
    [InlineData(TicketIds.Last, "TKTZZZZZZ")]
    public void A_tickets_id_is_its_number_in_six_letters_or_digits(long number, string id)
    {
        Assert.Equal(id, TicketIds.Of(number));
        Assert.Equal(number, TicketIds.NumberOf(id));
        Assert.Equal(number, TicketIds.NumberOf(id.ToLowerInvariant()));
    }

    [Theory]
    [InlineData("42", 42L)]
    [InlineData("TKT000000", null)]
    [InlineData("TKT00000A", null)]
    [InlineData("TKTA0000é", null)]
    [InlineData("TKT 00001", null)]
    [InlineData("XYZ000001", null)]
    [InlineData("", null)]
    [InlineData("1e3", null)]
    public void What_is_no_id_names_no_ticket(string id, long? number) => Assert.Equal(number, TicketIds.NumberOf(id));

    [Theory]
    [InlineData("It can be done by: <@&5>, <@7>.", "It can be done by: @5, user 7.")]
    [InlineData("Free <t:1767225600:R> in <#9>", "Free 2026-01-01 00:00:00 UTC in #9")]
    [InlineData("<t:99999999999999999999:f>", "1970-01-01 00:00:00 UTC")]
    [InlineData("1 < 2 <b>", "1 < 2 <b>")]
    public void Discords_markup_becomes_plain_words(string markdown, string words) => Assert.Equal(words, PlainWords.Of(markdown, null));

    [Fact]
    public void Every_fault_of_a_body_is_told_at_once_with_its_field()
    {
        var problem = Assert.Throws<ProblemException>(() => Bodies.Read(Encoding.UTF8.GetBytes("""{"user_id":"alice","subject":7,"colour":"red","answers":{"a":1}}"""), ApiJson.Default.CreateTicketBody)).Problem;
        Assert.Equal((422, "body.fields"), (problem.Status, problem.Code));
        Assert.Equal(["user_id", "subject", "colour", "answers"], problem.Errors.Select(error => error.Field));
        Assert.Contains("digits", problem.Errors[0].Detail);
    }

    [Theory]
    [InlineData("""{"category":"support","answers":{"subject":null}}""", 422, "body.fields")]
    [InlineData("""{"\ud800":1}""", 400, "body.not_json")]
    [InlineData("""{"answers":{"\ud800":"x"}}""", 400, "body.not_json")]
    [InlineData("""{"subject":"\ud800"}""", 422, "body.fields")]
    public void What_holds_nothing_or_is_no_text_is_told(string body, int status, string code)
    {
        var problem = Assert.Throws<ProblemException>(() => Bodies.Read(Encoding.UTF8.GetBytes(body), ApiJson.Default.CreateTicketBody)).Problem;
        Assert.Equal((status, code), (problem.Status, problem.Code));
    }

    [Theory]
    [InlineData("""{"subject":"a","subject":"b"}""", "twice")]
    [InlineData("""{"answers":{"a":"1","a":"2"}}""", "twice")]
    [InlineData("""{"subject":"a" """, "line 1, byte")]
    [InlineData("""{"subject":}""", "line 1, byte 12")]
    public void What_is_no_JSON_is_told_with_its_place(string body, string words)
    {
        var problem = Assert.Throws<ProblemException>(() => Bodies.Read(Encoding.UTF8.GetBytes(body), ApiJson.Default.CreateTicketBody)).Problem;
        Assert.Equal("body.not_json", problem.Code);
        Assert.Contains(words, problem.Detail);
    }

    [Fact]
    public void A_number_that_is_none_is_told_as_one() =>
        Assert.Equal("must be a whole number", Assert.Throws<ProblemException>(() => Bodies.Read("{\"rating\":\"five\"}"u8.ToArray(), ApiJson.Default.RateBody)).Problem.Errors.Single().Detail);

    [Fact]
    public void A_list_holds_no_null() =>
        Assert.Throws<ProblemException>(() => Bodies.Read("{\"url\":\"https://x.example/h\",\"events\":[null]}"u8.ToArray(), ApiJson.Default.CreateWebhookBody));

    [Fact]
    public void An_example_is_taken_as_it_stands_with_its_comments() =>
        Assert.True(Bodies.Read("{\n  \"message\": \"Ahoy\",\n  \"internal_note\": true // true = note interne\n}"u8.ToArray(), ApiJson.Default.ReplyBody).InternalNote);

    [Theory]
    [InlineData("\"12\"", 12)]
    [InlineData("W/\"12\"", 12)]
    [InlineData("\"12-1a2b3c4d\"", 12)]
    [InlineData("W/\"12-1a2b3c4d\"", 12)]
    [InlineData("\"-1a2b3c4d\"", null)]
    [InlineData("12", null)]
    [InlineData("W/", null)]
    [InlineData("\"", null)]
    public void A_tag_is_a_version_also_when_it_was_weakened_on_its_way(string tag, int? version) => Assert.Equal(version, ETags.VersionIn(tag));

    [Theory]
    [InlineData("""{"user_id":123456789}""")]
    [InlineData("""{"user_id":"123456789"}""")]
    public void An_id_may_be_a_number_or_text(string body) =>
        Assert.Equal(123456789ul, Bodies.Read<CreateTicketBody>(Encoding.UTF8.GetBytes(body), ApiJson.Default.CreateTicketBody).UserId?.Value);

    [Fact]
    public void A_bucket_gives_a_share_at_once_and_fills_evenly()
    {
        var clock = new ManualTimeProvider();
        var buckets = new RequestBuckets(clock);
        for (var request = 0; request < 10; request++) Assert.Equal(TimeSpan.Zero, buckets.Take("a", 60));
        Assert.Equal(TimeSpan.FromSeconds(1), buckets.Take("a", 60));
        Assert.Equal(TimeSpan.Zero, buckets.Take("b", 60));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.Zero, buckets.Take("a", 60));
        Assert.Equal(TimeSpan.Zero, buckets.Take("a", 60));
        Assert.Equal(TimeSpan.FromSeconds(1), buckets.Take("a", 60));
    }

    [Fact]
    public void Tokens_tell_their_guild_and_are_never_the_same()
    {
        var guild = new Usher.Desk.Values.GuildId(1100000000000000001);
        var (one, other) = (ApiTokens.New(guild), ApiTokens.New(guild));
        Assert.NotEqual(one, other);
        Assert.NotEqual(ApiTokens.HashOf(one), ApiTokens.HashOf(other));
        Assert.Equal(guild, ApiTokens.GuildOf(one));
        Assert.Matches("^usher_1100000000000000001_[A-Za-z0-9_-]{43}$", one);
    }

    [Fact]
    public void Every_route_has_a_name_of_its_own_and_a_scope_that_exists()
    {
        Assert.Equal(ApiRoutes.All.Count, ApiRoutes.All.Select(route => route.Name).Distinct().Count());
        Assert.Equal(ApiRoutes.All.Count, ApiRoutes.All.Select(route => (route.Method, route.Path)).Distinct().Count());
        Assert.All(ApiRoutes.All, route => Assert.True(route.Scope is null || Scopes.All.Contains(route.Scope)));
        Assert.All(ApiRoutes.All, route => Assert.Equal(route.Changes, route.Command is not null || route.Administers));
    }
}
