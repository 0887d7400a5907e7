using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Usher.Discord.Model;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire;

/// <summary>Attachments' bytes, open to whoever knows the address, as on Discord's CDN.</summary>
internal static class Files
{
    public static void Map(IEndpointRouteBuilder app, DiscordWorld world) => app.MapGet("/cdn/attachments/{channel}/{id}/{filename}", context => ServeAsync(context, world));

    private static async Task ServeAsync(HttpContext context, DiscordWorld world)
    {
        if (!Snowflake.TryParse((string?)context.Request.RouteValues["id"], out var id) || world.FindAttachment(id) is not { } file)
        {
            context.Response.StatusCode = 404;
            return;
        }
        context.Response.ContentType = file.ContentType ?? "application/octet-stream";
        context.Response.ContentLength = file.Bytes.Length;
        // Files come from anybody; a browser that shows one must not run it in the page's name.
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await context.Response.Body.WriteAsync(file.Bytes, context.RequestAborted);
    }
}
