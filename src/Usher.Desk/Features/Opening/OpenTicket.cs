using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Prioritising;
using Usher.Desk.Features.Queueing;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Opening;

/// <summary>What a program says when it asks for a ticket.</summary>
/// <param name="Subject">What it is about.</param>
/// <param name="Description">The same at length.</param>
/// <param name="Priority">How urgent whoever asks finds it.</param>
public sealed record Writing(string? Subject, string? Description, Priority? Priority);

/// <summary>A member wants a ticket in a department.</summary>
/// <param name="Department">The department's key, as the button or the command named it.</param>
public sealed record OpenTicket(string Department) : Command
{
    /// <summary>For whom staff opens it; null when it is for whoever asks.</summary>
    public Referral? For { get; init; }

    /// <summary>What was asked before; null when that is still to be done. No door sets it.</summary>
    public ValueList<FormAnswer>? Answers { get; init; }

    /// <summary>What was said with it by a program; null at the doors of Discord.</summary>
    public Writing? Said { get; init; }

    internal static Decision Decide(OpenTicket command, Context context)
    {
        if (command.For is { } referral) return Referring.Open(command, referral, context);
        if (Check(command.Department, context, out var department) is { } refused) return refused;
        if (command.Answers is { } answers) return Open(department, answers, command.Said, context);
        return All.Features.Select(feature => feature.BeforeOpening(department, context)).FirstOrDefault(wanted => wanted is not null) ?? Open(department, [], null, context);
    }

    // Why no ticket can be opened there; null when one can.
    private static Decision? Check(string key, Context context, out Department department)
    {
        department = context.Settings.Department(key)!;
        if (department is null) return Decision.Refuse("open.no_department", context.Private.Say("open.no_department"));
        if (context.Actor.IsBot) return Decision.Refuse("open.bot", context.Private.Say("open.bot"));
        if (Limits.WhyNot(department, context.Actor, context) is not { } refusal) return null;
        // Whoever waits already is shown their place again, with the way out of it.
        return refusal.Code == "open.already" && context.OpenTickets.LastOrDefault(ticket => ticket.Department == key) is { Queue.Position: > 0 } waiting
            ? Decision.Say(new Tell(Waitlist.Card(waiting, waiting.Queue.Position, context.Private, context.Settings)))
            : Refuse(refusal, context);
    }

    private static Decision Open(Department department, ValueList<FormAnswer> answers, Writing? said, Context context)
    {
        var already = context.OpenTickets.Where(ticket => ticket.Department == department.Key).ToList();
        var opened = Opened(department, Slots.Free(already), context) with { Answers = answers };
        return Begin(department, opened, said, context);
    }

    /// <summary>It is opened with what a program said: that is part of the ticket from its first moment.</summary>
    internal static Decision Begin(Department department, TicketOpened opened, Writing? said, Context context)
    {
        var decision = Begin(department, opened with { Subject = said?.Subject, Description = said?.Description }, context);
        return said?.Priority is { } priority ? decision.And(Decision.That(new PrioritySet(context.Now, context.Actor.User, priority))) : decision;
    }

    internal static TicketOpened Opened(Department department, int slot, Context context) => new(
        context.Now, context.Settings.Guild, context.NextNumber, department.Key,
        context.Actor.User, context.Actor.Name, context.Actor.Language,
        department.Home.Kind, HomeName.For(department, context.NextNumber, context.Actor.Name, context.Letters), context.Dice, slot, context.Interaction);

    /// <summary>It is opened: its home is made, unless others wait for the same room.</summary>
    internal static Decision Begin(Department department, TicketOpened opened, Context context) => Waitlist.MustWait(department, context)
        ? Decision.That(opened, new TicketQueued(context.Now, Why: null))
        : Decision.That(opened).Then(CreateHome(department, opened.Name, opened.Number, opened.Opener, context.Settings));

    /// <summary>What makes a ticket's home.</summary>
    public static Effect CreateHome(Department department, string name, long number, UserId opener, DeskSettings settings) => department.Home.Kind switch
    {
        HomeKind.Thread => new CreateThread(department.Home.Parent ?? default, name),
        HomeKind.DirectMessage => new OpenDirectMessages(opener),
        // Without overwrites of its own a channel begins with its category's; the opener is let in when it stands.
        _ when department.Permissions == ChannelPermissions.Category => new CreateChannel(department.Home.Parent, name, HomeName.Marker(number), [], [], LikeCategory: true),
        _ => new CreateChannel(department.Home.Parent, name, HomeName.Marker(number), [opener], settings.WhoSees(department)),
    };

    // That somebody is blocked is nobody else's business: typed where others read, it goes to them alone.
    private static Decision Refuse(Refusal refusal, Context context) => refusal.Code == "open.blocked" && context.Typed is not null
        ? Decision.Say(new Tell(Card.Saying(refusal.Sentence), Secret: true))
        : Decision.Refuse(refusal.Code, refusal.Sentence);
}
