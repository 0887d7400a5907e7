using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Posting;

/// <summary>
/// A manager wants a button that opens tickets in some channel, beside the panels: it belongs to no settings, works as long as its message stands, and is taken away by deleting that.
/// </summary>
/// <param name="Channel">Where. Whoever gives the command has seen to it that it is one of the guild's.</param>
public sealed record PlaceButton(ChannelId Channel) : Command
{
    private const int LongestLabel = 80;
    private const int LongestText = 2000;

    /// <summary>How it looks.</summary>
    public ButtonLook Look { get; init; }

    /// <summary>The department whose tickets it opens; null when whoever clicks chooses one.</summary>
    public string? Department { get; init; }

    /// <summary>What it says; the department's own words, or the catalogue's, when null.</summary>
    public string? Label { get; init; }

    /// <summary>What stands above it; the catalogue's words when null.</summary>
    public string? Text { get; init; }

    internal static Decision Decide(PlaceButton command, Context context)
    {
        var language = context.Private;
        var departments = context.Settings.Departments;
        var department = command.Department is { } key ? context.Settings.Department(key) : null;
        if (departments.Count == 0 || (command.Department is not null && department is null))
            return Decision.Refuse("configure.no_department", language.Say("configure.no_department", ("departments", string.Join(", ", departments.Select(d => d.Key)))));
        if (command.Label?.Length > LongestLabel) return Decision.Refuse("place.label_too_long", language.Say("place.label_too_long", ("most", "80")));
        if (command.Text?.Length > LongestText) return Decision.Refuse("place.text_too_long", language.Say("place.text_too_long", ("most", "2000")));
        var label = command.Label ?? department?.Button ?? department?.Name ?? context.Public.Say("button.open_ticket");
        var press = department is null ? new Press("options") : new Press("open", Argument: department.Key);
        var button = new Button(label.CutTo(LongestLabel), press, command.Look, department?.Emoji ?? "🎫");
        var card = new Card([new Words(command.Text ?? context.Public.Say("place.text")), new Buttons([button])]);
        return Decision.Nothing
            .Then(new PostCard(command.Channel, card, Mentions.None, PostPurpose.Line))
            .Telling(language.Say("place.done", ("where", command.Channel.Mention)));
    }

    /// <summary>The names of the looks, the same in every language; each is described by the text <c>choice.NAME</c>.</summary>
    public static ValueList<string> Looks { get; } = ["primary", "secondary", "success", "danger"];

    /// <summary>The look of that name, in any case; null when there is none.</summary>
    public static ButtonLook? LookNamed(string? name) =>
        Looks.Contains(name?.ToLowerInvariant() ?? "") && Enum.TryParse<ButtonLook>(name, ignoreCase: true, out var look) ? look : null;

    internal static PlaceButton? Slash(Input input) => (SetUpPanel.ChannelIn(input["channel"]) ?? input.In) is { } channel
        ? new PlaceButton(channel) { Look = LookNamed(input["style"]) ?? ButtonLook.Primary, Department = input["department"], Label = input["label"], Text = input["text"] }
        : null;

    // «!button», «!button danger billing»: it is put where that is typed.
    internal static PlaceButton? Typed(Input input)
    {
        if (input.In is not { } channel) return null;
        var words = input.Rest.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var look = words.Select(LookNamed).FirstOrDefault(found => found is not null);
        return new PlaceButton(channel) { Look = look ?? ButtonLook.Primary, Department = words.FirstOrDefault(word => LookNamed(word) is null)?.ToLowerInvariant() };
    }
}
