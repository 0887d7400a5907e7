using Usher.Desk.Values;

namespace Usher.Web.Api;

/// <summary>What a key can be given. A key without a scope is refused before anything is looked at; what its scopes allow is then decided as for everybody.</summary>
public static class Scopes
{
    /// <summary>Lists, tickets, messages and statistics.</summary>
    public const string Read = "tickets:read";

    /// <summary>Opening tickets.</summary>
    public const string Open = "tickets:open";

    /// <summary>Replying to their openers, or as one.</summary>
    public const string Reply = "tickets:reply";

    /// <summary>Claiming, closing, sorting and moving them.</summary>
    public const string Work = "tickets:work";

    /// <summary>Reading and writing what openers must not read.</summary>
    public const string Notes = "notes";

    /// <summary>Placing what opens tickets into channels.</summary>
    public const string Panels = "panels";

    /// <summary>Taking away what is kept of people.</summary>
    public const string Privacy = "privacy";

    /// <summary>Reading the audit log.</summary>
    public const string Audit = "audit";

    /// <summary>Where programs outside are told of what happens, and how that went.</summary>
    public const string Webhooks = "webhooks";

    /// <summary>All of them, in the order in which they are told.</summary>
    public static ValueList<string> All { get; } = [Read, Open, Reply, Work, Notes, Panels, Privacy, Audit, Webhooks];
}
