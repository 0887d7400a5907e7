using Usher.Desk.Features.Posting;
using Usher.Desk.Settings;
using Usher.Desk.Values;

namespace Usher.Engine.Settings;

/// <summary>Reads the panels.</summary>
internal static class PanelReader
{
    private const int LongestTitle = 100;
    private const int LongestText = 2000;
    private const int LongestButton = 80;
    private const int LongestEmoji = 64;
    private static readonly string[] ButtonKeys = ["button", "emoji"];

    // What is longer is cut when it is posted; people should rather hear of it before.
    // https://discord.com/developers/docs/components/reference#text-display
    private const int MostCharacters = 4000;

    internal static ValueList<Panel> ReadAll(Section section, DeskSettings desk, Reading reading)
    {
        if (section.Inner("panels", "Write each panel under its key, such as help:.") is not { } inner) return [];
        var panels = new List<Panel>();
        foreach (var entry in inner.Entries)
        {
            inner.Piece(entry.Key);
            Keys.Check(entry, inner, reading);
            if (entry.Value is YamlMap map) panels.Add(Read(entry.Key, new Section(map, entry.Line, inner.PathOf(entry.Key), reading), desk, reading));
            else inner.Fault(entry.Key, $"The panel {entry.Key} must hold keys with values.", "Give it at least channel: and title:.");
        }
        return panels.ToValueList();
    }

    private static Panel Read(string key, Section section, DeskSettings desk, Reading reading)
    {
        section.Require("channel", "Write channel: \"id\", the text channel where it shall stand.");
        section.Require("title", "Write title:, its heading.");
        var panel = new Panel
        {
            Key = key,
            Channel = section.Id<ChannelId>("channel", "a channel") ?? default,
            Title = Names.Read(section, "title", LongestTitle) ?? key,
            Text = section.Text("text", LongestText),
            Departments = Departments(section, desk, reading),
            Style = section.Parsed<PanelStyle>("style", TryStyle, "is not known.", "Write buttons or options.") ?? PanelStyle.Buttons,
            Button = Names.Read(section, "button", LongestButton),
            Emoji = Emojis.Read(section, LongestEmoji),
        };
        foreach (var own in ButtonKeys.Where(own => panel.Style == PanelStyle.Buttons && section.Has(own)))
            section.Fault(own, $"Each department has a button of its own here, with its own {own}.", $"Remove {own}, or write style: options.");
        CheckSize(section, panel, desk);
        section.Finish();
        return panel;
    }

    private static bool TryStyle(string text, out PanelStyle style)
    {
        style = text == "options" ? PanelStyle.Options : PanelStyle.Buttons;
        return text is "buttons" or "options";
    }

    // Without a list a panel offers every department.
    private static ValueList<string> Departments(Section section, DeskSettings desk, Reading reading)
    {
        if (section.Piece("departments") is null) return desk.Departments.Select(d => d.Key).ToValueList();
        var keys = new List<string>();
        foreach (var (key, line, path) in section.WordList("departments"))
        {
            if (desk.Department(key) is null) reading.Faults.Add(line, path, $"There is no department «{key}».", MendFor(key, desk));
            else if (keys.Contains(key)) reading.Faults.Add(line, path, $"{key} stands twice.", "Keep one of the two.");
            else keys.Add(key);
        }
        if (section.Piece("departments") is YamlList { Items.Count: 0 })
            section.Fault("departments", "The panel offers no department.", "Name at least one, or leave departments away to offer all.");
        return keys.ToValueList();
    }

    private static string MendFor(string key, DeskSettings desk)
    {
        var known = desk.Departments.Select(d => d.Key).ToList();
        if (Nearest.To(key, known) is { } near) return $"Did you mean {near}?";
        return known.Count == 0 ? "Write it under departments." : $"There are {string.Join(", ", known)}.";
    }

    private static void CheckSize(Section section, Panel panel, DeskSettings desk)
    {
        var place = section.Has("departments") ? "departments" : "channel";
        if (panel.Departments.Count > PanelCard.MostDepartments)
            section.Fault(place, $"The panel offers {panel.Departments.Count} departments; a message has room for {PanelCard.MostDepartments} buttons.", "Make a second panel for the rest.");
        var characters = panel.Title.Length + (panel.Text?.Length ?? 0) + panel.Departments.Select(desk.Department).OfType<Department>().Sum(Shown);
        if (characters > MostCharacters)
            section.Fault(place, $"Its texts have {characters} characters together; Discord takes {MostCharacters}.", "Shorten the text or the departments' descriptions.");
    }

    // A described department takes a line: emoji, name in bold, description.
    private static int Shown(Department department) =>
        department.Description is { } description ? (department.Emoji?.Length ?? 0) + department.Name.Length + description.Length + " **** · \n".Length : 0;
}
