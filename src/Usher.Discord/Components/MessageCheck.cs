namespace Usher.Discord.Components;

/// <summary>Walks the components of a message. <see href="https://discord.com/developers/docs/components/using-message-components"/></summary>
internal sealed class MessageCheck
{
    private const int LongestDescription = 1024;
    private const int LongestUrl = 512;
    private readonly FaultList _faults = new();
    private readonly SelectCheck _selects;
    private int _count;
    private int _text;

    public MessageCheck() => _selects = new(_faults, inModal: false);

    public IReadOnlyList<ComponentFault> Check(IReadOnlyList<Component> components)
    {
        if (components.Count == 0) _faults.Add("components", "must not be empty.");
        foreach (var (n, component) in components.Index()) TopLevel($"components[{n}]", component);
        if (_count > ComponentRules.MostInMessage) _faults.Add("components", $"are {_count} with the nested ones; a message takes {ComponentRules.MostInMessage}.");
        if (_text > ComponentRules.MostText) _faults.Add("components", $"hold {_text} characters of text; a message takes {ComponentRules.MostText}.");
        return _faults.All;
    }

    private void TopLevel(string path, Component component)
    {
        if (component is Container container)
        {
            Enter(path, container);
            if (container.Components.Count == 0) _faults.Add($"{path}.components", "must not be empty.");
            if (container.AccentColor is < 0 or > 0xFFFFFF) _faults.Add($"{path}.accent_color", "must be 0x000000 to 0xFFFFFF.");
            foreach (var (n, child) in container.Components.Index()) Block($"{path}.components[{n}]", child, "in a container");
            return;
        }
        Block(path, component, "at the top of a message");
    }

    private void Block(string path, Component component, string where)
    {
        Enter(path, component);
        switch (component)
        {
            case ActionRow row: Row(path, row); break;
            case Section section: Section(path, section); break;
            case TextDisplay text: Text(path, text); break;
            case MediaGallery gallery: Gallery(path, gallery); break;
            case FileComponent file: File(path, file); break;
            case Separator or UnknownComponent: break;
            default: _faults.Add(path, $"a {component.Type} cannot stand {where}."); break;
        }
    }

    private void Enter(string path, Component component)
    {
        _count++;
        _faults.Id(path, component.Id);
    }

    private void Row(string path, ActionRow row)
    {
        var selects = row.Components.Count(SelectCheck.IsSelect);
        if (selects > 0 && row.Components.Count > 1) _faults.Add($"{path}.components", "a select stands alone in its row; give each a row of its own.");
        else _faults.Count($"{path}.components", row.Components.Count, 1, ComponentRules.MostButtonsInRow, "buttons");
        foreach (var (n, component) in row.Components.Index())
        {
            var at = $"{path}.components[{n}]";
            Enter(at, component);
            if (component is Button button) Button(at, button);
            else if (SelectCheck.IsSelect(component)) _selects.Check(at, component);
            else if (component is not UnknownComponent) _faults.Add(at, $"a {component.Type} cannot stand in a row.");
        }
    }

    private void Section(string path, Section section)
    {
        _faults.Count($"{path}.components", section.Components.Count, 1, 3, "texts");
        foreach (var (n, component) in section.Components.Index())
        {
            var at = $"{path}.components[{n}]";
            Enter(at, component);
            if (component is TextDisplay text) Text(at, text);
            else if (component is not UnknownComponent) _faults.Add(at, $"a {component.Type} cannot stand in a section; only text can.");
        }
        var accessory = $"{path}.accessory";
        if (section.Accessory is null)
        {
            _faults.Add(accessory, "must be a button or thumbnail; without one use a text display.");
            return;
        }
        Enter(accessory, section.Accessory);
        if (section.Accessory is Button button) Button(accessory, button);
        else if (section.Accessory is Thumbnail thumbnail) Media(accessory, thumbnail.Media, thumbnail.Description);
        else if (section.Accessory is not UnknownComponent)
            _faults.Add(accessory, $"a {section.Accessory.Type} cannot stand beside a section; a button or thumbnail can.");
    }

    private void Text(string path, TextDisplay text)
    {
        if (string.IsNullOrWhiteSpace(text.Content)) _faults.Add($"{path}.content", "must not be empty.");
        _text += text.Content?.Length ?? 0;
    }

    private void Gallery(string path, MediaGallery gallery)
    {
        _faults.Count($"{path}.items", gallery.Items.Count, 1, 10, "items");
        foreach (var (n, item) in gallery.Items.Index()) Media($"{path}.items[{n}]", item.Media, item.Description);
    }

    private void Media(string path, UnfurledMedia media, string? description)
    {
        _faults.Length($"{path}.media.url", media?.Url, 1, 2048);
        _faults.Length($"{path}.description", description, 0, LongestDescription);
    }

    private void File(string path, FileComponent file)
    {
        if (file.File?.Url.StartsWith("attachment://", StringComparison.Ordinal) != true)
            _faults.Add($"{path}.file.url", "must name an uploaded file, as attachment://name.");
    }

    private void Button(string path, Button button)
    {
        _faults.Length($"{path}.label", button.Label, 0, ComponentRules.LongestButtonLabel);
        if (button.Style != ButtonStyle.Premium && string.IsNullOrEmpty(button.Label) && button.Emoji is null) _faults.Add(path, "a button needs a label or an emoji.");
        switch (button.Style)
        {
            case ButtonStyle.Link:
                _faults.Length($"{path}.url", button.Url, 1, LongestUrl);
                if (button.CustomId is not null) _faults.Add($"{path}.custom_id", "a link has a url instead.");
                break;
            case ButtonStyle.Premium:
                if (button.SkuId is null) _faults.Add($"{path}.sku_id", "a purchase names what is sold.");
                if (button.CustomId is not null || button.Label is not null || button.Url is not null || button.Emoji is not null)
                    _faults.Add(path, "a purchase has neither custom_id, label, url nor emoji.");
                break;
            default:
                _faults.CustomId(path, button.CustomId);
                if (button.Url is not null) _faults.Add($"{path}.url", "only a link has one.");
                break;
        }
    }
}
