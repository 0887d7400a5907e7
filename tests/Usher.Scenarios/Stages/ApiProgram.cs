using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Usher.Desk.Values;
using Usher.Storage;
using Usher.Web.Api;
using Usher.Web.Api.Callers;

namespace Usher.Scenarios.Stages;

/// <summary>A program that calls the API with a token.</summary>
public sealed class ApiProgram(Stage stage, string token)
{
    /// <summary>A program with a key of its own; without scopes it was given all of them.</summary>
    public static async Task<ApiProgram> WithKeyAsync(
        Stage stage, string[]? scopes = null, string[]? departments = null, bool manager = false, UserId? actsAs = null, int perMinute = 6000, DateTimeOffset? until = null, string name = "CRM")
    {
        var guild = stage.Settings.Guild;
        var token = ApiTokens.New(guild);
        var key = new ApiKey(guild, 0, name, scopes?.ToValueList() ?? Scopes.All, perMinute, stage.Clock.GetUtcNow())
        {
            Departments = (departments ?? []).ToValueList(),
            IsManager = manager,
            ActsAs = actsAs,
            ExpiresAt = until,
        };
        await stage.Desk.Store.AddApiKeyAsync(key, ApiTokens.HashOf(token), new ApiKeyEvent(stage.Clock.GetUtcNow(), "test", "created"), Now);
        return new ApiProgram(stage, token);
    }

    public string Token => token;

    public Task<ApiReply> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<ApiReply> PostAsync(string path, string? json = null, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, json, headers);

    public Task<ApiReply> PutAsync(string path, string json, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Put, path, json, headers);

    /// <summary>Sends a request; whatever it sets going is done when this returns.</summary>
    public async Task<ApiReply> SendAsync(HttpMethod method, string path, string? json, params (string Name, string Value)[] headers)
    {
        var reply = await SentAsync(method, path, json, headers);
        await stage.SettlesAsync();
        return reply;
    }

    /// <summary>Sends a request, and does not wait for what it sets going.</summary>
    public async Task<ApiReply> SentAsync(HttpMethod method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        var content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(method, new Uri(stage.Address + path)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await stage.Browser.SendAsync(request, Now);
        return await ApiReply.OfAsync(response, Now);
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;
}

/// <summary>What the API answered.</summary>
public sealed record ApiReply(int Status, JsonElement Body, string Text, HttpResponseHeaders Headers)
{
    public static async Task<ApiReply> OfAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var text = await response.Content.ReadAsStringAsync(cancellation);
        var body = text.StartsWith('{') ? JsonSerializer.Deserialize<JsonElement>(text) : default;
        return new ApiReply((int)response.StatusCode, body, text, response.Headers);
    }

    /// <summary>A text of the body; null when it is not there.</summary>
    public string? this[string field] => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(field, out var value) ? value.ToString() : null;

    /// <summary>The problem's status and code, or 200 to 299 and nothing.</summary>
    public (int Status, string? Code) Verdict => (Status, this["code"]);
}
