using System.Text.Json;
using Usher.Discord.Components;
using Usher.Discord.Json;
using Usher.Discord.Model;

namespace Usher.Engine.Archive;

/// <summary>What a message says in words: by which it is found.</summary>
public static class MessageWords
{
    /// <summary>The words of a message object, UTF-8 JSON, for the search; empty for what nobody shall find.</summary>
    public static string ForSearch(byte[] payload) => ForSearch(JsonSerializer.Deserialize(payload, DiscordJson.Default.Message)!);

    /// <summary>The words of a message for the search; empty for what nobody shall find.</summary>
    /// <remarks>A bot's message with buttons or selects is an instrument: every ticket has the same, and what a ticket's own card says is found as the ticket.</remarks>
    public static string ForSearch(Message message) => message.Author.IsBot && message.Components.Any(HasControls) ? "" : Of(message);

    /// <summary>Everything that a reader sees in words: the content, embeds, components, polls, forwarded messages and the names of files, a line each.</summary>
    public static string Of(Message message) => Join(LinesOf(message).Concat(message.Attachments.SelectMany(file => (string?[])[file.Filename, file.Description])));

    /// <summary>The same without the files.</summary>
    public static string WithoutFiles(Message message) => Join(LinesOf(message));

    private static IEnumerable<string?> LinesOf(Message message) =>
    [
        message.Content,
        .. message.Embeds.SelectMany(LinesOf),
        .. message.Components.SelectMany(WordsOf),
        message.Poll?.Question.Text,
        .. (message.MessageSnapshots ?? []).SelectMany(snapshot => snapshot.Message is { } forwarded ? LinesOfForwarded(forwarded) : []),
    ];

    private static string Join(IEnumerable<string?> lines) => string.Join('\n', lines.OfType<string>().Where(line => line.Length > 0));

    private static IEnumerable<string?> LinesOfForwarded(SnapshotMessage forwarded) =>
        [forwarded.Content, .. forwarded.Embeds.SelectMany(LinesOf), .. forwarded.Attachments.Select(file => file.Filename)];

    private static IEnumerable<string?> LinesOf(Embed embed) =>
    [
        embed.Author?.Name,
        embed.Title,
        embed.Description,
        .. (embed.Fields ?? []).SelectMany(field => (string?[])[field.Name, field.Value]),
        embed.Footer?.Text,
    ];

    private static IEnumerable<string?> WordsOf(Component component) => component switch
    {
        TextDisplay text => [text.Content],
        Container container => container.Components.SelectMany(WordsOf),
        Section section => section.Components.SelectMany(WordsOf),
        MediaGallery gallery => gallery.Items.Select(item => item.Description),
        FileComponent file => [file.Name],
        _ => [],
    };

    private static bool HasControls(Component component) => component switch
    {
        ActionRow => true,
        Container container => container.Components.Any(HasControls),
        Section section => section.Accessory is Button,
        _ => false,
    };
}
