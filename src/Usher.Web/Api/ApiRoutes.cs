using Usher.Web.Api.Guilds;
using Usher.Web.Api.Privacy;
using Usher.Web.Api.Searching;
using Usher.Web.Api.Tickets;
using Usher.Web.Api.Webhooks;

namespace Usher.Web.Api;

/// <summary>Every route of the API.</summary>
internal static class ApiRoutes
{
    internal static IReadOnlyList<ApiRoute> All { get; } =
    [
        .. OpeningRoutes.All,
        .. ReadingRoutes.All,
        .. WorkingRoutes.All,
        .. TranscriptRoutes.All,
        .. StatisticsRoutes.All,
        .. SearchRoutes.All,
        .. ExportRoutes.All,
        .. GuildRoutes.All,
        .. WebhookRoutes.All,
        .. AuditRoutes.All,
        .. DataRoutes.All,
        .. ErasureRoutes.All,
    ];
}
