using System.Net.Http.Headers;

namespace Usher.Discord.Rest;

/// <summary>One call, as often as it must be attempted.</summary>
/// <param name="Route">Where to.</param>
internal sealed record DiscordRequest(Route Route)
{
    /// <summary>The body as JSON; null for none.</summary>
    public byte[]? Json { get; init; }

    /// <summary>Files behind the body.</summary>
    public IReadOnlyList<UploadFile> Files { get; init; } = [];

    /// <summary>Why, for the guild's audit log.</summary>
    public string? Reason { get; init; }

    /// <summary>Doing it twice is doing it once, so that it may be repeated after a failure in which it may have been done.</summary>
    public bool IsRepeatable { get; init; } = Route.Method != HttpMethod.Post;

    public HttpRequestMessage ToMessage(Uri address, AuthenticationHeaderValue authorization)
    {
        var message = new HttpRequestMessage(Route.Method, new Uri(address, Route.Path));
        if (!Route.IsBeyondGlobal) message.Headers.Authorization = authorization;
        if (Reason is not null) message.Headers.TryAddWithoutValidation("X-Audit-Log-Reason", AuditLogReason.Encode(Reason));
        message.Content = Content();
        return message;
    }

    private HttpContent? Content()
    {
        if (Files.Count > 0) return new MultipartBody(Json ?? "{}"u8.ToArray(), Files, Guid.NewGuid().ToString("N"));
        if (Json is null) return null;
        return new ByteArrayContent(Json) { Headers = { ContentType = new("application/json") } };
    }
}
