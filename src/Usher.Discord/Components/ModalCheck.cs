namespace Usher.Discord.Components;

/// <summary>Walks a modal. <see href="https://discord.com/developers/docs/components/using-modal-components"/></summary>
internal sealed class ModalCheck
{
    private const int LongestLine = 100;
    private const int MostFiles = 10;
    private const int MostGroupOptions = 10;
    private readonly FaultList _faults = new();
    private readonly SelectCheck _selects;

    public ModalCheck() => _selects = new(_faults, inModal: true);

    public IReadOnlyList<ComponentFault> Check(string customId, string title, IReadOnlyList<Component> components)
    {
        _faults.Length("custom_id", customId, 1, ComponentRules.LongestCustomId);
        _faults.Length("title", title, 1, ComponentRules.LongestTitle);
        _faults.Count("components", components.Count, 1, ComponentRules.MostInModal, "components");
        foreach (var (n, component) in components.Index()) TopLevel($"components[{n}]", component);
        return _faults.All;
    }

    private void TopLevel(string path, Component component)
    {
        _faults.Id(path, component.Id);
        switch (component)
        {
            case Label label: Label(path, label); break;
            case TextDisplay text: _faults.Length($"{path}.content", text.Content, 1, ComponentRules.MostText); break;
            case ActionRow { Components: [TextInput input] }:
                _faults.Length($"{path}.components[0].label", input.Label, 1, ComponentRules.LongestTitle);
                Input($"{path}.components[0]", input);
                break;
            case UnknownComponent: break;
            default: _faults.Add(path, $"a {component.Type} cannot stand in a modal; put fields into labels."); break;
        }
    }

    private void Label(string path, Label label)
    {
        _faults.Length($"{path}.label", label.Text, 1, ComponentRules.LongestTitle);
        _faults.Length($"{path}.description", label.Description, 0, LongestLine);
        var at = $"{path}.component";
        if (label.Component is null)
        {
            _faults.Add(at, "a label needs a field.");
            return;
        }
        _faults.Id(at, label.Component.Id);
        switch (label.Component)
        {
            case TextInput input:
                if (input.Label is not null) _faults.Add($"{at}.label", "the label around it says it; leave it out.");
                Input(at, input);
                break;
            case FileUpload upload: Upload(at, upload); break;
            case RadioGroup group:
                _faults.CustomId(at, group.CustomId);
                Options(at, group.Options, least: 2, mostChosen: 1);
                break;
            case CheckboxGroup group:
                _faults.CustomId(at, group.CustomId);
                _selects.Range(at, group.MinValues, group.MaxValues, MostGroupOptions, group.Required);
                Options(at, group.Options, least: 1, group.MaxValues ?? group.Options.Count);
                break;
            case Checkbox box: _faults.CustomId(at, box.CustomId); break;
            case UnknownComponent: break;
            case var select when SelectCheck.IsSelect(select): _selects.Check(at, select); break;
            default: _faults.Add(at, $"a {label.Component.Type} cannot stand in a label."); break;
        }
    }

    private void Input(string path, TextInput input)
    {
        _faults.CustomId(path, input.CustomId);
        _faults.Between($"{path}.min_length", input.MinLength, 0, ComponentRules.LongestInput);
        _faults.Between($"{path}.max_length", input.MaxLength, 1, ComponentRules.LongestInput);
        if (input.MinLength > input.MaxLength) _faults.Add($"{path}.min_length", $"is {input.MinLength}, more than max_length, {input.MaxLength}.");
        _faults.Length($"{path}.value", input.Value, 0, input.MaxLength ?? ComponentRules.LongestInput);
        _faults.Length($"{path}.placeholder", input.Placeholder, 0, LongestLine);
    }

    private void Upload(string path, FileUpload upload)
    {
        _faults.CustomId(path, upload.CustomId);
        _selects.Range(path, upload.MinValues, upload.MaxValues, MostFiles, upload.Required);
        _faults.Count($"{path}.file_types", upload.FileTypes?.Count ?? 0, 0, 10, "kinds");
    }

    private void Options(string path, IReadOnlyList<GroupOption> options, int least, int mostChosen)
    {
        _faults.Count($"{path}.options", options.Count, least, MostGroupOptions, "options");
        var chosen = options.Count(option => option.Default == true);
        if (chosen > mostChosen) _faults.Add($"{path}.options", $"{chosen} are chosen from the start, more than {mostChosen}.");
        var values = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (n, option) in options.Index())
        {
            var at = $"{path}.options[{n}]";
            _faults.Length($"{at}.label", option.Label, 1, LongestLine);
            _faults.Length($"{at}.value", option.Value, 1, LongestLine);
            _faults.Length($"{at}.description", option.Description, 0, LongestLine);
            if (!values.Add(option.Value ?? "")) _faults.Add($"{at}.value", $"\"{option.Value}\" is used twice; each option needs its own.");
        }
    }
}
