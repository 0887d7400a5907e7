using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.World;
using Usher.Sandbox.World.Rules;

namespace Usher.Sandbox.Wire.Rest;

/// <summary>Checks the components of a message or modal as Discord does. <see href="https://discord.com/developers/docs/components/reference"/></summary>
internal sealed class ComponentForm
{
    private static readonly int[] InRow = [2, 3, 5, 6, 7, 8];
    private static readonly int[] InContainer = [1, 9, 10, 12, 13, 14];
    private static readonly int[] TopOfV2 = [1, 9, 10, 12, 13, 14, 17];
    private static readonly int[] InLabel = [3, 4, 5, 6, 7, 8, 19, 21, 22, 23];

    private readonly FormRefusal _faults;
    private readonly IReadOnlySet<string> _files;
    private readonly bool _modal;
    private readonly HashSet<string> _customIds = new(StringComparer.Ordinal);
    private readonly HashSet<int> _ids = [];
    private int _count;
    private int _text;

    private readonly IReadOnlySet<Snowflake>? _unusable;

    private ComponentForm(FormRefusal faults, IReadOnlySet<string> files, bool modal, IReadOnlySet<Snowflake>? unusable = null)
    {
        _unusable = unusable;
        _faults = faults;
        _files = files;
        _modal = modal;
    }

    /// <summary>Checks a message's components; <paramref name="v2"/> tells whether IS_COMPONENTS_V2 is set.</summary>
    public static void CheckMessage(Fields message, bool v2, IReadOnlySet<string> files, IReadOnlySet<Snowflake>? unusableEmojis)
    {
        var form = new ComponentForm(message.Faults, files, modal: false, unusableEmojis);
        foreach (var (component, path) in message.List("components", 0, v2 ? Limits.ComponentsOfV2 : 5)) form.Check(component, path, v2 ? TopOfV2 : [1]);
        if (v2 && form._count > Limits.ComponentsOfV2)
            message.Faults.Add(message.At("components"), "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", $"The total number of components cannot exceed {Limits.ComponentsOfV2}");
        if (v2 && form._text > Limits.TextOfV2)
            message.Faults.Add(message.At("components"), "COMPONENT_MAX_TOTAL_TEXT_EXCEEDED", $"The total text of components cannot exceed {Limits.TextOfV2} characters");
    }

    /// <summary>Checks a modal's components: labels and text displays, or rows with one text input each.</summary>
    public static void CheckModal(Fields modal)
    {
        var form = new ComponentForm(modal.Faults, new HashSet<string>(), modal: true);
        foreach (var (component, path) in modal.List("components", 1, 5, required: true)) form.Check(component, path, [1, 10, 18]);
    }

    private void Check(JsonElement component, string path, ReadOnlySpan<int> allowed)
    {
        var fields = new Fields(component, path, _faults);
        if (!fields.IsObject) return;
        _count++;
        if (fields.Number("id", 0) is > 0 and var id && !_ids.Add(id)) _faults.Add(fields.At("id"), "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated");
        if (fields.OneOf("type", allowed, required: true) is not { } type) return;
        switch (type)
        {
            case 1: Row(fields); break;
            case 2: Button(fields); break;
            case 3: StringSelect(fields); break;
            case 4: TextInput(fields); break;
            case >= 5 and <= 8: AutoSelect(fields, type); break;
            case 9: Section(fields); break;
            case 10: TextDisplay(fields); break;
            case 11: Thumbnail(fields); break;
            case 12: Gallery(fields); break;
            case 13: File(fields); break;
            case 14: Separator(fields); break;
            case 17: Container(fields); break;
            case 18: Label(fields); break;
            case 19: FileUpload(fields); break;
            case 21 or 22: OptionGroup(fields, type); break;
            case 23: Checkbox(fields); break;
        }
    }

    private void Row(Fields row)
    {
        row.Only("type", "id", "components");
        var children = row.List("components", 1, 5, required: true);
        var selects = children.Count(child => ComponentTree.TypeOf(child.Element) is >= 3 and <= 8);
        if (selects > 0 && children.Count > 1) _faults.Add(row.At("components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width");
        foreach (var (child, path) in children) Check(child, path, _modal ? [4] : InRow);
    }

    private void Button(Fields button)
    {
        button.Only("type", "id", "style", "label", "emoji", "custom_id", "url", "disabled");
        var style = button.OneOf("style", [1, 2, 3, 4, 5, 6], required: true);
        if (style == 6) throw new NotModelledException("premium buttons");
        var label = button.Text("label", 0, 80);
        button.Flag("disabled");
        CheckEmoji(button);
        if (string.IsNullOrEmpty(label) && button.Raw("emoji").ValueKind == JsonValueKind.Undefined)
            _faults.Add(button.At("label"), "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A button must have a label or an emoji");
        if (style == 5)
        {
            var url = button.Text("url", 1, 512, required: true);
            if (url is not null && !Uri.TryCreate(url, UriKind.Absolute, out _)) _faults.Add(button.At("url"), "URL_TYPE_INVALID_URL", "Not a well formed URL.");
            if (button.Has("custom_id")) _faults.Add(button.At("custom_id"), "BUTTON_COMPONENT_CUSTOM_ID_AND_URL", "A custom id and url cannot both be specified");
        }
        else
        {
            CustomId(button);
            if (button.Raw("url").ValueKind != JsonValueKind.Undefined) _faults.Add(button.At("url"), "BUTTON_COMPONENT_INVALID_URL", "A url can only be specified for a link button");
        }
    }

    private void StringSelect(Fields select)
    {
        select.Only("type", "id", "custom_id", "options", "placeholder", "min_values", "max_values", "required", "disabled");
        CustomId(select);
        var options = select.List("options", 1, 25, required: true);
        var (_, most) = Range(select, 25);
        var values = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (element, path) in options)
        {
            var option = new Fields(element, path, _faults);
            option.Only("label", "value", "description", "emoji", "default");
            option.Text("label", 1, 100, required: true);
            option.Text("description", 0, 100);
            option.Flag("default");
            CheckEmoji(option);
            if (option.Text("value", 1, 100, required: true) is { } value && !values.Add(value))
                _faults.Add(option.At("value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used");
        }
        if (most > options.Count) _faults.Add(select.At("options"), "BASE_TYPE_BAD_LENGTH", $"Must be between {most} and 25 in length.");
    }

    private void AutoSelect(Fields select, int type)
    {
        select.Only("type", "id", "custom_id", "placeholder", "default_values", "min_values", "max_values", "required", "disabled", type == 8 ? "channel_types" : "type");
        CustomId(select);
        Range(select, 25);
        foreach (var (element, path) in select.List("default_values", 0, 25))
        {
            var value = new Fields(element, path, _faults);
            value.Id("id", required: true);
            value.Text("type", 1, 10, required: true);
        }
    }

    private (int Min, int Max) Range(Fields select, int most)
    {
        select.Text("placeholder", 0, 150);
        var required = select.Flag("required") ?? true;
        if (_modal && select.Flag("disabled") == true) _faults.Add(select.At("disabled"), "COMPONENT_DISABLED_IN_MODAL", "Components in a modal cannot be disabled");
        else select.Flag("disabled");
        var min = select.Number("min_values", 0, most) ?? 1;
        var max = select.Number("max_values", 1, most) ?? Math.Max(1, min);
        if (min > max) _faults.Add(select.At("min_values"), "SELECT_COMPONENT_MIN_VALUES_GREATER_THAN_MAX", "min_values cannot be greater than max_values");
        if (_modal && required && min == 0) _faults.Add(select.At("min_values"), "SELECT_COMPONENT_MIN_VALUES_REQUIRED", "min_values must be at least 1 when required");
        return (min, max);
    }

    private void TextInput(Fields input)
    {
        input.Only("type", "id", "custom_id", "style", "label", "min_length", "max_length", "required", "value", "placeholder");
        CustomId(input);
        input.OneOf("style", [1, 2], required: true);
        var min = input.Number("min_length", 0, 4000) ?? 0;
        var max = input.Number("max_length", 1, 4000) ?? 4000;
        if (min > max) _faults.Add(input.At("min_length"), "TEXT_INPUT_MIN_LENGTH_GREATER_THAN_MAX", "min_length cannot be greater than max_length");
        input.Flag("required");
        input.Text("value", 0, Math.Max(1, max));
        input.Text("placeholder", 0, 100);
        // Within a label the label says it; within a row the input must.
        var path = input.At("type");
        var inRow = path.IndexOf(".components.", StringComparison.Ordinal) != path.LastIndexOf(".components.", StringComparison.Ordinal);
        input.Text("label", inRow ? 1 : 0, 45, required: inRow);
    }

    private void Section(Fields section)
    {
        section.Only("type", "id", "components", "accessory");
        foreach (var (child, path) in section.List("components", 1, 3, required: true)) Check(child, path, [10]);
        if (!section.Has("accessory")) _faults.Add(section.At("accessory"), "BASE_TYPE_REQUIRED", "This field is required");
        else Check(section.Raw("accessory"), section.At("accessory"), [2, 11]);
    }

    private void TextDisplay(Fields text)
    {
        text.Only("type", "id", "content");
        if (text.Text("content", 1, Limits.TextOfV2, required: true) is { } content) _text += Fields.LengthOf(content);
    }

    private void Thumbnail(Fields thumbnail)
    {
        thumbnail.Only("type", "id", "media", "description", "spoiler");
        Media(thumbnail.Inner("media"));
        thumbnail.Text("description", 0, 1024);
        thumbnail.Flag("spoiler");
    }

    private void Gallery(Fields gallery)
    {
        gallery.Only("type", "id", "items");
        foreach (var (element, path) in gallery.List("items", 1, 10, required: true))
        {
            var item = new Fields(element, path, _faults);
            Media(item.Inner("media"));
            item.Text("description", 0, 1024);
            item.Flag("spoiler");
        }
    }

    private void File(Fields file)
    {
        file.Only("type", "id", "file", "spoiler", "name", "size");
        file.Flag("spoiler");
        Media(file.Inner("file"), onlyAttachment: true);
    }

    private void Media(Fields media, bool onlyAttachment = false)
    {
        if (media.Text("url", 1, 2048, required: true) is not { } url) return;
        if (url.StartsWith("attachment://", StringComparison.Ordinal))
        {
            if (!_files.Contains(url["attachment://".Length..])) _faults.Add(media.At("url"), "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", "Referenced attachment not found");
        }
        else if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            _faults.Add(media.At("url"), "URL_TYPE_INVALID_SCHEME", "Scheme must be one of ('http', 'https', 'attachment').");
        }
        else if (onlyAttachment && !_files.Contains(Uri.UnescapeDataString(address.Segments[^1])))
        {
            _faults.Add(media.At("url"), "UNFURLED_MEDIA_ITEM_ATTACHMENT_REQUIRED", "A file must reference an attachment");
        }
    }

    private static void Separator(Fields separator)
    {
        separator.Only("type", "id", "divider", "spacing");
        separator.Flag("divider");
        separator.OneOf("spacing", [1, 2]);
    }

    private void Container(Fields container)
    {
        container.Only("type", "id", "components", "accent_color", "spoiler");
        container.Number("accent_color", 0, 0xFFFFFF);
        container.Flag("spoiler");
        foreach (var (child, path) in container.List("components", 1, Limits.ComponentsOfV2, required: true)) Check(child, path, InContainer);
    }

    private void Label(Fields label)
    {
        label.Only("type", "id", "label", "description", "component");
        label.Text("label", 1, 45, required: true);
        label.Text("description", 0, 100);
        if (!label.Has("component")) _faults.Add(label.At("component"), "BASE_TYPE_REQUIRED", "This field is required");
        else Check(label.Raw("component"), label.At("component"), InLabel);
    }

    private void FileUpload(Fields upload)
    {
        upload.Only("type", "id", "custom_id", "min_values", "max_values", "required");
        CustomId(upload);
        Range(upload, 10);
    }

    private void OptionGroup(Fields group, int type)
    {
        group.Only("type", "id", "custom_id", "options", "min_values", "max_values", "required");
        CustomId(group);
        group.Flag("required");
        foreach (var (element, path) in group.List("options", type == 21 ? 2 : 1, 10, required: true))
        {
            var option = new Fields(element, path, _faults);
            option.Only("value", "label", "description", "default");
            option.Text("value", 1, 100, required: true);
            option.Text("label", 1, 100, required: true);
            option.Text("description", 0, 100);
            option.Flag("default");
        }
        if (type == 22)
        {
            group.Number("min_values", 0, 10);
            group.Number("max_values", 1, 10);
        }
    }

    private void Checkbox(Fields checkbox)
    {
        checkbox.Only("type", "id", "custom_id", "default");
        CustomId(checkbox);
        checkbox.Flag("default");
    }

    private void CustomId(Fields component)
    {
        if (component.Text("custom_id", 1, 100, required: true) is { } customId && !_customIds.Add(customId))
            _faults.Add(component.At("custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated");
    }

    private void CheckEmoji(Fields component)
    {
        if (component.Raw("emoji").ValueKind == JsonValueKind.Undefined) return;
        var emoji = component.Inner("emoji");
        emoji.Only("id", "name", "animated");
        if (emoji.Id("id") is { } id && _unusable?.Contains(id) == true) _faults.Add(emoji.At("id"), "BUTTON_COMPONENT_INVALID_EMOJI", "Invalid emoji");
        if (emoji.Raw("id").ValueKind == JsonValueKind.Undefined && string.IsNullOrEmpty(emoji.Text("name", 0, 100)))
            _faults.Add(emoji.At("name"), "BASE_TYPE_REQUIRED", "This field is required");
    }
}
