using System.Text.Json;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Json;

// What gateway events add to the objects that REST answers with.
internal sealed partial class Payloads
{
    /// <summary>GUILD_MEMBER_ADD and GUILD_MEMBER_UPDATE: the member with its guild. <see href="https://discord.com/developers/docs/events/gateway-events#guild-member-add"/></summary>
    public static void MemberEvent(Utf8JsonWriter writer, MemberState member)
    {
        writer.WriteStartObject();
        MemberFields(writer, member);
        writer.WritePropertyName("user");
        User(writer, member.User);
        Id(writer, "guild_id", member.Guild.Id);
        writer.WriteEndObject();
    }
}
