using System.Text;

namespace Usher.Discord.Rest;

/// <summary>The reason shown in a guild's audit log: at most 512 characters, URL-encoded. <see href="https://discord.com/developers/docs/resources/audit-log"/></summary>
internal static class AuditLogReason
{
    private const int MostCharacters = 512;

    public static string Encode(string reason)
    {
        var kept = new StringBuilder();
        var count = 0;
        foreach (var rune in reason.EnumerateRunes())
        {
            if (++count > MostCharacters) break;
            kept.Append(rune);
        }
        return Uri.EscapeDataString(kept.ToString());
    }
}
