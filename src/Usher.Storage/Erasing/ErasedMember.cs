using System.Text;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Storage.Erasing;

/// <summary>Somebody who is being erased.</summary>
/// <param name="User">Their id.</param>
/// <param name="Names">What they were called wherever they wrote.</param>
public sealed record ErasedMember(UserId User, ValueList<string> Names)
{
    // Shorter ones stand in everybody's words.
    private const int Shortest = 5;

    // What is longer than a message may have been shortened.
    private const int Longest = 60;

    /// <summary>What somebody said in a ticket besides their messages, by which it is known again in the desk's own: a line each, as <see cref="Plain"/> has it.</summary>
    public static IReadOnlyList<string> SaidIn(Ticket ticket) =>
        [.. WordsOf(ticket).OfType<string>().SelectMany(words => words.Split('\n')).Select(Plain).Where(line => line.Length >= Shortest).Select(line => line.Length > Longest ? line[..Longest] : line).Distinct()];

    /// <summary>Letters and digits alone: what markdown does to words is no difference.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text.Where(char.IsLetterOrDigit)) plain.Append(char.ToLowerInvariant(letter));
        return plain.ToString();
    }

    private static IEnumerable<string?> WordsOf(Ticket ticket) =>
    [
        ticket.Subject,
        ticket.Description,
        ticket.About?.Text,
        ticket.Rating?.Comment,
        .. ticket.Answers.SelectMany(answer => (IEnumerable<string?>)
        [
            answer.Value, answer.Found?.Label, .. (answer.Found?.Fields ?? []).SelectMany(field => (string?[])[field.Value, field.Plain]),
        ]),
        ticket.Closing is { } closing && closing.By == ticket.Opener ? closing.Reason : null,
    ];
}
