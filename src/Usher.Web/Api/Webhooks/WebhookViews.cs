using Usher.Storage;

namespace Usher.Web.Api.Webhooks;

/// <summary>Where a program wants to be told.</summary>
/// <param name="Url">A web address, at most 2000 characters.</param>
/// <param name="Events">Of what; everything when not said.</param>
internal sealed record CreateWebhookBody(string Url, string[]? Events = null);

/// <summary>What is to be told once more.</summary>
/// <param name="Since">Only what happened at that time or later, such as 2024-01-20T10:30:00Z; everything that was given up when not said.</param>
internal sealed record ReplayBody(string? Since = null);

/// <summary>A webhook.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Key">What usher.yml calls it; absent when it was made over the API.</param>
/// <param name="Url">Where it leads.</param>
/// <param name="Events">Of what it is told; empty for everything.</param>
/// <param name="Status">active, failing (the last attempt did not go well) or disabled (nothing was taken for three days; test or replay it).</param>
/// <param name="FailingSince">Since when nothing was taken any more.</param>
/// <param name="DisabledAt">Since when nothing new is kept for it.</param>
/// <param name="Owed">How many deliveries wait.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedBy">By whom.</param>
/// <param name="Secret">What it signs with: told this once, when it is made or rotated.</param>
internal sealed record WebhookView(
    string Id, string? Key, string Url, IReadOnlyList<string> Events, string Status, DateTimeOffset? FailingSince, DateTimeOffset? DisabledAt, long Owed, DateTimeOffset CreatedAt, string CreatedBy, string? Secret)
{
    internal static WebhookView Of(Webhook hook, long owed, string? secret = null) => new(
        Text(hook.Number), hook.Key, hook.Url, [.. hook.Events], hook.DisabledAt is not null ? "disabled" : hook.FailingSince is not null ? "failing" : "active",
        hook.FailingSince, hook.DisabledAt, owed, hook.CreatedAt, hook.CreatedBy, secret);

    internal static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The webhooks.</summary>
/// <param name="Webhooks">By number.</param>
/// <param name="Events">Every event that there is.</param>
internal sealed record WebhookList(IReadOnlyList<WebhookView> Webhooks, IReadOnlyList<string> Events);

/// <summary>Something that is told, or was.</summary>
/// <param name="Id">Its number, the same for every attempt: the header Usher-Delivery.</param>
/// <param name="EventId">Names the event, the same for every webhook.</param>
/// <param name="Type">What happened.</param>
/// <param name="TicketId">The ticket; absent for a ping.</param>
/// <param name="Status">owed, delivered or failed.</param>
/// <param name="Attempts">How many were made.</param>
/// <param name="CreatedAt">When it happened.</param>
/// <param name="DueAt">When the next attempt is made; absent when none is.</param>
/// <param name="EndedAt">When it was taken or given up.</param>
/// <param name="ResponseStatus">The HTTP status of the last answer.</param>
/// <param name="DurationMilliseconds">How long the last attempt took.</param>
/// <param name="Response">The beginning of the last answer.</param>
/// <param name="Error">Why it does not count.</param>
internal sealed record DeliveryView(
    string Id, string EventId, string Type, string? TicketId, string Status, long Attempts, DateTimeOffset CreatedAt, DateTimeOffset? DueAt, DateTimeOffset? EndedAt,
    long? ResponseStatus, long? DurationMilliseconds, string? Response, string? Error)
{
    internal static DeliveryView Of(WebhookDelivery told) => new(
        WebhookView.Text(told.Id), told.EventId, told.Type, told.Ticket is { } number ? Usher.Desk.Tickets.TicketIds.Of(number) : null, told.State.ToString().ToLowerInvariant(), told.Attempts,
        told.CreatedAt, told.State == DeliveryState.Owed ? told.DueAt : null, told.EndedAt, told.Last?.Status, told.Last is { } last ? (long)last.Took.TotalMilliseconds : null,
        told.Last?.Response, told.Last?.Error);
}

/// <summary>What was and is to be told.</summary>
/// <param name="Deliveries">The newest first.</param>
/// <param name="NextBefore">Given as before, the next page; absent on the last.</param>
internal sealed record DeliveryPage(IReadOnlyList<DeliveryView> Deliveries, string? NextBefore);

/// <summary>How much is told once more.</summary>
/// <param name="Replayed">How many deliveries.</param>
internal sealed record ReplayView(long Replayed);
