using System.Text;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Searching;

/// <summary>Staff seeks what was said, in the tickets that they answer for. What is found is for their eyes only, wherever they asked.</summary>
/// <param name="Words">What is sought.</param>
public sealed record SearchArchive(string Words) : Command
{
    /// <summary>How much fits in one message.</summary>
    public const int MostHits = 8;

    // A passage is told within a few lines.
    private const int Longest = 300;

    internal static Decision Decide(SearchArchive command, Context context)
    {
        var language = context.Private;
        var answer = context.Findings switch
        {
            null => Card.Saying(language.Say("search.unreadable")),
            { Hits.Count: 0 } => Card.Saying(language.Say("search.none", ("words", Plain(command.Words)))),
            var found => Told(command, found, context),
        };
        var decision = Decision.Say(new Tell(answer, Secret: true));
        // What staff seeks can tell as much as what they note.
        return context.Typed is { } typed ? decision.Then(new DeleteMessage(typed.Channel, typed.Message)) : decision;
    }

    private static Card Told(SearchArchive command, ArchiveFindings found, Context context)
    {
        var language = context.Private;
        var lines = found.Hits.Select(hit => Line(hit, context)).ToList();
        if (found.HasMore) lines.Add(language.Say("search.more"));
        return new Card([new Words(language.Say("search.heading", ("words", Plain(command.Words)))), new Line(), new Words(string.Join('\n', lines))]);
    }

    private static string Line(ArchiveHit hit, Context context)
    {
        var label = "#" + hit.Ticket.ToString("0000", System.Globalization.CultureInfo.InvariantCulture);
        var line = context.Private.Say(
            hit.Kind switch
            {
                ArchiveHitKind.Note => "search.note",
                ArchiveHitKind.Ticket => "search.ticket",
                _ => "search.message",
            },
            ("ticket", hit.Address.Length > 0 ? $"[{label}]({hit.Address})" : label),
            ("department", context.Settings.Department(hit.Department)?.Name ?? hit.Department),
            ("who", Plain(hit.Author)),
            ("when", Moment.Relative(hit.At)));
        return $"{line}\n> {Marked(hit)}";
    }

    // Nothing of what people wrote acts as markdown, and what was sought stands out.
    internal static string Marked(ArchiveHit hit)
    {
        var text = new StringBuilder();
        var at = 0;
        foreach (var mark in hit.Marks)
        {
            if (mark.Start < at || mark.Start + mark.Length > hit.Text.Length) continue;
            text.Append(Plain(hit.Text[at..mark.Start])).Append("**").Append(Plain(hit.Text.Substring(mark.Start, mark.Length))).Append("**");
            at = mark.Start + mark.Length;
            if (text.Length > Longest) return text.Append(at < hit.Text.Length ? "…" : "").ToString();
        }
        return text.Append(Plain(hit.Text[at..]).CutTo(Math.Max(1, Longest - text.Length))).ToString();
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (letter is '\n' or '\r')
            {
                plain.Append(' ');
                continue;
            }
            if ("\\*_~`|<>[]()#@:-".Contains(letter, StringComparison.Ordinal)) plain.Append('\\');
            plain.Append(letter);
        }
        return plain.ToString();
    }
}

internal static class SearchingFeature
{
    internal static Feature Feature { get; } = new("Searching")
    {
        Commands = [CommandRule.OnDesk<SearchArchive>(Permission.Staff, SearchArchive.Decide) with { Seeks = static command => ((SearchArchive)command).Words }],
        Triggers =
        [
            new Trigger(Door.Slash, "search", input => input["words"] is { } words ? new SearchArchive(words) : null)
            {
                Options = [new TriggerOption("words", OptionKind.Words, Required: true)],
            },
            new Trigger(Door.Typed, "search", input => input.Rest.Length > 0 ? new SearchArchive(input.Rest) : null) { Secret = true },
        ],
    };
}
