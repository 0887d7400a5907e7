using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Web.Api.Callers;

/// <summary>Who is calling, for one request.</summary>
/// <param name="Id">What they are known by among all callers of the guild: <c>key:7</c>, <c>user:42</c>.</param>
/// <param name="Actor">As whom they act.</param>
/// <param name="Settings">The guild's desk.</param>
/// <param name="Scopes">What they may ask for.</param>
/// <param name="RequestsPerMinute">How often they may ask.</param>
internal sealed record Caller(string Id, Actor Actor, DeskSettings Settings, ValueList<string> Scopes, int RequestsPerMinute)
{
    /// <summary>The guild.</summary>
    public GuildId Guild => Settings.Guild;

    /// <summary>Whether they may ask for it.</summary>
    public bool Has(string scope) => Scopes.Contains(scope);

    /// <summary>Whether a ticket exists for them: their own, or one that they answer for.</summary>
    public bool Sees(Ticket ticket) => Access.Allows(Permission.OpenerOrStaff, Actor, Settings, ticket);

    /// <summary>Whether they read what is for staff alone.</summary>
    public bool ReadsNotesOf(Ticket ticket) => Has(Api.Scopes.Notes) && Access.IsStaff(Actor, Settings, ticket);

    /// <summary>The departments that they answer for; null when for all, also those that are gone from the settings.</summary>
    public ValueList<string>? Departments => Access.DepartmentsOf(Actor, Settings);

    /// <summary>Whether they are staff of anything.</summary>
    public bool IsStaff => Departments is not { Count: 0 };
}
