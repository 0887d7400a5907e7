using Usher.Desk.Engine;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Discord.Model;

namespace Usher.Engine.Intake;

/// <summary>Makes Discord's application commands of the desk's doors, described in every language.</summary>
/// <remarks>https://discord.com/developers/docs/interactions/application-commands</remarks>
public static class SlashCommands
{
    private const int MostChoices = 25;

    /// <summary>Every command of a guild's desk.</summary>
    public static IReadOnlyList<ApplicationCommandRequest> For(DeskRules rules, DeskSettings settings) =>
    [
        .. rules.Triggers.Where(trigger => trigger.Door == Door.Slash)
            .GroupBy(trigger => trigger.Name.Split(' ')[0])
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Of(group.Key, [.. group.OrderBy(trigger => trigger.Name, StringComparer.Ordinal)], settings)),
        .. rules.Triggers.Where(trigger => trigger.Door == Door.Message)
            .OrderBy(trigger => trigger.Name, StringComparer.Ordinal)
            .Select(trigger => OnMessage(trigger, settings)),
    ];

    /// <summary>What a message's context menu calls a command, at most 32 characters.</summary>
    internal static string MenuName(Trigger trigger, DeskSettings settings) => settings.Language.Say($"message_command.{trigger.Name}");

    private static ApplicationCommandRequest Of(string name, IReadOnlyList<Trigger> triggers, DeskSettings settings) => new()
    {
        Name = name,
        Type = ApplicationCommandType.ChatInput,
        Description = Language.English.Say($"command.{name}"),
        DescriptionLocalizations = InOtherLanguages($"command.{name}"),
        Options = triggers is [var only] && only.Name == name ? OptionsOf(only, settings) : [.. triggers.Select(trigger => SubCommand(trigger, settings))],
        Contexts = [InteractionContextType.Guild],
    };

    private static ApplicationCommandRequest OnMessage(Trigger trigger, DeskSettings settings) => new()
    {
        Name = MenuName(trigger, settings),
        Type = ApplicationCommandType.Message,
        Contexts = [InteractionContextType.Guild],
    };

    private static ApplicationCommandOption SubCommand(Trigger trigger, DeskSettings settings) => new()
    {
        Type = ApplicationCommandOptionType.SubCommand,
        Name = trigger.Name.Split(' ')[1],
        Description = Language.English.Say($"command.{trigger.Name}"),
        DescriptionLocalizations = InOtherLanguages($"command.{trigger.Name}"),
        Options = OptionsOf(trigger, settings),
    };

    private static IReadOnlyList<ApplicationCommandOption>? OptionsOf(Trigger trigger, DeskSettings settings) =>
        trigger.Options.Count == 0 ? null : [.. trigger.Options.Select(option => Of(option, settings))];

    private static ApplicationCommandOption Of(TriggerOption option, DeskSettings settings) => new()
    {
        Type = option.Kind switch
        {
            OptionKind.Number => ApplicationCommandOptionType.Integer,
            OptionKind.Member => ApplicationCommandOptionType.User,
            OptionKind.Role => ApplicationCommandOptionType.Role,
            OptionKind.Channel or OptionKind.Category => ApplicationCommandOptionType.Channel,
            OptionKind.YesNo => ApplicationCommandOptionType.Boolean,
            _ => ApplicationCommandOptionType.String,
        },
        Name = option.Name,
        Description = Language.English.Say($"option.{option.Name}"),
        DescriptionLocalizations = InOtherLanguages($"option.{option.Name}"),
        Required = option.Required,
        Choices = ChoicesOf(option, settings),
        ChannelTypes = option.Kind switch
        {
            OptionKind.Category => [ChannelType.GuildCategory],
            OptionKind.Channel => [ChannelType.GuildText, ChannelType.GuildAnnouncement],
            _ => null,
        },
    };

    // Discord takes 25 choices; a desk with more is typed by key.
    private static IReadOnlyList<ApplicationCommandChoice>? ChoicesOf(TriggerOption option, DeskSettings settings)
    {
        var choices = option.Kind switch
        {
            OptionKind.Department => settings.Departments.Select(d => ApplicationCommandChoice.Of(d.Name, d.Key)).ToList(),
            OptionKind.Panel => settings.Panels.Select(p => ApplicationCommandChoice.Of(p.Key, p.Key)).ToList(),
            // Departments may share one, and Discord takes no name twice.
            OptionKind.Approval => settings.Approvals.Concat(settings.Departments.SelectMany(d => d.Approvals)).DistinctBy(a => a.Key).DistinctBy(a => a.Name)
                .Select(a => ApplicationCommandChoice.Of(a.Name, a.Key)).ToList(),
            _ => option.Choices.Select(choice => ApplicationCommandChoice.Of(settings.Language.Say($"choice.{choice}"), choice)).ToList(),
        };
        return choices.Count is > 0 and <= MostChoices ? choices : null;
    }

    private static Dictionary<string, string> InOtherLanguages(string key) =>
        Languages.All.Where(language => language != Language.English).ToDictionary(language => language.ToLocale(), language => language.Say(key));
}
