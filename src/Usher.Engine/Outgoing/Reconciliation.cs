using System.Text;
using Usher.Desk.Values;
using Usher.Discord.Components;
using Usher.Discord.Model;
using Usher.Discord.Rest;

namespace Usher.Engine.Outgoing;

/// <summary>Looks whether something was done although the answer was lost.</summary>
public static class Reconciliation
{
    private const int PageSize = 100;

    // The time to send it, limits waited for and answer awaited; what is younger is not from that attempt.
    private static readonly TimeSpan AttemptEndsWithin = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The message that an earlier attempt posted; null when it posted none. Discord itself refuses a second message with the same nonce,
    /// but only for some minutes, and a fetched message need not tell its nonce: then what it says decides.
    /// </summary>
    /// <remarks>https://discord.com/developers/docs/resources/message#create-message</remarks>
    public static async Task<Message?> FindMessageAsync(
        DiscordRest rest, Snowflake channel, UserId self, string nonce, IReadOnlyList<Component> components, DateTimeOffset since, CancellationToken cancellation)
    {
        var wanted = SignatureOf(components);
        var after = Snowflake.At(since);
        var until = Snowflake.At(since + AttemptEndsWithin);
        while (true)
        {
            var page = await rest.GetMessagesAsync(channel, after: after, limit: PageSize, cancellationToken: cancellation);
            foreach (var message in page)
            {
                if (message.Author.Id.Value != self.Value) continue;
                if (message.Nonce is { } said ? said == nonce : SignatureOf(message.Components) == wanted) return message;
            }
            if (page.Count < PageSize) return null;
            after = page.Max(message => message.Id);
            if (after > until) return null;
        }
    }

    // What a card says and does, without what Discord adds to it.
    private static string SignatureOf(IReadOnlyList<Component> components)
    {
        var text = new StringBuilder();
        Gather(components, text);
        return text.ToString();
    }

    private static void Gather(IReadOnlyList<Component> components, StringBuilder text)
    {
        foreach (var component in components)
        {
            switch (component)
            {
                case TextDisplay words:
                    text.Append(words.Content).Append('\n');
                    break;
                case Button button:
                    text.Append(button.CustomId ?? button.Url).Append('\n');
                    break;
                case ActionRow row:
                    Gather(row.Components, text);
                    break;
                case Container container:
                    Gather(container.Components, text);
                    break;
            }
        }
    }
}
