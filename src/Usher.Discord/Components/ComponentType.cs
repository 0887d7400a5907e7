namespace Usher.Discord.Components;

/// <summary>What kind of component. <see href="https://discord.com/developers/docs/components/reference#component-object-component-types"/></summary>
public enum ComponentType
{
    /// <summary>A row of buttons, or one select.</summary>
    ActionRow = 1,

    /// <summary>A button.</summary>
    Button = 2,

    /// <summary>A choice among texts.</summary>
    StringSelect = 3,

    /// <summary>A field of text, in modals.</summary>
    TextInput = 4,

    /// <summary>A choice of users.</summary>
    UserSelect = 5,

    /// <summary>A choice of roles.</summary>
    RoleSelect = 6,

    /// <summary>A choice of users and roles.</summary>
    MentionableSelect = 7,

    /// <summary>A choice of channels.</summary>
    ChannelSelect = 8,

    /// <summary>Text beside a button or picture.</summary>
    Section = 9,

    /// <summary>Markdown.</summary>
    TextDisplay = 10,

    /// <summary>A small picture in a section.</summary>
    Thumbnail = 11,

    /// <summary>Pictures and films.</summary>
    MediaGallery = 12,

    /// <summary>An uploaded file.</summary>
    File = 13,

    /// <summary>Space or a line.</summary>
    Separator = 14,

    /// <summary>A frame around others.</summary>
    Container = 17,

    /// <summary>A field of a modal with its name.</summary>
    Label = 18,

    /// <summary>A field for files, in modals.</summary>
    FileUpload = 19,

    /// <summary>One choice of several, in modals.</summary>
    RadioGroup = 21,

    /// <summary>Several choices, in modals.</summary>
    CheckboxGroup = 22,

    /// <summary>Yes or no, in modals.</summary>
    Checkbox = 23,
}
