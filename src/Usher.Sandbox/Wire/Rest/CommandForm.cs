using System.Text.Json;
using System.Text.RegularExpressions;

namespace Usher.Sandbox.Wire.Rest;

/// <summary>Checks a command's definition. <see href="https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-structure"/></summary>
internal static partial class CommandForm
{
    private static readonly HashSet<string> Locales = new(StringComparer.Ordinal)
    {
        "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg",
        "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko",
    };

    public static int TypeOf(JsonElement definition) => definition.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.Number ? type.GetInt32() : 1;

    public static void Check(Fields command)
    {
        if (!command.IsObject) return;
        command.Only("id", "application_id", "guild_id", "version", "type", "name", "name_localizations", "description", "description_localizations", "options",
            "default_member_permissions", "dm_permission", "contexts", "integration_types", "nsfw", "default_permission");
        var type = command.OneOf("type", [1, 2, 3]) ?? 1;
        Name(command, type == 1, 32);
        if (type == 1)
        {
            Described(command);
            Options(command, depth: 0);
        }
        else if (!string.IsNullOrEmpty(command.Text("description")))
        {
            command.Faults.Add(command.At("description"), "APPLICATION_COMMANDS_DESCRIPTION_INVALID", "Context menu commands cannot have description");
        }
        command.Bits("default_member_permissions");
        command.Flag("nsfw");
        foreach (var (element, path) in command.List("contexts"))
        {
            if (element.ValueKind != JsonValueKind.Number || element.GetInt32() is < 0 or > 2) command.Faults.Add(path, "BASE_TYPE_CHOICES", "Value must be one of {0, 1, 2}.");
        }
    }

    private static void Options(Fields owner, int depth)
    {
        var options = owner.List("options", 0, 25);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var optionalSeen = false;
        foreach (var (element, path) in options)
        {
            var option = new Fields(element, path, owner.Faults);
            if (!option.IsObject) continue;
            option.Only("type", "name", "name_localizations", "description", "description_localizations", "required", "choices", "options", "channel_types",
                "min_value", "max_value", "min_length", "max_length", "autocomplete");
            var type = option.OneOf("type", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], required: true) ?? 3;
            Name(option, chat: true, 32);
            Described(option);
            if (option.Text("name") is { } name && !names.Add(name)) owner.Faults.Add(option.At("name"), "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED", "Option names must be unique");
            if (type == 2 && depth > 0 || type == 1 && depth > 1) owner.Faults.Add(option.At("type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command option type is invalid");
            if (type is 1 or 2)
            {
                Options(option, type == 2 ? depth + 1 : 2);
                continue;
            }
            var required = option.Flag("required") ?? false;
            if (required && optionalSeen) owner.Faults.Add(option.At("required"), "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options must be placed before non-required options");
            optionalSeen |= !required;
            option.Number("min_length", 0, 6000);
            option.Number("max_length", 1, 6000);
            Choices(option, type);
        }
        var nested = options.Count(option => option.Element.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.Number && type.GetInt32() is 1 or 2);
        if (nested > 0 && nested < options.Count) owner.Faults.Add(owner.At("options"), "APPLICATION_COMMAND_OPTIONS_TYPE_MIXED", "Sub-commands and options cannot be mixed");
    }

    private static void Choices(Fields option, int type)
    {
        var choices = option.List("choices", 0, 25);
        if (choices.Count > 0 && option.Flag("autocomplete") == true)
            option.Faults.Add(option.At("choices"), "APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE", "Choices and autocomplete cannot both be set");
        foreach (var (element, path) in choices)
        {
            var choice = new Fields(element, path, option.Faults);
            choice.Only("name", "name_localizations", "value");
            choice.Text("name", 1, 100, required: true);
            Localizations(choice, "name_localizations", 100, null);
            if (type == 3) choice.Text("value", 0, 100, required: true);
            else if (choice.Raw("value").ValueKind != JsonValueKind.Number) option.Faults.Add(choice.At("value"), "NUMBER_TYPE_COERCE", $"Value \"{choice.Raw("value")}\" is not a number.");
        }
    }

    private static void Described(Fields fields)
    {
        fields.Text("description", 1, 100, required: true);
        Localizations(fields, "description_localizations", 100, null);
    }

    private static void Name(Fields fields, bool chat, int max)
    {
        var name = fields.Text("name", 1, max, required: true);
        if (chat && name is not null && !IsChatName(name)) Invalid(fields, "name");
        Localizations(fields, "name_localizations", max, chat ? IsChatName : null);
    }

    private static void Localizations(Fields fields, string name, int max, Func<string, bool>? valid)
    {
        if (fields.Raw(name).ValueKind == JsonValueKind.Undefined) return;
        var texts = fields.Inner(name);
        if (!texts.IsObject) return;
        foreach (var locale in fields.Raw(name).EnumerateObject().Select(field => field.Name))
        {
            if (!Locales.Contains(locale)) fields.Faults.Add(fields.At(name), "LOCALE_INVALID", $"The locale {locale} is not supported");
            if (texts.Text(locale, 1, max) is { } text && valid?.Invoke(text) == false) Invalid(texts, locale);
        }
    }

    private static void Invalid(Fields fields, string name) => fields.Faults.Add(fields.At(name), "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");

    /// <summary>Letters of any script, digits, dash and underscore; lower case wherever the script has it.</summary>
    private static bool IsChatName(string name) => ChatName().IsMatch(name) && !name.Any(char.IsUpper);

    [GeneratedRegex(@"^[-_'\p{L}\p{N}\p{M}]{1,32}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ChatName();
}
