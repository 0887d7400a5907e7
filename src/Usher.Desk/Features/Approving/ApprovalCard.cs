using System.Globalization;
using Usher.Desk.Cards;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Approving;

/// <summary>The message where something is decided: who asked for what and where, and the buttons, or who decided.</summary>
public static class ApprovalCard
{
    private const int OpenColour = 0xF1C40F;
    private const int ApprovedColour = 0x57F287;
    private const int DeniedColour = 0xED4245;

    /// <summary>Draws a request as it is.</summary>
    public static Card Of(ApprovalRequest request, Ticket ticket, DeskSettings settings)
    {
        var language = settings.Language;
        var parts = new List<CardPart> { new Words($"### {request.Title} · {ticket.Label}"), new Words(string.Join('\n', Lines(request, ticket, settings, language))) };
        if (request.Answers.Count > 0) parts.Add(new Line());
        parts.AddRange(request.Answers.Select(answer => new Words($"**{answer.Question}**\n{Quoted(answer.Value)}")));
        var verdict = string.Join('\n', Verdict(request, language));
        if (verdict.Length > 0)
        {
            parts.Add(new Line());
            parts.Add(new Words(verdict));
        }
        if (request.State is ApprovalState.Open or ApprovalState.Lost) parts.Add(Actions(request, ticket, language));
        return new Card(parts.ToValueList(), request.State switch
        {
            ApprovalState.Approved => ApprovedColour,
            ApprovalState.Denied => DeniedColour,
            _ => OpenColour,
        });
    }

    /// <summary>Who decided it as it was decided, by mention.</summary>
    internal static string People(ApprovalRequest request) =>
        string.Join(", ", request.Votes.Where(vote => vote.Approves == (request.State == ApprovalState.Approved)).Select(vote => vote.By.Mention));

    internal static string Quoted(string text) => "> " + text.ReplaceLineEndings("\n> ");

    private static IEnumerable<string> Lines(ApprovalRequest request, Ticket ticket, DeskSettings settings, Language language)
    {
        yield return language.Say("approval.card.asked", ("who", request.By.Mention), ("when", Moment.Relative(request.At)));
        var place = ticket.Home is { Channel: { } home, Gone: false } ? home.Mention : ticket.Label;
        yield return language.Say("approval.card.ticket", ("ticket", place), ("opener", ticket.Opener.Mention));
        var roles = settings.ApprovalsOf(request.Department).FirstOrDefault(approval => approval.Key == request.Key) is { } approval
            ? string.Join(' ', approval.Roles.Concat(approval.Called).Distinct().Select(role => role.Mention))
            : "";
        // A role is pinged only where its mention stands.
        if (roles.Length > 0) yield return language.Say("approval.card.roles", ("roles", roles));
    }

    private static IEnumerable<string> Verdict(ApprovalRequest request, Language language)
    {
        var ended = request.State is ApprovalState.Approved or ApprovalState.Denied;
        foreach (var vote in request.Votes.Where(vote => !ended || vote.Approves == (request.State == ApprovalState.Approved)))
        {
            yield return language.Say(vote.Approves ? "approval.card.approved" : "approval.card.denied", ("who", vote.By.Mention), ("when", Moment.Relative(vote.At)));
            if (vote.Reason is { } reason) yield return language.Say("card.reason", ("reason", reason));
        }
        if (ended || request.Needed <= 1) yield break;
        var count = request.Votes.Count(vote => vote.Approves).ToString(CultureInfo.InvariantCulture);
        yield return language.Say("approval.card.count", ("count", count), ("needed", request.Needed.ToString(CultureInfo.InvariantCulture)));
    }

    private static Buttons Actions(ApprovalRequest request, Ticket ticket, Language language)
    {
        var row = new List<Button>
        {
            new(language.Say("button.approve"), Voting.PressOf("approval-yes", ticket, request), ButtonLook.Success, "✅"),
            new(language.Say("button.deny"), Voting.PressOf("approval-no", ticket, request), ButtonLook.Danger, "✖️"),
        };
        // Whoever decides may not have met the ticket yet; a mention of a thread that they are not in leads nowhere in some clients.
        if (ticket is { IsOpen: true, Home: { Channel: { } home, Gone: false } })
            row.Add(new Button(language.Say("button.to_ticket"), null, Emoji: "🎫", Link: $"https://discord.com/channels/{ticket.Guild}/{home}"));
        return new Buttons(row.ToValueList());
    }
}
