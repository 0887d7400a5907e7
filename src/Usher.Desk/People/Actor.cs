using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.People;

/// <summary>Who does something, as Discord told it in the very event, with the roles that a table outside gives them besides (<see cref="DeskSettings.StaffFrom"/>).</summary>
public sealed record Actor
{
    /// <summary>Their id; zero for the desk itself.</summary>
    public required UserId User { get; init; }

    /// <summary>Their name as shown in the guild.</summary>
    public required string Name { get; init; }

    /// <summary>Their roles in the guild.</summary>
    public ValueList<RoleId> Roles { get; init; }

    /// <summary>Whether Discord calls them administrator of the guild.</summary>
    public bool IsAdministrator { get; init; }

    /// <summary>Whether this is a bot or a webhook.</summary>
    public bool IsBot { get; init; }

    /// <summary>The language of their Discord; null when unknown or not spoken here.</summary>
    public Language? Language { get; init; }

    /// <summary>What an API key may do beside whom it acts as; null for people, who may what their roles say.</summary>
    public Standing? Standing { get; init; }

    /// <summary>How words that others read name them: a person by mention, a program by the name of its key.</summary>
    public string Signature => Standing is null ? User.Mention : Name;

    /// <summary>The desk itself: a timer that is due, an effect that came to its end, something that happened on Discord.</summary>
    public static Actor Desk { get; } = new() { User = default, Name = "Usher" };

    /// <summary>Whether this is the desk itself.</summary>
    public bool IsDesk => User == default;
}

/// <summary>What an API key was given when it was made. Roles would not say it: two departments may have the same staff, and a key may be for one of them.</summary>
/// <param name="IsManager">Whether it may do everything in every department.</param>
/// <param name="Departments">The keys of the departments whose staff it counts as.</param>
public sealed record Standing(bool IsManager, ValueList<string> Departments);

/// <summary>Who may do a thing. One pure place answers for every door.</summary>
public enum Permission
{
    /// <summary>Every member of the guild.</summary>
    Anyone,

    /// <summary>The person who opened the ticket, and nobody else.</summary>
    Opener,

    /// <summary>The opener or the department's staff.</summary>
    OpenerOrStaff,

    /// <summary>The department's staff; without a ticket, the staff of any department.</summary>
    Staff,

    /// <summary>Managers and administrators.</summary>
    Manager,

    /// <summary>Managers, administrators, and whoever the settings entrust with what is kept of people.</summary>
    Privacy,

    /// <summary>Only the desk itself: timers, outcomes, events.</summary>
    Desk,
}

/// <summary>Decides who may do what.</summary>
public static class Access
{
    /// <summary>Whether somebody may do a thing.</summary>
    /// <param name="permission">What the thing asks for.</param>
    /// <param name="actor">Who wants to do it.</param>
    /// <param name="settings">The guild's settings.</param>
    /// <param name="ticket">The ticket that it is done to; null when to none.</param>
    public static bool Allows(Permission permission, Actor actor, DeskSettings settings, Ticket? ticket) => permission switch
    {
        Permission.Desk => actor.IsDesk,
        _ when actor.IsDesk => true,
        Permission.Anyone => true,
        Permission.Opener => ticket is not null && ticket.Opener == actor.User,
        Permission.OpenerOrStaff => ticket is not null && ticket.Opener == actor.User || IsStaff(actor, settings, ticket),
        Permission.Staff => IsStaff(actor, settings, ticket),
        Permission.Manager => IsManager(actor, settings),
        Permission.Privacy => IsManager(actor, settings) || HasOneOf(actor, settings.Privacy.Roles),
        _ => false,
    };

    /// <summary>Whether somebody answers for this ticket's department; without a ticket, for any department.</summary>
    public static bool IsStaff(Actor actor, DeskSettings settings, Ticket? ticket)
    {
        if (IsManager(actor, settings)) return true;
        if (ticket is null) return settings.Departments.Any(d => AnswersFor(actor, d));
        return settings.Department(ticket.Department) is { } department && AnswersFor(actor, department);
    }

    /// <summary>Whether somebody answers for a department, by role or by what their key was given; managers answer for all.</summary>
    public static bool IsStaffOf(Actor actor, DeskSettings settings, Department department) => IsManager(actor, settings) || AnswersFor(actor, department);

    /// <summary>The departments that somebody answers for; null when for all, also those that are gone from the settings.</summary>
    public static ValueList<string>? DepartmentsOf(Actor actor, DeskSettings settings) => IsManager(actor, settings)
        ? null
        : settings.Departments.Where(department => AnswersFor(actor, department)).Select(department => department.Key).ToValueList();

    /// <summary>Whether somebody may do everything: by role, or as the guild's administrator.</summary>
    public static bool IsManager(Actor actor, DeskSettings settings) => actor.IsAdministrator || actor.Standing is { IsManager: true } || HasOneOf(actor, settings.Managers);

    /// <summary>A sentence's object: who may do the thing, by mention (mentions in private answers ping nobody).</summary>
    public static string WhoCould(Permission permission, Language language, DeskSettings settings, Ticket? ticket) => permission switch
    {
        Permission.Opener => ticket is null ? language.Say("who.opener") : ticket.Opener.Mention,
        Permission.OpenerOrStaff => language.Say("who.opener_or_staff", ("opener", ticket?.Opener.Mention ?? ""), ("staff", Staff(language, settings, ticket))),
        Permission.Staff => Staff(language, settings, ticket),
        Permission.Privacy => List(language, settings.Privacy.Roles.Concat(settings.Managers).Distinct()),
        _ => Managers(language, settings),
    };

    /// <summary>Whether somebody decides what is asked for: by one of its roles, or as a manager; managers alone when it is gone from the settings.</summary>
    public static bool Decides(Actor actor, DeskSettings settings, Approval? approval) =>
        IsManager(actor, settings) || (approval is not null && HasOneOf(actor, approval.Roles));

    /// <summary>A sentence's object: who decides what is asked for.</summary>
    public static string WhoDecides(Approval? approval, Language language, DeskSettings settings) =>
        List(language, (approval?.Roles ?? []).Concat(settings.Managers).Distinct());

    private static string Staff(Language language, DeskSettings settings, Ticket? ticket)
    {
        var roles = ticket is null
            ? settings.Departments.SelectMany(d => d.Staff).Concat(settings.Managers).Distinct()
            : (settings.Department(ticket.Department)?.Staff ?? []).Concat(settings.Managers).Distinct();
        return List(language, roles);
    }

    private static string Managers(Language language, DeskSettings settings) => List(language, settings.Managers);

    private static string List(Language language, IEnumerable<RoleId> roles) =>
        string.Join(", ", roles.Select(r => r.Mention).Append(language.Say("who.administrators")));

    private static bool AnswersFor(Actor actor, Department department) =>
        HasOneOf(actor, department.Staff) || actor.Standing?.Departments.Contains(department.Key) == true;

    private static bool HasOneOf(Actor actor, ValueList<RoleId> roles) => actor.Roles.Any(role => roles.Contains(role));
}
