using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Usher.Engine;
using Usher.Web.Api.Wire;

namespace Usher.Web.Api;

/// <summary>Serves the API.</summary>
internal static class ApiEndpoints
{
    internal static void MapApi(this IEndpointRouteBuilder routes, Func<DeskHost?> desk)
    {
        var door = new ApiDoor(desk);
        foreach (var route in ApiRoutes.All) routes.MapMethods(route.Path, [route.Method], (RequestDelegate)(http => door.AnswerAsync(http, route)));
        // What is not there is told in the API's own form; a method that a path does not know, as well.
        routes.Map("/api/{**rest}", http => ApiAnswer.Of(Problems.Unknown("There is nothing at this address. /openapi/v1.json lists what there is.")).WriteAsync(http.Response, http.RequestAborted));
    }
}
