using System.Globalization;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Values;
using Usher.Discord.Components;
using Usher.Discord.Model;

namespace Usher.Engine.Intake;

/// <summary>Reads what people gave along with a click, a slash command, a sent form or a context menu.</summary>
internal static class Inputs
{
    private static readonly IReadOnlyDictionary<string, string> NoValues = new Dictionary<string, string>();

    /// <summary>Words behind a typed command.</summary>
    internal static Input Typed(string rest, Message message, Func<User, GuildMember?, Actor> actorOf) => new(null, NoValues, rest)
    {
        In = new ChannelId(message.ChannelId.Value),
        Names = message.Mentions.DistinctBy(user => user.Id)
            .ToDictionary(user => user.Id.ToString(), user => user.Member?.Nick ?? user.DisplayName, StringComparer.Ordinal),
        Members = message.Mentions.Where(user => user.Member is not null).DistinctBy(user => user.Id)
            .ToDictionary(user => user.Id.ToString(), user => actorOf(user, user.Member), StringComparer.Ordinal),
    };

    /// <summary>The people whom a message's words mention; an answer also names whom it answers, and that is no mention.</summary>
    internal static ValueList<Named> PeopleIn(Message message) => message.Mentions
        .Where(user => message.Content.Contains($"<@{user.Id}>", StringComparison.Ordinal) || message.Content.Contains($"<@!{user.Id}>", StringComparison.Ordinal))
        .Select(user => new Named(
            new UserId(user.Id.Value), user.Member?.Nick ?? user.DisplayName, user.Member is not null,
            (user.Member?.Roles ?? []).Select(role => new RoleId(role.Value)).ToValueList()))
        .ToValueList();

    /// <summary>A slash command's options; those of a sub-command where there is one.</summary>
    internal static Input OfSlash(Interaction interaction, IReadOnlyList<InteractionDataOption> options) =>
        new(null, options.ToDictionary(option => option.Name, TextOf, StringComparer.Ordinal), "")
        {
            In = interaction.ChannelId is { } channel ? new ChannelId(channel.Value) : null,
            Names = NamesIn(interaction),
            Members = MembersIn(interaction),
        };

    /// <summary>A click or a choice.</summary>
    internal static Input OfPress(Interaction interaction, string? argument) =>
        new(argument, NoValues, "") { Chosen = interaction.Data?.Values ?? [], Names = NamesIn(interaction), Members = MembersIn(interaction) };

    /// <summary>A sent form.</summary>
    internal static Input OfForm(Interaction interaction, string? argument)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        Gather(interaction.Data?.Components ?? [], interaction.Data?.Resolved, values);
        return new Input(argument, values, "") { Names = NamesIn(interaction), Members = MembersIn(interaction) };
    }

    /// <summary>The message whose context menu was used; null when Discord did not tell it.</summary>
    internal static Input? OfMessage(Interaction interaction)
    {
        if (interaction.Data is not { TargetId: { } id, Resolved.Messages: { } messages } || !messages.TryGetValue(id, out var message)) return null;
        var author = message.Author;
        return new Input(null, NoValues, "")
        {
            Target = new TargetMessage(new ChannelId(message.ChannelId.Value), new MessageId(id.Value), new UserId(author.Id.Value), author.DisplayName, message.Content, author.IsBot || message.WebhookId is not null),
        };
    }

    private static string TextOf(InteractionDataOption option) => option.Text
        ?? option.Integer?.ToString(CultureInfo.InvariantCulture)
        ?? (option.Boolean is { } yes ? (yes ? "true" : "false") : "");

    private static void Gather(IReadOnlyList<SubmittedComponent> components, ResolvedData? resolved, Dictionary<string, string> values)
    {
        foreach (var component in components)
        {
            if (component.CustomId is { } id && Entered(component, resolved) is { } entered) values[id] = entered;
            if (component.Component is { } inner) Gather([inner], resolved, values);
            if (component.Components is { } row) Gather(row, resolved, values);
        }
    }

    private static string? Entered(SubmittedComponent component, ResolvedData? resolved) => component switch
    {
        { Text: { } text } => text,
        { IsTicked: true } => "true",
        { Type: ComponentType.FileUpload, Values: { } files } => string.Join('\n', files.Select(file => AddressOf(file, resolved)).OfType<string>()),
        { Values: { } chosen } => string.Join('\n', chosen),
        // An unticked box or a radio group without a choice is an answer too.
        { Component: null, Components: null } => "",
        _ => null,
    };

    private static string? AddressOf(string file, ResolvedData? resolved) =>
        Snowflake.TryParse(file, out var id) && resolved?.Attachments is { } attachments && attachments.TryGetValue(id, out var attachment) ? attachment.Url : null;

    private static Dictionary<string, Actor> MembersIn(Interaction interaction)
    {
        var resolved = interaction.Data?.Resolved;
        return (resolved?.Members ?? new Dictionary<Snowflake, GuildMember>())
            .Where(pair => resolved!.Users?.ContainsKey(pair.Key) == true)
            .ToDictionary(pair => pair.Key.ToString(), pair => Translator.ActorOf(resolved!.Users![pair.Key], pair.Value, locale: null), StringComparer.Ordinal);
    }

    private static Dictionary<string, string> NamesIn(Interaction interaction)
    {
        var resolved = interaction.Data?.Resolved;
        return (resolved?.Users ?? new Dictionary<Snowflake, User>()).ToDictionary(
            pair => pair.Key.ToString(),
            pair => resolved?.Members?.GetValueOrDefault(pair.Key)?.Nick ?? pair.Value.DisplayName,
            StringComparer.Ordinal);
    }
}
