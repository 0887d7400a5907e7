using System.Text.Json;
using Usher.Discord.Components;
using Usher.Discord.Json;
using Usher.Discord.Model;
using Xunit;

namespace Usher.Discord.Tests.Model;

public sealed class JsonTests
{
    [Fact]
    public void A_list_that_is_null_or_absent_reads_as_empty()
    {
        var message = JsonSerializer.Deserialize("""{"id":"1","channel_id":2,"author":{"id":"3"},"mentions":null}""", DiscordJson.Default.Message)!;

        Assert.Empty(message.Mentions);
        Assert.Empty(message.Attachments);
        Assert.Equal("", message.Content);
        Assert.Equal(new Snowflake(2), message.ChannelId);
        Assert.Equal("0", message.Author.Discriminator);
    }

    [Theory]
    [InlineData("\"abc\"", "abc")]
    [InlineData("18446744073709551615", "18446744073709551615")]
    [InlineData("-5", "-5")]
    [InlineData("null", null)]
    public void A_nonce_may_be_text_or_number(string json, string? nonce) =>
        Assert.Equal(nonce, JsonSerializer.Deserialize($$"""{"id":"1","channel_id":"2","author":{"id":"3"},"nonce":{{json}}}""", DiscordJson.Default.Message)!.Nonce);

    [Fact]
    public void A_patch_tells_absent_from_null()
    {
        Assert.Equal("{}", JsonSerializer.Serialize(new ModifyChannelRequest(), DiscordJson.Default.ModifyChannelRequest));
        Assert.Equal(
            """{"topic":null,"rate_limit_per_user":5,"parent_id":"7"}""",
            JsonSerializer.Serialize(new ModifyChannelRequest { Topic = null, RateLimitPerUser = 5, ParentId = new Snowflake(7) }, DiscordJson.Default.ModifyChannelRequest));
    }

    [Theory]
    [InlineData("{}", false, null)]
    [InlineData("""{"topic":null}""", true, null)]
    [InlineData("""{"topic":"a"}""", true, "a")]
    public void A_patch_is_read_as_it_was_written(string json, bool given, string? topic)
    {
        var request = JsonSerializer.Deserialize(json, DiscordJson.Default.ModifyChannelRequest)!;

        Assert.Equal(given, request.Topic.IsGiven);
        Assert.Equal(topic, request.Topic.Or(null));
        Assert.False(request.ParentId.IsGiven);
    }

    [Fact]
    public void A_component_is_told_by_its_type_wherever_that_stands()
    {
        var row = JsonSerializer.Deserialize(
            """{"components":[{"custom_id":"a","label":"Open","style":1,"type":2},{"future":{"type":2},"type":99,"id":4}],"type":1}""", DiscordJson.Default.Component);

        var components = Assert.IsType<ActionRow>(row).Components;
        Assert.Equal(new Button(ButtonStyle.Primary) { CustomId = "a", Label = "Open" }, components[0]);
        var unknown = Assert.IsType<UnknownComponent>(components[1]);
        Assert.Equal(99, (int)unknown.Type);
        Assert.Equal("""{"future":{"type":2},"type":99,"id":4}""", JsonSerializer.Serialize(unknown, DiscordJson.Default.Component));
    }

    [Fact]
    public void A_component_is_written_with_its_type_first()
    {
        Component label = new Label("Why", new TextInput("why", TextInputStyle.Paragraph) { MaxLength = 100 });

        Assert.Equal("""{"type":18,"label":"Why","component":{"type":4,"custom_id":"why","style":2,"max_length":100}}""", JsonSerializer.Serialize(label, DiscordJson.Default.Component));
    }

    [Fact]
    public void Allowed_mentions_of_none_is_an_empty_list() =>
        Assert.Equal("""{"parse":[]}""", JsonSerializer.Serialize(AllowedMentions.None, DiscordJson.Default.AllowedMentions));

    [Fact]
    public void Permissions_are_a_decimal_string_and_unknown_bits_survive()
    {
        var overwrite = JsonSerializer.Deserialize("""{"id":"1","type":1,"allow":"9223372036854775808","deny":"1024"}""", DiscordJson.Default.Overwrite)!;

        Assert.Equal(Permissions.ViewChannel, overwrite.Deny);
        Assert.Equal("""{"id":"1","type":1,"allow":"9223372036854775808","deny":"1024"}""", JsonSerializer.Serialize(overwrite, DiscordJson.Default.Overwrite));
    }

    [Fact]
    public void Resolved_data_is_keyed_by_snowflakes()
    {
        var data = JsonSerializer.Deserialize("""{"custom_id":"x","component_type":5,"values":["9"],"resolved":{"users":{"9":{"id":"9","username":"ada"}}}}""", DiscordJson.Default.InteractionData)!;

        Assert.Equal("ada", data.Resolved!.Users![new Snowflake(9)].Username);
        Assert.Contains("\"users\":{\"9\":", JsonSerializer.Serialize(data, DiscordJson.Default.InteractionData), StringComparison.Ordinal);
    }

    [Fact]
    public void A_submitted_field_is_found_by_its_custom_id_in_labels_and_rows()
    {
        var data = JsonSerializer.Deserialize(
            """
            {"custom_id":"m","components":[
              {"type":18,"id":1,"component":{"type":4,"id":2,"custom_id":"why","value":"broken"}},
              {"type":18,"id":3,"component":{"type":23,"id":4,"custom_id":"ok","value":true}},
              {"type":1,"id":5,"components":[{"type":4,"id":6,"custom_id":"old","value":""}]},
              {"type":18,"id":7,"component":{"type":21,"id":8,"custom_id":"none","value":null}}]}
            """,
            DiscordJson.Default.InteractionData)!;

        Assert.Equal("broken", data.Entered("why")!.Text);
        Assert.True(data.Entered("ok")!.IsTicked);
        Assert.Equal("", data.Entered("old")!.Text);
        Assert.Null(data.Entered("none")!.Text);
        Assert.Null(data.Entered("absent"));
    }
}
