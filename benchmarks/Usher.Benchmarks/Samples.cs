using System.Text;

namespace Usher.Benchmarks;

/// <summary>Gateway payloads of a busy guild, with the properties that Discord documents for them.</summary>
/// <remarks>https://discord.com/developers/docs/events/gateway-events#message-create</remarks>
internal static class Samples
{
    private const string Author =
        """
        "author":{"id":"100000000000000001","username":"alice","discriminator":"0","global_name":"Alice","avatar":"8342729096ea3675442027381ff50dfe","bot":false,"public_flags":64,"avatar_decoration_data":null,"clan":null,"primary_guild":null},
        "member":{"roles":["200000000000000001","200000000000000002"],"nick":null,"avatar":null,"joined_at":"2023-04-01T10:11:12.131000+00:00","premium_since":null,"deaf":false,"mute":false,"flags":0,"pending":false,"communication_disabled_until":null}
        """;

    /// <summary>A line of chat.</summary>
    internal static byte[] Short { get; } = Dispatch("does anybody know when the next ferry leaves? the board at the pier says half past", "[]", "[]");

    /// <summary>A long text with a picture and a link's embed.</summary>
    internal static byte[] Long { get; } = Dispatch(
        string.Join("\\n", Enumerable.Repeat("The harbour office moved to the second floor; bring your papers and the **berth number**, and ask for <@100000000000000002>.", 8)),
        """[{"id":"300000000000000001","filename":"pier.png","size":123456,"url":"https://cdn.example.org/attachments/1/2/pier.png","proxy_url":"https://media.example.org/attachments/1/2/pier.png","content_type":"image/png","width":1280,"height":720,"placeholder":"abc","placeholder_version":1}]""",
        """[{"type":"link","url":"https://example.org/ferries","title":"Ferries","description":"Every day of the week, from six in the morning until midnight, weather permitting.","provider":{"name":"Example"},"thumbnail":{"url":"https://example.org/f.png","proxy_url":"https://media.example.org/f.png","width":400,"height":300}}]""");

    private static byte[] Dispatch(string content, string attachments, string embeds) => Encoding.UTF8.GetBytes(
        $$$"""{"t":"MESSAGE_CREATE","s":4711,"op":0,"d":{"type":0,"tts":false,"timestamp":"2025-06-01T12:00:00.123000+00:00","pinned":false,"nonce":"1234567890123456789","mentions":[],"mention_roles":[],"mention_everyone":false,{{{Author.ReplaceLineEndings("")}}},"id":"400000000000000001","flags":0,"embeds":{{{embeds}}},"edited_timestamp":null,"content":"{{{content}}}","components":[],"channel_type":0,"channel_id":"500000000000000001","attachments":{{{attachments}}},"guild_id":"600000000000000001"}}""");
}
