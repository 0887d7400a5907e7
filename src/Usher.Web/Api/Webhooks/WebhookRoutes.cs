using System.Globalization;
using Microsoft.AspNetCore.Http;
using Usher.Desk.Announcing;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Engine.Webhooks;
using Usher.Storage;
using Usher.Web.Api.Tickets;
using Usher.Web.Api.Wire;

namespace Usher.Web.Api.Webhooks;

/// <summary>Where programs outside want to be told of what happens, and how that went. For managers.</summary>
internal static class WebhookRoutes
{
    // Each is asked for with every fact.
    private const int MostOfGuild = 20;
    private const int UsualDeliveries = 50;
    private const int MostDeliveries = 200;

    internal static IReadOnlyList<ApiRoute> All { get; } =
    [
        Of("GET", "", "listWebhooks", "Lists the webhooks, and the events that there are.", ApiJson.Default.WebhookList, ListAsync),
        Of("POST", "", "createWebhook", "Makes a webhook, and tells its secret this once.", ApiJson.Default.WebhookView, CreateAsync) with { Body = ApiJson.Default.CreateWebhookBody, Status = StatusCodes.Status201Created },
        Of("DELETE", "/{hook}", "deleteWebhook", "Takes a webhook away that was made over the API, with its log and what it still owed.", ApiJson.Default.Accepted, DeleteAsync),
        Of("POST", "/{hook}/rotate", "rotateWebhook", "Gives a webhook that was made over the API another secret, and tells it this once. It holds from the next attempt on.", ApiJson.Default.WebhookView, RotateAsync),
        Of("POST", "/{hook}/test", "testWebhook", "Sends a ping; what came of it is in the deliveries.", ApiJson.Default.Accepted, TestAsync) with { Status = StatusCodes.Status202Accepted },
        Of("GET", "/{hook}/deliveries", "listDeliveries", "Shows what was and is to be told, the newest first.", ApiJson.Default.DeliveryPage, DeliveriesAsync) with
        {
            Query =
            [
                new("status", "How far they are.", "owed", "delivered", "failed"), new("before", "Only those before this one: next_before of the page before."),
                new("limit", "The most of a page, 1 to 200; 50 when not said."),
            ],
        },
        Of("POST", "/{hook}/deliveries/{delivery}/replay", "replayDelivery", "Tells something once more, with the same number.", ApiJson.Default.ReplayView, ReplayOneAsync) with { Status = StatusCodes.Status202Accepted },
        Of("POST", "/{hook}/replay", "replayFailed", "Tells all that was given up once more.", ApiJson.Default.ReplayView, ReplayAsync) with
        {
            Body = ApiJson.Default.ReplayBody, BodyIsOptional = true, Status = StatusCodes.Status202Accepted,
        },
    ];

    private static ApiRoute Of(string method, string path, string name, string summary, System.Text.Json.Serialization.Metadata.JsonTypeInfo answer, Func<ApiCall, Task<ApiAnswer>> handle) =>
        new(method, "/api/webhooks" + path, name, Scopes.Webhooks, summary + " For managers.", answer, call => ForManagersAsync(call, handle)) { Group = "Webhooks", Administers = method != "GET" };

    private static Task<ApiAnswer> ForManagersAsync(ApiCall call, Func<ApiCall, Task<ApiAnswer>> handle) => Access.IsManager(call.Caller.Actor, call.Caller.Settings)
        ? handle(call)
        : throw new Problem(403, "access.denied", "Webhooks are for managers.").AsException();

    private static async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var hooks = await call.Host.Store.WebhooksOfAsync(call.Caller.Guild, call.Stop);
        return ApiAnswer.Of(new WebhookList([.. hooks.Select(hook => WebhookView.Of(hook.Hook, hook.Owed))], [.. Announcements.Types]), ApiJson.Default.WebhookList);
    }

    private static async Task<ApiAnswer> CreateAsync(ApiCall call)
    {
        var body = call.Body(ApiJson.Default.CreateWebhookBody);
        if (!WebhookSettings.IsUrl(body.Url)) throw Problems.FaultyField("url", "is no web address such as https://host/path, without a name and password in it").AsException();
        // A name may come to stand for another address: it is looked at again whenever something is told.
        if (!call.Caller.Settings.PrivateWebhooks && WebhookSender.LeadsInside(body.Url)) throw Problems.FaultyField("url", "leads into a private network, where webhooks may not lead: private_webhooks in usher.yml allows it").AsException();
        var events = (body.Events ?? []).Distinct(StringComparer.Ordinal).ToValueList();
        if (events.FirstOrDefault(name => !Announcements.Types.Contains(name)) is { } unknown) throw Problems.FaultyField("events", $"names {unknown}, which is none of {string.Join(", ", Announcements.Types)}").AsException();
        if ((await call.Host.Store.WebhooksOfAsync(call.Caller.Guild, call.Stop)).Count >= MostOfGuild)
            throw new Problem(409, "webhooks.too_many", $"There are {MostOfGuild} webhooks already. Delete one that is not needed.").AsException();
        var secret = WebhookSignature.NewSecret();
        var hook = new Webhook(call.Caller.Guild, 0, null, body.Url, events, call.Host.Time.GetUtcNow(), call.Caller.Actor.Name) { Secret = secret };
        var number = await call.Host.Store.AddWebhookAsync(hook, call.Signature, call.InboxKey, call.Stop) ?? throw Problems.AnswerLost.AsException();
        // Whoever asked may be gone by now: what is done the desk must know of all the same, here and below.
        await call.Host.Webhooks.ChangedAsync(CancellationToken.None);
        return ApiAnswer.Of(WebhookView.Of(hook with { Number = number }, 0, secret), ApiJson.Default.WebhookView, StatusCodes.Status201Created);
    }

    private static async Task<ApiAnswer> DeleteAsync(ApiCall call)
    {
        var hook = await MadeHereAsync(call);
        await call.Host.Store.DeleteWebhookAsync(hook.Guild, hook.Number, call.Signature, call.Stop);
        await call.Host.Webhooks.ChangedAsync(CancellationToken.None);
        return ApiAnswer.Of(new Guilds.Accepted("deleted"), ApiJson.Default.Accepted);
    }

    private static async Task<ApiAnswer> RotateAsync(ApiCall call)
    {
        var (hook, secret) = (await MadeHereAsync(call), WebhookSignature.NewSecret());
        await call.Host.Store.RotateWebhookAsync(hook.Guild, hook.Number, secret, call.Signature, call.Stop);
        return ApiAnswer.Of(WebhookView.Of(hook, 0, secret), ApiJson.Default.WebhookView);
    }

    private static async Task<ApiAnswer> TestAsync(ApiCall call)
    {
        var hook = await HookAsync(call);
        await call.Host.Store.OweDeliveryAsync(hook.Guild, hook.Number, Announcements.PingAt(call.Host.Time.GetUtcNow(), hook.Guild), call.Stop);
        await call.Host.Webhooks.ChangedAsync(CancellationToken.None);
        return ApiAnswer.Of(new Guilds.Accepted(), ApiJson.Default.Accepted, StatusCodes.Status202Accepted);
    }

    private static async Task<ApiAnswer> DeliveriesAsync(ApiCall call)
    {
        var limit = ListQuery.LimitIn(call, UsualDeliveries, MostDeliveries);
        var state = call.Query("status") switch
        {
            null => (DeliveryState?)null,
            "owed" => DeliveryState.Owed,
            "delivered" => DeliveryState.Delivered,
            "failed" => DeliveryState.Failed,
            _ => throw ApiCall.Faulty("status", "is none of owed, delivered, failed"),
        };
        long? before = call.Query("before") is { } text ? NumberIn(text) ?? throw ApiCall.Faulty("before", "is no delivery's number") : null;
        var hook = await HookAsync(call);
        var found = await call.Host.Store.DeliveriesAsync(hook.Guild, hook.Number, state, before, limit + 1, call.Stop);
        var page = found.Take(limit).Select(DeliveryView.Of).ToList();
        return ApiAnswer.Of(new DeliveryPage(page, found.Count > limit ? page[^1].Id : null), ApiJson.Default.DeliveryPage);
    }

    private static async Task<ApiAnswer> ReplayOneAsync(ApiCall call)
    {
        var hook = await HookAsync(call);
        if (NumberIn(call.Http.Request.RouteValues["delivery"] as string ?? "") is not { } delivery
            || !await call.Host.Store.ReplayDeliveryAsync(hook.Guild, hook.Number, delivery, call.Host.Time.GetUtcNow(), call.Stop))
            throw new Problem(404, "delivery.none", "There is no such delivery of this webhook, or it is still to be made.").AsException();
        return await ReplayedAsync(call, 1);
    }

    private static async Task<ApiAnswer> ReplayAsync(ApiCall call)
    {
        var since = DateTimeOffset.UnixEpoch;
        if (call.Body(ApiJson.Default.ReplayBody).Since is { } text
            && !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out since)) throw Problems.FaultyField("since", "is no moment such as 2024-01-20T10:30:00Z").AsException();
        var hook = await HookAsync(call);
        return await ReplayedAsync(call, await call.Host.Store.ReplayFailedAsync(hook.Guild, hook.Number, since, call.Host.Time.GetUtcNow(), call.Stop));
    }

    private static async Task<ApiAnswer> ReplayedAsync(ApiCall call, int count)
    {
        await call.Host.Webhooks.ChangedAsync(CancellationToken.None);
        return ApiAnswer.Of(new ReplayView(count), ApiJson.Default.ReplayView, StatusCodes.Status202Accepted);
    }

    private static async Task<Webhook> HookAsync(ApiCall call) =>
        NumberIn(call.Http.Request.RouteValues["hook"] as string ?? "") is { } number && await call.Host.Store.FindWebhookAsync(call.Caller.Guild, number, call.Stop) is { } hook
            ? hook
            : throw new Problem(404, "webhook.none", "There is no such webhook.").AsException();

    private static async Task<Webhook> MadeHereAsync(ApiCall call)
    {
        var hook = await HookAsync(call);
        return hook.Key is null ? hook : throw new Problem(409, "webhook.of_settings", $"This webhook stands in usher.yml as {hook.Key}, and is changed there.").AsException();
    }

    private static long? NumberIn(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
