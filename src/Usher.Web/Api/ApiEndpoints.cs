using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Usher.Engine;
using Usher.Web.Api.Reading;
using Usher.Web.Api.Wire;

namespace Usher.Web.Api;

/// <summary>Serves the API.</summary>
internal static class ApiEndpoints
{
    internal static void MapApi(this IEndpointRouteBuilder routes, Func<DeskHost?> desk)
    {
        var door = new ApiDoor(desk);
        foreach (var route in ApiRoutes.All) routes.MapMethods(route.Path, [route.Method], (RequestDelegate)(http => door.AnswerAsync(http, route)));
        routes.MapGet("/openapi/v1.json", http => TellAsync(http, desk, document => document.ToJsonString(), "application/json; charset=utf-8"));
        routes.MapGet("/openapi", http => TellAsync(http, desk, document => ApiPage.Of(ApiRoutes.All, document), "text/html; charset=utf-8"));
        // What is not there is told in the API's own form; a method that a path does not know, as well.
        routes.Map("/api/{**rest}", http => ApiAnswer.Of(Problems.Unknown("There is nothing at this address. /openapi/v1.json lists what there is.")).WriteAsync(http.Response, http.RequestAborted));
    }

    private static Task TellAsync(HttpContext http, Func<DeskHost?> desk, Func<JsonObject, string> tell, string contentType)
    {
        if (desk() is not { } host) return ApiAnswer.Of(Problems.Starting).WriteAsync(http.Response, http.RequestAborted);
        http.Response.ContentType = contentType;
        http.Response.Headers.ContentSecurityPolicy = ApiPage.Policy;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "no-cache";
        return http.Response.WriteAsync(tell(OpenApiDocument.Of(ApiRoutes.All, host.PublicAddress)), http.RequestAborted);
    }
}
