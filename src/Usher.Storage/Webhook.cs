using Usher.Desk.Values;

namespace Usher.Storage;

/// <summary>Where a program outside wants to be told of what happens.</summary>
/// <param name="Guild">The guild.</param>
/// <param name="Number">Its number there.</param>
/// <param name="Key">What the settings call it; null when it was made over the API.</param>
/// <param name="Url">Where.</param>
/// <param name="Events">Of what; empty for everything.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedBy">By whom.</param>
public sealed record Webhook(GuildId Guild, long Number, string? Key, string Url, ValueList<string> Events, DateTimeOffset CreatedAt, string CreatedBy)
{
    /// <summary>What its messages are signed with; null when the settings say it. Never logged.</summary>
    public string? Secret { get; init; }

    /// <summary>Since when nothing could be delivered any more; null when the last try went well.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>When it was switched off because nothing could be delivered for long; nothing new is kept for it since.</summary>
    public DateTimeOffset? DisabledAt { get; init; }
}

/// <summary>How far a delivery is.</summary>
public enum DeliveryState
{
    /// <summary>It is to be made, or to be tried again.</summary>
    Owed,

    /// <summary>It was taken.</summary>
    Delivered,

    /// <summary>It was given up.</summary>
    Failed,
}

/// <summary>Something that is told, or was.</summary>
/// <param name="Id">Its number; the same for every attempt.</param>
/// <param name="Guild">The guild.</param>
/// <param name="Hook">The webhook's number.</param>
/// <param name="Ticket">The ticket's number; null for a ping.</param>
/// <param name="EventId">Names the event.</param>
/// <param name="Type">What happened.</param>
/// <param name="Body">What is sent, JSON.</param>
/// <param name="State">How far it is.</param>
/// <param name="CreatedAt">When it happened.</param>
/// <param name="DueAt">When the next attempt may be made.</param>
/// <param name="Attempts">How many were made.</param>
public sealed record WebhookDelivery(
    long Id, GuildId Guild, long Hook, long? Ticket, string EventId, string Type, string Body, DeliveryState State, DateTimeOffset CreatedAt, DateTimeOffset DueAt, int Attempts)
{
    /// <summary>When it was taken or given up.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How the last attempt went; null before the first.</summary>
    public DeliveryAttempt? Last { get; init; }
}

/// <summary>How an attempt went.</summary>
/// <param name="Status">The HTTP status; null when there was no answer.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Response">The beginning of the answer.</param>
/// <param name="Error">Why it does not count; null when it does.</param>
public sealed record DeliveryAttempt(int? Status, TimeSpan Took, string? Response, string? Error);
