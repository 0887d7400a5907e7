using System.Globalization;
using System.Text;
using Usher.Discord.Model;

namespace Usher.Web.Transcripts.Parts;

/// <summary>Who wrote a message: a drawn avatar, the name in its colour, badges.</summary>
internal static class AuthorHtml
{
    private const int Avatars = 8;

    /// <summary>A disc with initials in a colour of the user's id. Pictures would have to be fetched from Discord, and a transcript fetches nothing.</summary>
    public static void Avatar(Page page, Snowflake id, string name)
    {
        page.Html.Raw("<span class=\"avatar a"u8).Number((long)(id.Value >> 22) % Avatars).Raw("\" aria-hidden=\"true\">"u8);
        page.Html.Text(Initials(name)).Raw("</span>"u8);
    }

    public static void Name(Page page, User author)
    {
        page.Html.Raw("<bdi class=\"name"u8);
        NameColours.WriteClass(page.Html, page.Head.Names.Users.GetValueOrDefault(author.Id)?.Colour);
        page.Html.Raw("\" title=\""u8).Number(author.Id.Value).Raw("\">"u8).Text(DisplayName(page, author)).Raw("</bdi>"u8);
    }

    public static void Badges(Page page, User author, bool isStaff)
    {
        // Webhooks' authors are marked as bots, too: https://discord.com/developers/docs/resources/webhook
        if (author.IsBot) Badge(page, "app"u8, page.Texts.App);
        if (isStaff) Badge(page, "staff"u8, page.Texts.Staff);
        if (author.Id == page.Head.OpenerId) Badge(page, "opener"u8, page.Texts.Opener);
    }

    /// <summary>The name to show. A webhook's messages share an id but each has a name of its own, so that id's name is not asked for.</summary>
    public static string DisplayName(Page page, User author) =>
        author.Discriminator == "0000" && !string.IsNullOrWhiteSpace(author.Username) ? author.Username : page.NameOf(author);

    /// <summary>The first letters of the first two words, or the first character of a name that has no words.</summary>
    internal static string Initials(string name)
    {
        var initials = new StringBuilder();
        var isStart = true;
        foreach (var rune in name.EnumerateRunes())
        {
            if (!Rune.IsLetterOrDigit(rune))
            {
                isStart = true;
                continue;
            }

            if (!isStart) continue;
            var isWide = rune.Value >= 0x2E80;
            if (isWide && initials.Length > 0) break;
            initials.Append(Rune.ToUpperInvariant(rune).ToString());
            if (isWide || initials.Length >= 2) break;
            isStart = false;
        }

        return initials.Length > 0 ? initials.ToString() : StringInfo.GetNextTextElement(name);
    }

    private static void Badge(Page page, ReadOnlySpan<byte> kind, string words) =>
        page.Html.Raw("<span class=\"badge "u8).Raw(kind).Raw("\">"u8).Text(words).Raw("</span>"u8);
}
