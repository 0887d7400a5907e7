using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Opening;

/// <summary>For whom staff opens a ticket.</summary>
/// <param name="Who">Whom.</param>
/// <param name="Member">Them, as Discord told in the very event; null when it told of no such member.</param>
public sealed record Referral(UserId Who, Actor? Member);

/// <summary>Somebody wants a ticket about a message, by its context menu.</summary>
/// <param name="About">The message.</param>
public sealed record OpenFromMessage(TargetMessage About) : Command
{
    internal static Decision Decide(OpenFromMessage command, Context context)
    {
        if (context.Actor.IsBot) return Decision.Refuse("open.bot", context.Private.Say("open.bot"));
        if (context.Settings.Departments.Count == 0) return Decision.Refuse("open.no_department", context.Private.Say("open.no_department"));
        var about = command.About;
        var quote = new MessageQuote(about.Channel, about.Id, about.Author, about.Text.CutTo(MessageQuote.Longest));
        // Staff helps whoever wrote the message, first in a department of their own; everybody else opens for themselves.
        var author = Author(command, context) is { } user ? new Referral(user, new Actor { User = user, Name = about.AuthorName }) : null;
        var departments = context.Settings.Departments
            .OrderByDescending(department => author is not null && context.Actor.Roles.Any(department.Staff.Contains)).ToList();
        Refusal? first = null;
        foreach (var department in departments)
        {
            var refusal = author is null ? Limits.WhyNot(department, context.Actor, context) : Limits.WhyNotFor(department, author.Who, context);
            if (refusal is null) return Referring.Open(department, author, quote, context);
            first ??= refusal;
        }
        return Decision.Refuse(first!.Code, first.Sentence);
    }

    // Whose ticket it would be, if not the actor's own.
    internal static UserId? Author(OpenFromMessage command, Context context) =>
        command.About is { ByBot: false, Author: var author } && author != context.Actor.User && Access.IsStaff(context.Actor, context.Settings, null) ? author : null;
}

/// <summary>Opens tickets for others, and about messages. What would have been asked before is asked in the ticket: nobody could answer for them.</summary>
internal static class Referring
{
    internal static Decision Open(OpenTicket command, Referral referral, Context context)
    {
        var language = context.Private;
        if (context.Settings.Department(command.Department) is not { } department) return Decision.Refuse("open.no_department", language.Say("open.no_department"));
        if (WhyNot(context) is { } denied) return Decision.Refuse(denied.Code, denied.Sentence);
        if (referral.Member is not { } member) return Decision.Refuse("open.not_member", language.Say("open.not_member", ("who", referral.Who.Mention)));
        if (member.IsBot) return Decision.Refuse("open.bot", language.Say("open.bot"));
        var own = member.User == context.Actor.User;
        var refusal = own ? Limits.WhyNot(department, context.Actor, context) : Limits.WhyNotFor(department, member.User, context);
        return refusal is null
            ? OpenTicket.Begin(department, Opened(department, own ? null : referral, context) with { Answers = command.Answers ?? [] }, command.Said, context)
            : Decision.Refuse(refusal.Code, refusal.Sentence);
    }

    /// <summary>Why whoever asks may open no ticket for others; null when they may.</summary>
    internal static Refusal? WhyNot(Context context) => Access.Allows(Permission.Staff, context.Actor, context.Settings, null)
        ? null
        : new Refusal("access.denied", context.Private.Say("refusal.not_allowed", ("who", Access.WhoCould(Permission.Staff, context.Private, context.Settings, null))));

    internal static Decision Open(Department department, Referral? referral, MessageQuote? about, Context context) =>
        OpenTicket.Begin(department, Opened(department, referral, context) with { About = about }, context);

    private static TicketOpened Opened(Department department, Referral? referral, Context context)
    {
        var slot = Slots.Free(context.OpenTickets.Where(ticket => ticket.Department == department.Key).ToList());
        var opened = OpenTicket.Opened(department, slot, context);
        if (referral?.Member is { } member)
        {
            opened = opened with
            {
                Opener = member.User,
                OpenerName = member.Name,
                OpenerLanguage = null,
                OpenedBy = context.Actor.User,
                StaffBegan = context.Actor.Standing is null,
                Name = HomeName.For(department, opened.Number, member.Name, context.Letters),
            };
        }
        return opened;
    }
}
