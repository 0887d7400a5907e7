using Usher.Desk.Cards;
using Usher.Desk.Values;
using Usher.Discord.Components;
using Usher.Discord.Model;
using Button = Usher.Desk.Cards.Button;
using DiscordButton = Usher.Discord.Components.Button;

namespace Usher.Engine.Outgoing;

/// <summary>Draws the desk's cards with Discord's components (Components V2 only).</summary>
/// <remarks>https://discord.com/developers/docs/components/reference</remarks>
public static class CardRenderer
{
    // All text of one message together: https://discord.com/developers/docs/components/reference#text-display
    private const int LongestText = 4000;

    /// <summary>The components of a card: bare words as they are, everything else in a container.</summary>
    public static IReadOnlyList<Component> Draw(Card card)
    {
        var left = LongestText;
        List<Component> parts = [];
        foreach (var part in card.Parts)
        {
            if (Part(part, ref left) is { } drawn) parts.Add(drawn);
        }
        return card.IsPlain ? parts : [new Container(parts, card.Colour)];
    }

    /// <summary>The modal of a form.</summary>
    public static InteractionResponse Draw(Form form) => InteractionResponse.Modal(
        form.Press.ToCustomId(),
        form.Title,
        [.. form.Fields.Select(field => new Label(field.Label, FieldRenderer.Draw(field), field.Description))]);

    /// <summary>Who a message pings: exactly these.</summary>
    public static AllowedMentions Draw(Mentions mentions) => AllowedMentions.Only(
        [.. mentions.Users.Select(user => new Snowflake(user.Value))],
        [.. mentions.Roles.Select(role => new Snowflake(role.Value))]);

    private static Component? Part(CardPart part, ref int left)
    {
        switch (part)
        {
            case Words words:
                var text = Cut(words.Markdown, left);
                left -= text.Length;
                return text.Length == 0 ? null : new TextDisplay(text);
            case Line:
                return new Separator(true);
            case Buttons row:
                return ActionRow.Of([.. row.Row.Select(Draw)]);
            case Choice choice:
                return ActionRow.Of([FieldRenderer.Draw(choice)]);
            default:
                throw new InvalidOperationException($"No drawing of {part.GetType().Name}.");
        }
    }

    private static Component Draw(Button button) =>
        button.Link is { } link
            ? DiscordButton.Link(link, button.Label, EmojiOf(button.Emoji))
            : DiscordButton.Of(button.Press!.ToCustomId(), button.Label, StyleOf(button.Look), EmojiOf(button.Emoji), button.Disabled);

    private static ButtonStyle StyleOf(ButtonLook look) => look switch
    {
        ButtonLook.Primary => ButtonStyle.Primary,
        ButtonLook.Success => ButtonStyle.Success,
        ButtonLook.Danger => ButtonStyle.Danger,
        _ => ButtonStyle.Secondary,
    };

    // «<:name:id>» or «<a:name:id>» is a custom emoji; anything else is the character itself.
    internal static Emoji? EmojiOf(string? text)
    {
        if (text is null) return null;
        if (!text.StartsWith('<') || text.Trim('<', '>').Split(':') is not [var animated, var name, var id] || !Snowflake.TryParse(id, out var snowflake))
            return new Emoji { Name = text };
        return new Emoji { Id = snowflake, Name = name, Animated = animated == "a" ? true : null };
    }

    private static string Cut(string text, int most)
    {
        if (text.Length <= most) return text;
        if (most <= 1) return "";
        var end = most - 1;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), "…");
    }
}
