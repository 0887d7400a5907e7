using System.Globalization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Posting;

/// <summary>Staff wants the panel at the end of its channel (again).</summary>
/// <param name="Panel">Which; null means every panel.</param>
public sealed record PostPanels(string? Panel) : Command
{
    internal static Decision Decide(PostPanels command, Context context)
    {
        var panels = command.Panel is { } key ? context.Settings.Panels.Where(p => p.Key == key) : context.Settings.Panels;
        var effects = panels.Select(Effect (p) => new PostPanel(p.Key, Anew: true)).ToArray();
        if (context.Settings.Panels.Count == 0) return Decision.Refuse("panel.no_panels", context.Private.Say("panel.no_panels"));
        if (effects.Length == 0) return Decision.Refuse("panel.none", context.Private.Say("panel.none", ("panels", string.Join(", ", context.Settings.Panels.Select(p => p.Key)))));
        var where = context.Settings.Panels.Where(p => command.Panel is null || p.Key == command.Panel).Select(p => p.Channel.Mention);
        return Decision.Nothing.Then(effects).Telling(context.Private.Say("panel.done", ("where", string.Join(' ', where))));
    }
}

/// <summary>A manager wants a panel in a channel, from now on.</summary>
/// <param name="Panel">Which; null means the only one.</param>
/// <param name="Channel">Where; null means where it belongs already.</param>
public sealed record SetUpPanel(string? Panel, ChannelId? Channel) : Command
{
    internal static Decision Decide(SetUpPanel command, Context context)
    {
        var language = context.Private;
        var panels = context.Settings.Panels;
        if (panels.Count == 0) return Decision.Refuse("panel.no_panels", language.Say("panel.no_panels"));
        var keys = ("panels", string.Join(", ", panels.Select(p => p.Key)));
        if (command.Panel is null && panels.Count > 1) return Decision.Refuse("panel.which", language.Say("panel.which", keys));
        if ((command.Panel is { } key ? context.Settings.Panel(key) : panels[0]) is not { } panel) return Decision.Refuse("panel.none", language.Say("panel.none", keys));
        var post = new PostPanel(panel.Key, Anew: true, context.Asker);
        return command.Channel is { } channel && channel != panel.Channel
            ? Decision.Nothing.Then(new ChangeSettings(new SettingsChange(null, Panel: panel.Key, Channel: channel), context.Actor.User), post)
            : Decision.Nothing.Then(post);
    }

    internal static Decision Ended(PostPanel effect, Outcome outcome, Ticket? ticket, Context context)
    {
        if (context.Settings.Panel(effect.Panel) is not { } panel) return Decision.Nothing;
        var where = ("where", panel.Channel.Mention);
        return outcome switch
        {
            Done => Decision.Nothing.Hears(effect.For, context, language => language.Say("panel.done", where)),
            CannotBeDone cannot => Decision.Nothing.Hears(effect.For, context, language => language.Say("panel.failed", where, ("why", FailureWords.Why(cannot, language)))),
            _ => Decision.Nothing,
        };
    }

    // «!setup», «!setup help», «!setup #welcome help»: without a channel it is the one where it was typed.
    internal static SetUpPanel Typed(Input input)
    {
        var words = input.Rest.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var channel = words.Select(ChannelIn).FirstOrDefault(id => id is not null);
        return new SetUpPanel(words.FirstOrDefault(word => ChannelIn(word) is null), channel ?? input.In);
    }

    internal static ChannelId? ChannelIn(string? word) =>
        ulong.TryParse(word.AsSpan().TrimStart("<#").TrimEnd('>'), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? new ChannelId(id) : null;
}

/// <summary>The settings were read: panels must stand as they say, and those that they name no more must go.</summary>
/// <param name="Changed">The keys of the panels to look at; null for all.</param>
public sealed record KeepPanels(ValueList<string>? Changed = null) : Command
{
    internal static Decision Decide(KeepPanels command, Context context) => Decision.Nothing
        .Then([.. context.Settings.Panels.Where(p => command.Changed is not { } changed || changed.Contains(p.Key)).Select(Effect (p) => new PostPanel(p.Key, Anew: false))])
        .Then(new TakeDownPanels());
}

/// <summary>Somebody pressed a panel's one button: they see what it offers.</summary>
/// <param name="Panel">The panel's key; null when every department is offered.</param>
public sealed record ShowOptions(string? Panel) : Command
{
    private const int LongestLabel = 100;

    internal static Decision Decide(ShowOptions command, Context context)
    {
        var language = context.Private;
        var panel = command.Panel is { } key ? context.Settings.Panel(key) : null;
        IReadOnlyList<Department> departments = command.Panel is null
            ? [.. context.Settings.Departments.Take(PanelCard.MostDepartments)]
            : panel is null ? [] : PanelCard.DepartmentsOf(panel, context.Settings);
        if (departments.Count == 0) return Decision.Refuse("open.no_department", language.Say("open.no_department"));
        return Decision.Say(new Tell(new Card(
        [
            new Words(language.Say("panel.options")),
            new Choice(new Press("open"), ChoiceAmong.Options, language.Say("panel.options.hint")) { Options = departments.Select(Option).ToValueList() },
        ])));
    }

    // The option is the press of the department's own button.
    private static ChoiceOption Option(Department department) =>
        new(new Press("open", Argument: department.Key).ToCustomId(), department.Name.CutTo(LongestLabel), department.Description?.CutTo(LongestLabel), department.Emoji);
}

/// <summary>Draws panels.</summary>
public static class PanelCard
{
    /// <summary>
    /// How many departments a panel can offer: each takes a button, and a message has at most 40 components.
    /// Those behind are not shown.
    /// </summary>
    /// <remarks>https://discord.com/developers/docs/components/reference</remarks>
    public const int MostDepartments = 25;

    private const int ButtonsInRow = 5;
    private const int LongestLabel = 80;

    /// <summary>The departments that it offers, without those that are gone.</summary>
    internal static IReadOnlyList<Department> DepartmentsOf(Panel panel, DeskSettings settings) =>
        [.. panel.Departments.Distinct().Select(settings.Department).OfType<Department>().Take(MostDepartments)];

    /// <summary>The panel as the settings say, with a button for each of its departments, or one for all.</summary>
    public static Card Of(Panel panel, DeskSettings settings)
    {
        var departments = DepartmentsOf(panel, settings);
        var parts = new List<CardPart> { new Words("## " + panel.Title) };
        if (panel.Text is { } text) parts.Add(new Words(text));
        var described = departments.Where(d => d.Description is not null).Select(d => $"{d.Emoji} **{d.Name}** · {d.Description}".TrimStart()).ToList();
        if (described.Count > 0)
        {
            parts.Add(new Line());
            parts.Add(new Words(string.Join('\n', described)));
        }
        if (panel.Style == PanelStyle.Options)
            parts.Add(new Buttons([new Button((panel.Button ?? settings.Language.Say("button.open_ticket")).CutTo(LongestLabel), new Press("options", Argument: panel.Key), ButtonLook.Primary, panel.Emoji ?? "🎫")]));
        else parts.AddRange(departments.Chunk(ButtonsInRow).Select(row => new Buttons(row.Select(ButtonFor).ToValueList())));
        return new Card(parts.ToValueList(), 0x5865F2);
    }

    private static Button ButtonFor(Department department) =>
        new((department.Button ?? department.Name).CutTo(LongestLabel), new Press("open", Argument: department.Key), ButtonLook.Secondary, department.Emoji);
}

internal static class PostingFeature
{
    internal static Feature Feature { get; } = new("Posting")
    {
        Commands =
        [
            CommandRule.OnDesk<PostPanels>(Permission.Staff, PostPanels.Decide) with { Audit = static command => new Deed("panel_posted", Detail: ((PostPanels)command).Panel) },
            CommandRule.OnDesk<SetUpPanel>(Permission.Manager, SetUpPanel.Decide) with { Audit = static command => new Deed("panel_set_up", Detail: ((SetUpPanel)command).Panel) },
            CommandRule.OnDesk<PlaceButton>(Permission.Manager, PlaceButton.Decide) with { Audit = static command => new Deed("button_placed", Detail: ((PlaceButton)command).Channel.ToString()) },
            CommandRule.OnDesk<KeepPanels>(Permission.Desk, KeepPanels.Decide),
            CommandRule.OnDesk<ShowOptions>(Permission.Anyone, ShowOptions.Decide),
        ],
        Triggers =
        [
            new Trigger(Door.Button, "options", input => new ShowOptions(input.Argument)),
            new Trigger(Door.Slash, "panel", input => new PostPanels(input["panel"]))
            {
                Options = [new TriggerOption("panel", OptionKind.Panel, Required: false)],
            },
            new Trigger(Door.Slash, "button", PlaceButton.Slash)
            {
                Options =
                [
                    new TriggerOption("channel", OptionKind.Channel, Required: false),
                    new TriggerOption("style", OptionKind.Words, Required: false, PlaceButton.Looks),
                    new TriggerOption("department", OptionKind.Department, Required: false),
                    new TriggerOption("label", OptionKind.Words, Required: false),
                    new TriggerOption("text", OptionKind.Words, Required: false),
                ],
            },
            new Trigger(Door.Typed, "button", PlaceButton.Typed),
            new Trigger(Door.Slash, "setup", input => new SetUpPanel(input["panel"], SetUpPanel.ChannelIn(input["channel"]) ?? input.In))
            {
                Options = [new TriggerOption("channel", OptionKind.Channel, Required: false), new TriggerOption("panel", OptionKind.Panel, Required: false)],
            },
            new Trigger(Door.Typed, "setup", SetUpPanel.Typed),
            new Trigger(Door.Typed, "setup_tickets", input => new PostPanels(input.Rest.Length > 0 ? input.Rest : null)),
            new Trigger(Door.Typed, "panel", input => new PostPanels(input.Rest.Length > 0 ? input.Rest : null)),
            new Trigger(Door.Typed, "tickets", input => new PostPanels(input.Rest.Length > 0 ? input.Rest : null)),
        ],
        Outcomes = [OutcomeRule.Of<PostPanel>(SetUpPanel.Ended)],
    };
}
