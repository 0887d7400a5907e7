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

    /// <summary>Every slash command of a guild's desk.</summary>
    public static IReadOnlyList<ApplicationCommandRequest> For(DeskRules rules, DeskSettings settings) =>
        [.. rules.Triggers.Where(trigger => trigger.Door == Door.Slash).OrderBy(trigger => trigger.Name, StringComparer.Ordinal).Select(trigger => Of(trigger, settings))];

    private static ApplicationCommandRequest Of(Trigger trigger, DeskSettings settings) => new()
    {
        Name = trigger.Name,
        Type = ApplicationCommandType.ChatInput,
        Description = Language.English.Say($"command.{trigger.Name}"),
        DescriptionLocalizations = InOtherLanguages($"command.{trigger.Name}"),
        Options = trigger.Options.Count == 0 ? null : [.. trigger.Options.Select(option => Of(option, settings))],
        Contexts = [InteractionContextType.Guild],
    };

    private static ApplicationCommandOption Of(TriggerOption option, DeskSettings settings) => new()
    {
        Type = option.Kind == OptionKind.Number ? ApplicationCommandOptionType.Integer : ApplicationCommandOptionType.String,
        Name = option.Name,
        Description = Language.English.Say($"option.{option.Name}"),
        DescriptionLocalizations = InOtherLanguages($"option.{option.Name}"),
        Required = option.Required,
        Choices = ChoicesOf(option, settings),
    };

    // Discord takes 25 choices; a desk with more is typed by key.
    private static IReadOnlyList<ApplicationCommandChoice>? ChoicesOf(TriggerOption option, DeskSettings settings)
    {
        var choices = option.Kind switch
        {
            OptionKind.Department => settings.Departments.Select(d => ApplicationCommandChoice.Of(d.Name, d.Key)).ToList(),
            OptionKind.Panel => settings.Panels.Select(p => ApplicationCommandChoice.Of(p.Key, p.Key)).ToList(),
            _ => [],
        };
        return choices.Count is > 0 and <= MostChoices ? choices : null;
    }

    private static Dictionary<string, string> InOtherLanguages(string key) =>
        Languages.All.Where(language => language != Language.English).ToDictionary(language => language.ToLocale(), language => language.Say(key));
}
