using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Engine.Settings;
using Usher.Starting;

namespace Usher.Choosing;

/// <summary>Writes the page of the desks.</summary>
internal static partial class DesksHtml
{
    /// <summary>The desks to choose from.</summary>
    internal static string Choice(string styles, DeskChoice choice)
    {
        var html = new StringBuilder();
        html.Append("<h1>Choose a desk</h1>\n<p class=\"lead\">Usher runs here on a Discord in a box: no account, no token, and nothing leaves this machine. ")
            .Append("Each desk is a preset; <code>usher init --preset NAME</code> writes it as an <code>usher.yml</code> for a guild of your own.</p>\n");
        if (choice.IsMade)
        {
            html.Append("<p class=\"note\">").Append(choice.GoesOn ? "This data folder was begun earlier, and goes on with " : "You are in ")
                .Append(CultureInfo.InvariantCulture, $"<strong>{Encode(choice.Current.About.Title)}</strong>. Another desk begins in a guild of its own, and so does this one when you come back: tickets that are open here are closed then, and their transcripts stay.</p>\n");
        }
        html.Append("<ul class=\"desks\">\n");
        foreach (var name in Preset.Names) Card(html, Preset.Named(name)!, choice.IsMade && name == choice.Current.Name);
        return Page(styles, "Choose a desk", html.Append("</ul>").ToString(), head: "", body: "");
    }

    /// <summary>What is shown while another world is made. Its script stands in it: by the time a browser asks for another file, the world that would answer may be over.</summary>
    internal static string Waiting(string styles, string script, string title, int world, string then) => Page(
        styles, $"Opening {title}", $"<h1>Opening {Encode(title)} …</h1>\n<p class=\"lead\" role=\"status\">Its guild is being furnished. <a href=\"{then}\">Go there</a> if nothing happens.</p>",
        head: $"<script type=\"module\">{script}</script><noscript><meta http-equiv=\"refresh\" content=\"2; url={then}\"></noscript>",
        body: string.Create(CultureInfo.InvariantCulture, $" data-world=\"{world}\" data-then=\"{then}\""));

    private static void Card(StringBuilder html, Preset preset, bool isCurrent)
    {
        var about = preset.About;
        var desk = Read(preset);
        var pictures = preset.Scenery?.Emojis.ToDictionary(emoji => emoji.Id.ToString(), emoji => emoji.Picture, StringComparer.Ordinal) ?? [];
        var tag = desk.Language.ToLocale();
        html.Append(CultureInfo.InvariantCulture, $"<li class=\"desk{(isCurrent ? " current" : "")}\">\n<h2 lang=\"{tag}\">{Encode(about.Title)}</h2>")
            .Append(CultureInfo.InvariantCulture, $"<p class=\"facts\"><span>{LanguageOf(desk.Language)}</span><span>{HomesOf(desk)}</span><code>{preset.Name}</code></p>\n")
            .Append(CultureInfo.InvariantCulture, $"<p>{Encode(about.What)}</p>\n<p class=\"departments\" lang=\"{tag}\">")
            .AppendJoin(' ', desk.Departments.Select(d => $"<span>{Encode($"{Picture(d.Emoji, pictures)} {d.Name}".Trim())}</span>"))
            .Append(CultureInfo.InvariantCulture, $"</p>\n<p class=\"try\"><b>Try:</b> {Encode(about.Try)}</p>\n")
            .Append(CultureInfo.InvariantCulture, $"<form method=\"post\" action=\"/desks\"><button name=\"preset\" value=\"{preset.Name}\">")
            .Append(CultureInfo.InvariantCulture, $"{(isCurrent ? "Go on in" : "Open")} {Encode(about.Title)}</button></form>\n</li>\n");
    }

    private static string Page(string styles, string title, string content, string head, string body) =>
        $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="dark"><title>{Encode(title)} | Usher</title>
        <link rel="icon" href="/box/assets/icon.svg" type="image/svg+xml">
        <style>{styles}</style>{head}</head>
        <body{body}>
        <main>
        {content}
        </main>
        </body>
        </html>

        """;

    // The ids that it wants are any: nothing but names and homes is shown, and no database is asked.
    private static DeskSettings Read(Preset preset) =>
        SettingsFile.Read(preset.Text, preset.ToFillIn.Where(name => !preset.DatabaseNames.Contains(name.Name)).Select((name, index) => (name.Name, Id: (100_000_000_000_000_000 + index).ToString(CultureInfo.InvariantCulture)))
            .ToDictionary(value => value.Name, value => value.Id, StringComparer.Ordinal)).Desks[0];

    private static string HomesOf(DeskSettings desk) => desk.Departments.Select(d => d.Home.Kind).Distinct().ToList() switch
    {
        [HomeKind.Thread] => "private threads",
        [HomeKind.Channel] => "ticket channels",
        [HomeKind.DirectMessage] => "direct messages",
        var kinds when kinds.Contains(HomeKind.DirectMessage) => "threads, channels and direct messages",
        _ => "private threads and ticket channels",
    };

    private static string LanguageOf(Language language) => language switch
    {
        Language.French => "French",
        Language.BrazilianPortuguese => "Brazilian Portuguese",
        Language.TraditionalChinese => "Traditional Chinese",
        _ => "English",
    };

    private static string Picture(string? emoji, Dictionary<string, string> pictures) =>
        emoji is not null && OwnEmoji.Match(emoji) is { Success: true } own ? pictures.GetValueOrDefault(own.Groups["id"].Value, "") : emoji ?? "";

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    [GeneratedRegex(@"^<a?:\w+:(?<id>\d+)>$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OwnEmoji { get; }
}
