using Usher.Desk.Cards;
using Usher.Discord.Components;
using Usher.Discord.Model;

namespace Usher.Engine.Outgoing;

/// <summary>Draws what is chosen from or filled in: the selects of messages and the fields of forms.</summary>
/// <remarks>https://discord.com/developers/docs/components/reference</remarks>
internal static class FieldRenderer
{
    /// <summary>A select of a message.</summary>
    internal static Component Draw(Choice choice)
    {
        var id = choice.Press.ToCustomId();
        return choice.Among switch
        {
            ChoiceAmong.Members => new UserSelect(id) { Placeholder = choice.Hint, MinValues = choice.Least, MaxValues = choice.Most },
            ChoiceAmong.Roles => new RoleSelect(id) { Placeholder = choice.Hint, MinValues = choice.Least, MaxValues = choice.Most },
            ChoiceAmong.Channels => new ChannelSelect(id) { Placeholder = choice.Hint, MinValues = choice.Least, MaxValues = choice.Most },
            _ => new StringSelect(id, [.. choice.Options.Select(Option)]) { Placeholder = choice.Hint, MinValues = choice.Least, MaxValues = Math.Min(choice.Most, choice.Options.Count) },
        };
    }

    /// <summary>A field of a form.</summary>
    internal static Component Draw(FormField field) => field.Kind switch
    {
        FieldKind.Line or FieldKind.Paragraph => new TextInput(field.Key, field.Kind == FieldKind.Line ? TextInputStyle.Short : TextInputStyle.Paragraph)
        {
            Required = field.Required,
            MinLength = field.Least,
            MaxLength = field.Most,
            Placeholder = field.Hint,
            Value = field.Value,
        },
        FieldKind.Select => new StringSelect(field.Key, [.. field.Options.Select(Option)])
        {
            Placeholder = field.Hint,
            Required = field.Required,
            MinValues = LeastChoices(field),
            MaxValues = Math.Min(field.Most ?? 1, field.Options.Count),
        },
        FieldKind.Radio => new RadioGroup(field.Key, [.. field.Options.Select(Group)], field.Required),
        FieldKind.Checkboxes => new CheckboxGroup(field.Key, [.. field.Options.Select(Group)])
        {
            Required = field.Required,
            MinValues = LeastChoices(field),
            MaxValues = Math.Min(field.Most ?? field.Options.Count, field.Options.Count),
        },
        FieldKind.Checkbox => new Checkbox(field.Key, field.Value == "true" ? true : null),
        FieldKind.Members => new UserSelect(field.Key) { Placeholder = field.Hint, Required = field.Required, MinValues = LeastChoices(field), MaxValues = field.Most ?? 1 },
        FieldKind.Roles => new RoleSelect(field.Key) { Placeholder = field.Hint, Required = field.Required, MinValues = LeastChoices(field), MaxValues = field.Most ?? 1 },
        FieldKind.Channels => new ChannelSelect(field.Key) { Placeholder = field.Hint, Required = field.Required, MinValues = LeastChoices(field), MaxValues = field.Most ?? 1 },
        FieldKind.Files => new FileUpload(field.Key) { Required = field.Required, MinValues = LeastChoices(field), MaxValues = field.Most ?? 1 },
        _ => throw new InvalidOperationException($"No drawing of {field.Kind}."),
    };

    // Zero only where nothing need be chosen: https://discord.com/developers/docs/components/reference#string-select
    private static int LeastChoices(FormField field) => field.Required ? Math.Max(1, field.Least ?? 1) : 0;

    private static SelectOption Option(ChoiceOption option) =>
        new(option.Label, option.Value, option.Description, CardRenderer.EmojiOf(option.Emoji), option.Chosen ? true : null);

    private static GroupOption Group(ChoiceOption option) => new(option.Value, option.Label, option.Description, option.Chosen ? true : null);
}
