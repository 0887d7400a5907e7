using Usher.Desk.Cards;
using Usher.Desk.Features.Tagging;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Opening;

/// <summary>The card at the head of a ticket: who asked, who has it, how far it is, and what can be done.</summary>
public static class TicketCard
{
    private const int ButtonsInRow = 5;
    private const int ClosedColour = 0x80848E;
    private const int DefaultColour = 0x5865F2;

    /// <summary>Draws the ticket as it is.</summary>
    public static Card Of(Ticket ticket, DeskSettings settings)
    {
        // In direct messages it is the opener's alone.
        var language = (ticket.IsHomeless ? ticket.OpenerLanguage : null) ?? settings.Language;
        var department = settings.Department(ticket.Department);
        var parts = new List<CardPart>
        {
            new Words(Heading(ticket, department)),
            new Words(department?.Welcome ?? language.Say("card.welcome")),
            new Line(),
            new Words(string.Join('\n', Lines(ticket, department, language))),
        };
        if (ticket is { IsHomeless: true, IsOpen: true }) parts.Insert(2, new Words(language.Say("card.direct")));
        if (Written(ticket) is { Length: > 0 } written) parts.Insert(2, new Words(written));
        if (ticket.About is { } about) parts.Insert(2, new Words(Quoted(about, ticket, language)));
        if (ticket.IsOpen)
        {
            parts.Add(ticket.IsHomeless ? OpenersActions(ticket, language) : Actions(ticket, language));
            if (!ticket.IsHomeless && Approvals(ticket, settings) is { Count: > 0 } row) parts.Add(new Buttons(row));
        }
        return new Card(parts.ToValueList(), ticket.IsOpen ? department?.Colour ?? DefaultColour : ClosedColour);
    }

    private static string Heading(Ticket ticket, Department? department)
    {
        var emoji = department?.Emoji is { } e ? e + " " : "";
        return $"## {emoji}{department?.Name ?? ticket.Department} {ticket.Label}";
    }

    // What a program said when it asked for the ticket stands where a form's answers would.
    private static string Written(Ticket ticket)
    {
        var subject = ticket.Subject is { } words ? $"**{words}**" : null;
        var description = ticket.Description is { } text ? "> " + text.ReplaceLineEndings("\n> ") : null;
        return string.Join('\n', new[] { subject, description }.OfType<string>());
    }

    private static string Quoted(MessageQuote about, Ticket ticket, Language language)
    {
        var link = $"https://discord.com/channels/{ticket.Guild}/{about.Channel}/{about.Message}";
        var head = language.Say("card.about", ("author", about.Author.Mention), ("link", link));
        return about.Text.Length > 0 ? $"{head}\n> {about.Text.ReplaceLineEndings("\n> ")}" : head;
    }

    private static IEnumerable<string> Lines(Ticket ticket, Department? department, Language language)
    {
        yield return ticket.OpenedBy is { } by
            ? language.Say("card.opener_for", ("opener", ticket.Opener.Mention), ("staff", by.Mention), ("when", Moment.Relative(ticket.OpenedAt)))
            : language.Say("card.opener", ("opener", ticket.Opener.Mention), ("when", Moment.Relative(ticket.OpenedAt)));
        if (ticket.Priority is { } priority)
            yield return language.Say("card.priority", ("priority", $"{Priorities.MarkOf(priority)} {language.Say($"choice.{Priorities.NameOf(priority)}")}"));
        if (ticket.Tags.Count > 0) yield return language.Say("card.tags", ("tags", TagWords.Show(ticket.Tags)));
        // A role is pinged only where its mention stands, so those that are called stand here too.
        var roles = department is null || ticket.IsHomeless ? [] : department.Staff.Concat(department.Called).Distinct().Select(r => r.Mention).ToList();
        if (roles.Count > 0) yield return language.Say("card.staff", ("roles", string.Join(' ', roles)));
        if (ticket.Claim is { } claim) yield return language.Say("card.claimed", ("staff", claim.By.Mention), ("when", Moment.Relative(claim.At)));
        else if (ticket.IsOpen) yield return language.Say("card.unclaimed");
        if (ticket.OpenerLeft) yield return language.Say("card.opener_left");
        if (ticket.Closing is { } closing) yield return language.Say($"card.closed.{closing.Kind}", ("by", closing.By.Mention), ("when", Moment.Relative(closing.At)));
        if (ticket.Closing?.Reason is { } reason) yield return language.Say("card.reason", ("reason", reason));
    }

    // A row holds five; the rest stands in the menu.
    private static ValueList<Button> Approvals(Ticket ticket, DeskSettings settings) => settings.ApprovalsOf(ticket.Department)
        .Where(approval => approval.Button).Take(ButtonsInRow)
        .Select(approval => new Button(approval.Name, new Press("approval", ticket.Number, approval.Key), ButtonLook.Secondary, approval.Emoji))
        .ToValueList();

    // A direct message stands in no guild: its button names it.
    private static Buttons OpenersActions(Ticket ticket, Language language) =>
        new([new Button(language.Say("button.cancel"), new Press("cancel", ticket.Number, Guild: ticket.Guild), ButtonLook.Secondary, "✖️")]);

    private static Buttons Actions(Ticket ticket, Language language) => new([
        ticket.Claim is null
            ? new Button(language.Say("button.claim"), new Press("claim", ticket.Number), ButtonLook.Primary, "🙋")
            : new Button(language.Say("button.unclaim"), new Press("unclaim", ticket.Number), ButtonLook.Secondary, "↩️"),
        new Button(language.Say("button.close"), new Press("close", ticket.Number), ButtonLook.Danger, "🔒"),
        new Button(language.Say("button.note"), new Press("note", ticket.Number), ButtonLook.Secondary, "📝"),
        new Button(language.Say("button.cancel"), new Press("cancel", ticket.Number), ButtonLook.Secondary, "✖️"),
        new Button(language.Say("button.menu"), new Press("menu", ticket.Number), ButtonLook.Secondary, "⚙️"),
    ]);
}
