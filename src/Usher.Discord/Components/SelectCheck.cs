namespace Usher.Discord.Components;

/// <summary>
/// The rules of all that offers choices. In a modal, choosing nothing must be allowed twice: no minimum and not required.
/// <see href="https://discord.com/developers/docs/components/reference#string-select"/>
/// </summary>
internal sealed class SelectCheck(FaultList faults, bool inModal)
{
    private const int LongestPlaceholder = 150;

    public static bool IsSelect(Component component) => component is StringSelect or UserSelect or RoleSelect or MentionableSelect or ChannelSelect;

    public void Check(string path, Component component)
    {
        switch (component)
        {
            case StringSelect select:
                Common(path, select.CustomId, select.Placeholder, select.MinValues, select.MaxValues, select.Required, select.Disabled);
                Options(path, select);
                break;
            case UserSelect select:
                Common(path, select.CustomId, select.Placeholder, select.MinValues, select.MaxValues, select.Required, select.Disabled);
                Defaults(path, select.DefaultValues, select.MinValues, select.MaxValues);
                break;
            case RoleSelect select:
                Common(path, select.CustomId, select.Placeholder, select.MinValues, select.MaxValues, select.Required, select.Disabled);
                Defaults(path, select.DefaultValues, select.MinValues, select.MaxValues);
                break;
            case MentionableSelect select:
                Common(path, select.CustomId, select.Placeholder, select.MinValues, select.MaxValues, select.Required, select.Disabled);
                Defaults(path, select.DefaultValues, select.MinValues, select.MaxValues);
                break;
            case ChannelSelect select:
                Common(path, select.CustomId, select.Placeholder, select.MinValues, select.MaxValues, select.Required, select.Disabled);
                Defaults(path, select.DefaultValues, select.MinValues, select.MaxValues);
                break;
        }
    }

    public void Range(string path, int? least, int? most, int limit, bool? required)
    {
        faults.Between($"{path}.min_values", least, 0, limit);
        faults.Between($"{path}.max_values", most, 1, limit);
        if (least > most) faults.Add($"{path}.min_values", $"is {least}, more than max_values, {most}.");
        if (inModal && least == 0 && required != false) faults.Add($"{path}.min_values", "is 0 though an answer is required; set required to false.");
    }

    private void Common(string path, string customId, string? placeholder, int? least, int? most, bool? required, bool? disabled)
    {
        faults.CustomId(path, customId);
        faults.Length($"{path}.placeholder", placeholder, 0, LongestPlaceholder);
        Range(path, least, most, ComponentRules.MostOptions, required);
        if (inModal && disabled == true) faults.Add($"{path}.disabled", "is not possible in a modal; leave the select out.");
    }

    private void Options(string path, StringSelect select)
    {
        faults.Count($"{path}.options", select.Options.Count, 1, ComponentRules.MostOptions, "options");
        if (select.MinValues > select.Options.Count) faults.Add($"{path}.min_values", $"is {select.MinValues}, more than there are options.");
        if (select.MaxValues > select.Options.Count) faults.Add($"{path}.max_values", $"is {select.MaxValues}, more than there are options.");
        var chosen = select.Options.Count(option => option.Default == true);
        if (chosen > (select.MaxValues ?? 1)) faults.Add($"{path}.options", $"{chosen} are chosen from the start, more than max_values, {select.MaxValues ?? 1}.");
        var values = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (n, option) in select.Options.Index())
        {
            var at = $"{path}.options[{n}]";
            faults.Length($"{at}.label", option.Label, 1, ComponentRules.LongestOptionText);
            faults.Length($"{at}.value", option.Value, 1, ComponentRules.LongestOptionText);
            faults.Length($"{at}.description", option.Description, 0, ComponentRules.LongestOptionText);
            if (!values.Add(option.Value ?? "")) faults.Add($"{at}.value", $"\"{option.Value}\" is used twice; each option needs its own.");
        }
    }

    private void Defaults(string path, IReadOnlyList<SelectDefault>? chosen, int? least, int? most)
    {
        if (chosen is null or []) return;
        faults.Count($"{path}.default_values", chosen.Count, least ?? 1, most ?? 1, "values");
    }
}
