using System.Text;
using System.Text.Json;
using Usher.Discord.Gateway;
using Usher.Discord.Model;
using Xunit;

namespace Usher.Discord.Tests.Gateway;

public sealed class GatewayPeekTests
{
    private static readonly GatewayFilter NothingOfInterest = static (in peek) => peek.Name != "MESSAGE_CREATE" || peek.ChannelId.Value == 1;

    [Fact]
    public void A_real_message_shows_its_name_and_ids()
    {
        Assert.True(GatewayPeek.TryRead(Sample.MessageCreate, out var peek));
        Assert.Equal((GatewayOpcode.Dispatch, "MESSAGE_CREATE", 42L), (peek.Opcode, peek.Name, peek.Sequence!.Value));
        Assert.Equal(new Snowflake(1345678901234567891), peek.Id);
        Assert.Equal(new Snowflake(1200000000000000001), peek.ChannelId);
        Assert.Equal(new Snowflake(1050000000000000001), peek.GuildId);
        Assert.True(peek.ParentId.IsEmpty);
        using var data = JsonDocument.Parse(Sample.MessageCreate.AsMemory(peek.DataStart, peek.DataLength));
        Assert.Equal("1345678901234567891", data.RootElement.GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("""{"op":11}""", GatewayOpcode.HeartbeatAck, "", 0, 0, 0)]
    [InlineData("""{"op":10,"d":{"heartbeat_interval":41250,"id":"5"},"s":null,"t":null}""", GatewayOpcode.Hello, "", 0, 0, 0)]
    [InlineData("""{"d":{"guild_id":"3","x":{"id":"9","channel_id":"9"},"id":"1","y":["}",{"id":"8"}],"channel_id":"2"},"t":"X","s":7,"op":0}""", GatewayOpcode.Dispatch, "X", 1, 2, 3)]
    [InlineData(""" { "op" : 0 , "t" : "X" , "s" : 7 , "d" : { "id" : 1 , "channel_id" : "2" , "guild_id" : null } } """, GatewayOpcode.Dispatch, "X", 1, 2, 0)]
    [InlineData("""{"op":0,"t":"X","s":7,"d":{"a":"\\\"","id":"1","b":"\\"}}""", GatewayOpcode.Dispatch, "X", 1, 0, 0)]
    [InlineData("""{"op":0,"t":"X","s":7,"d":[]}""", GatewayOpcode.Dispatch, "X", 0, 0, 0)]
    [InlineData("""{"op":0,"t":"X","s":7,"d":{"id":"not a number","channel_id":"99999999999999999999999"}}""", GatewayOpcode.Dispatch, "X", 0, 0, 0)]
    [InlineData("""{"op":99}""", (GatewayOpcode)99, "", 0, 0, 0)]
    public void Only_outermost_properties_count(string payload, GatewayOpcode opcode, string name, ulong id, ulong channel, ulong guild)
    {
        Assert.True(GatewayPeek.TryRead(Encoding.UTF8.GetBytes(payload), out var peek));
        Assert.Equal((opcode, name, new Snowflake(id), new Snowflake(channel), new Snowflake(guild)), (peek.Opcode, peek.Name, peek.Id, peek.ChannelId, peek.GuildId));
    }

    [Theory]
    [InlineData("\"!close now\"", "!", true)]
    [InlineData("\"!close now\"", "!close", true)]
    [InlineData("\"!close now\"", "!close now and more", true)]
    [InlineData("\"!cl\"", "!close", false)]
    [InlineData("\"close\"", "!", false)]
    [InlineData("\"\"", "!", false)]
    [InlineData("null", "u", false)]
    [InlineData("\"\\u0021close\"", "!", true)]
    public void A_text_shows_whether_it_may_begin_with_a_prefix(string content, string prefix, bool may)
    {
        Assert.True(GatewayPeek.TryRead(Encoding.UTF8.GetBytes($$$"""{"op":0,"t":"X","s":7,"d":{"content":{{{content}}}}}"""), out var peek));
        Assert.Equal(may, peek.ContentBeginsWith(prefix));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("hello")]
    [InlineData("""{"op":"x"}""")]
    [InlineData("""{"op":0}""")]
    [InlineData("""{"op":0,"s":1,"d":{}}""")]
    [InlineData("""{"op":0,"t":"X","d":{}}""")]
    [InlineData("""{"op":11}}""")]
    [InlineData("""{"op":11,"d":"unended}""")]
    [InlineData("""{"op":11,"d":"unended\""")]
    [InlineData("""{"op":11 "d":1}""")]
    [InlineData("""{"op":99999999999}""")]
    public void What_is_no_payload_is_refused(string payload) => Assert.False(GatewayPeek.TryRead(Encoding.UTF8.GetBytes(payload), out _));

    [Fact]
    public void Any_beginning_and_any_damage_of_a_payload_is_survived()
    {
        var random = new Random(3);
        for (var length = 0; length < Sample.MessageCreate.Length; length++)
            Assert.False(GatewayPeek.TryRead(Sample.MessageCreate.AsSpan(0, length), out _));
        for (var i = 0; i < 20_000; i++)
        {
            var damaged = (byte[])Sample.MessageCreate.Clone();
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            if (GatewayPeek.TryRead(damaged, out var peek)) Assert.InRange(peek.DataStart + peek.DataLength, 0, damaged.Length);
        }
    }

    [Fact]
    public void Nested_values_end_where_a_full_reader_says()
    {
        var random = new Random(11);
        for (var i = 0; i < 5_000; i++)
        {
            var json = new StringBuilder("[");
            Write(json, random, depth: 0);
            json.Append(']');
            var bytes = Encoding.UTF8.GetBytes(json.ToString());
            var reader = new Utf8JsonReader(bytes);
            reader.Read();
            reader.Skip();
            Assert.Equal(reader.BytesConsumed, NestedSkim.LengthOf([.. bytes, .. "]}\"[{"u8]));
            Assert.Equal(0, NestedSkim.LengthOf(bytes.AsSpan(0, bytes.Length - 1)));
        }

        static void Write(StringBuilder json, Random random, int depth)
        {
            switch (depth > 5 ? 2 : random.Next(4))
            {
                case 0:
                    json.Append("{\"[\":");
                    Write(json, random, depth + 1);
                    json.Append(",\"}\":null}");
                    break;
                case 1:
                    json.Append('[');
                    for (var n = random.Next(6); n >= 0; n--)
                    {
                        Write(json, random, depth + 1);
                        if (n > 0) json.Append(", ");
                    }
                    json.Append(']');
                    break;
                default:
                    var text = new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => "ab\\\"[]{}ü "[random.Next(10)])]);
                    json.Append(JsonSerializer.Serialize(text, JsonSerializerOptions.Default).Replace("\\u0022", "\\\"", StringComparison.Ordinal));
                    break;
            }
        }
    }

    [Fact]
    public void Looking_and_dropping_allocates_nothing()
    {
        Assert.False(Keeps());
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++) Keeps();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static bool Keeps() => GatewayPeek.TryRead(Sample.MessageCreate, out var peek) && NothingOfInterest(peek);
}
