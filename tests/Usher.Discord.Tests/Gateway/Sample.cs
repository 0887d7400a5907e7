using System.Text;

namespace Usher.Discord.Tests.Gateway;

/// <summary>Payloads as Discord sends them: names first, data last, ids anywhere in it.</summary>
internal static class Sample
{
    public static byte[] MessageCreate { get; } = Encoding.UTF8.GetBytes("""
        {"t":"MESSAGE_CREATE","s":42,"op":0,"d":{"type":0,"tts":false,"timestamp":"2026-03-02T09:00:00.123000+00:00","pinned":false,"nonce":"1345678901234567890",
        "mentions":[{"username":"bob","public_flags":0,"primary_guild":null,"member":{"roles":["1100000000000000001","1100000000000000002"],"premium_since":null,"pending":false,
        "nick":"Bob \"the\" {builder}","mute":false,"joined_at":"2025-01-01T00:00:00.000000+00:00","flags":0,"deaf":false,"communication_disabled_until":null,"banner":null,"avatar":null},
        "id":"1000000000000000002","global_name":"Bob","discriminator":"0","clan":null,"avatar_decoration_data":null,"avatar":"0123456789abcdef0123456789abcdef"}],
        "mention_roles":[],"mention_everyone":false,"member":{"roles":["1100000000000000001"],"premium_since":null,"pending":false,"nick":null,"mute":false,
        "joined_at":"2025-01-01T00:00:00.000000+00:00","flags":0,"deaf":false,"communication_disabled_until":null,"banner":null,"avatar":null},
        "id":"1345678901234567891","flags":0,"embeds":[{"type":"rich","title":"A title","description":"Some words, [brackets] and \\ slashes","color":5793266,
        "fields":[{"name":"One","value":"1","inline":true},{"name":"Two","value":"2","inline":true}]}],"edited_timestamp":null,
        "content":"Hello <@1000000000000000002>, \"channel_id\":\"666\" is not the channel; my order has not come yet. Could you look where it is, please? Grüße 👋",
        "components":[],"channel_id":"1200000000000000001","author":{"username":"alice","public_flags":64,"primary_guild":null,"id":"1000000000000000001","global_name":"Alice",
        "discriminator":"0","clan":null,"avatar_decoration_data":null,"avatar":"0123456789abcdef0123456789abcdef"},
        "attachments":[{"width":640,"url":"https://cdn.discordapp.com/attachments/1200000000000000001/1300000000000000001/order.png","size":51234,
        "proxy_url":"https://media.discordapp.net/attachments/1200000000000000001/1300000000000000001/order.png","id":"1300000000000000001","height":480,"filename":"order.png",
        "content_type":"image/png"}],"guild_id":"1050000000000000001"}}
        """);
}
