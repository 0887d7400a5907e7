using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.OAuth2;

/// <summary>
/// Signing in with Discord: the page on which a member agrees, and the addresses where a code becomes tokens and tokens end. What Discord documents of the code grant, and no more.
/// <see href="https://discord.com/developers/docs/topics/oauth2#authorization-code-grant"/>
/// </summary>
internal sealed class AuthorizationServer(DiscordWorld world, BoxOptions options)
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

    // The box knows no sessions: whoever signs in says who they are.
    private const string Person = "as";

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/oauth2/authorize", AskAsync);
        app.MapPost("/oauth2/authorize", AgreeAsync);
        foreach (var root in (string[])["/api", "/api/v10"])
        {
            app.MapPost(root + "/oauth2/token", TokenAsync);
            app.MapPost(root + "/oauth2/token/revoke", RevokeAsync);
        }
    }

    private Task AskAsync(HttpContext http)
    {
        lock (world.Gate)
        {
            if (Read(http.Request.Query, out var wish) is { } fault) return SayAsync(http, fault);
            var people = string.Concat(world.Users.Where(user => !user.IsBot).OrderBy(user => user.Id).Select(user => $"<button name=\"{Person}\" value=\"{user.Id}\">{Safe(user.DisplayName)}</button> "));
            return ShowAsync(http, 200, $"""
                <h1>{Safe(wish.Application.Name)} wants to access your account</h1>
                <p>It asks for: <b>{Safe(string.Join(", ", wish.Scopes))}</b>. You will be sent back to {Safe(wish.RedirectUri)}.</p>
                <form method="post" action="{Safe(http.Request.Path + http.Request.QueryString)}"><p>Authorize as</p>{people}<p><button name="deny" value="1">Cancel</button></p></form>
                """);
        }
    }

    private async Task AgreeAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        string address;
        lock (world.Gate)
        {
            if (Read(http.Request.Query, out var wish) is { } fault)
            {
                address = "";
                http.Items["fault"] = fault;
            }
            else
            {
                var back = new Dictionary<string, string?>(StringComparer.Ordinal);
                if (form.ContainsKey("deny")) (back["error"], back["error_description"]) = ("access_denied", "The resource owner or authorization server denied the request");
                else if (Snowflake.TryParse(form[Person].ToString(), out var id) && world.FindUser(id) is { IsBot: false } user) back["code"] = world.Authorizations.Agree(wish.Application, user, wish.Scopes, wish.RedirectUri);
                else http.Items["fault"] = "Say who you are.";
                if (wish.State is { } state) back["state"] = state;
                address = QueryHelpers.AddQueryString(wish.RedirectUri, back);
            }
        }
        if (http.Items["fault"] is string wrong) await SayAsync(http, wrong);
        else http.Response.Redirect(address);
    }

    private async Task TokenAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
        {
            await FailAsync(http, "invalid_request");
            return;
        }
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        (string? Error, AuthorizationState? Granted) outcome;
        lock (world.Gate) outcome = Exchange(http.Request, form);
        if (outcome.Granted is not { } granted)
        {
            await FailAsync(http, outcome.Error!);
            return;
        }
        await WriteAsync(http, 200, Payloads.Bytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("token_type", "Bearer");
            writer.WriteString("access_token", granted.AccessToken);
            writer.WriteNumber("expires_in", (long)(granted.ExpiresAt - options.Time.GetUtcNow()).TotalSeconds);
            writer.WriteString("refresh_token", granted.RefreshToken);
            writer.WriteString("scope", string.Join(' ', granted.Scopes));
            writer.WriteEndObject();
        }));
    }

    private async Task RevokeAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
        {
            await FailAsync(http, "invalid_request");
            return;
        }
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        ApplicationState? application;
        lock (world.Gate)
        {
            application = ClientOf(http.Request, form);
            if (application is not null) world.Authorizations.Revoke(application, form["token"].ToString());
        }
        if (application is null) await FailAsync(http, "invalid_client");
        else await WriteAsync(http, 200, "{}"u8.ToArray());
    }

    private (string? Error, AuthorizationState? Granted) Exchange(HttpRequest request, IFormCollection form)
    {
        if (ClientOf(request, form) is not { } application) return ("invalid_client", null);
        return form["grant_type"].ToString() switch
        {
            "authorization_code" => world.Authorizations.Exchange(application, form["code"].ToString(), form["redirect_uri"].ToString()) is { } granted ? (null, granted) : ("invalid_grant", null),
            "refresh_token" => world.Authorizations.Refresh(application, form["refresh_token"].ToString()) is { } refreshed ? (null, refreshed) : ("invalid_grant", null),
            _ => ("unsupported_grant_type", null),
        };
    }

    // By HTTP Basic or in the form, as Discord takes both.
    private ApplicationState? ClientOf(HttpRequest request, IFormCollection form)
    {
        var (id, secret) = (form["client_id"].ToString(), form["client_secret"].ToString());
        if (AuthenticationHeaderValue.TryParse(request.Headers.Authorization.ToString(), out var header) && header is { Scheme: "Basic", Parameter: { } parameter })
        {
            var bytes = new byte[parameter.Length];
            if (!Convert.TryFromBase64String(parameter, bytes, out var length) || Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is not [var user, var password]) return null;
            (id, secret) = (user, password);
        }
        return Snowflake.TryParse(id, out var client) && world.FindApplication(client) is { } application && application.ClientSecret == secret ? application : null;
    }

    private string? Read(IQueryCollection query, out Wish wish)
    {
        wish = null!;
        if (!Snowflake.TryParse(query["client_id"].ToString(), out var id) || world.FindApplication(id) is not { } application) return "Unknown Application";
        if (query["response_type"].ToString() != "code") return "The box knows response_type=code alone.";
        var redirect = query["redirect_uri"].ToString();
        if (!application.RedirectUris.Contains(redirect)) return "Invalid OAuth2 redirect_uri";
        var scopes = query["scope"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (scopes.Length == 0 || scopes.Any(scope => scope is not ("identify" or "guilds" or "guilds.members.read" or "email"))) return "The requested scope is invalid, unknown, or malformed.";
        wish = new Wish(application, redirect, scopes, query["state"].ToString() is { Length: > 0 } state ? state : null);
        return null;
    }

    private static Task FailAsync(HttpContext http, string error) => WriteAsync(http, error == "invalid_client" ? 401 : 400, Payloads.Bytes(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("error", error);
        writer.WriteEndObject();
    }));

    private static Task WriteAsync(HttpContext http, int status, byte[] body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    private static Task SayAsync(HttpContext http, string sentence) => ShowAsync(http, 400, $"<h1>{Safe(sentence)}</h1>");

    private static Task ShowAsync(HttpContext http, int status, string body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.ContentSecurityPolicy = Policy;
        return http.Response.WriteAsync(
            $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Authorize</title><style>body{{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem;color-scheme:light dark}}button{{font:inherit;padding:.5rem 1rem;margin:.2rem}}</style></head><body>{body}</body></html>",
            http.RequestAborted);
    }

    private static string Safe(string text) => HtmlEncoder.Default.Encode(text);

    private sealed record Wish(ApplicationState Application, string RedirectUri, IReadOnlyList<string> Scopes, string? State);
}
