using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Usher.Web.Api.Wire;

/// <summary>What a request is answered with.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body, JSON; empty for none.</param>
internal sealed record ApiAnswer(int Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>What names this state of the thing.</summary>
    public string? ETag { get; init; }

    /// <summary>Where what was made is found.</summary>
    public string? Location { get; init; }

    /// <summary>When it is worth another attempt.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The media type of the body.</summary>
    public string ContentType { get; init; } = "application/json; charset=utf-8";

    /// <summary>Writes a body that is too long to be held; null for one that is.</summary>
    public Func<PipeWriter, CancellationToken, Task>? Stream { get; init; }

    /// <summary>What a browser calls the body when it keeps it as a file; null for one that is only looked at.</summary>
    public string? FileName { get; init; }

    /// <summary>Whether it was given before, to the same request.</summary>
    public bool IsReplayed { get; init; }

    public static ApiAnswer Of<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) => new(status, JsonSerializer.SerializeToUtf8Bytes(value, type));

    public static ApiAnswer Of(Problem problem)
    {
        var body = new ProblemBody("about:blank", ReasonPhrases.GetReasonPhrase(problem.Status), problem.Status, problem.Detail, problem.Code, problem.Errors.Count > 0 ? problem.Errors : null);
        return Of(body, ApiJson.Default.ProblemBody, problem.Status) with { ContentType = "application/problem+json; charset=utf-8", RetryAfter = problem.RetryAfter };
    }

    public async Task WriteAsync(HttpResponse response, CancellationToken cancellation, TimeProvider? time = null)
    {
        response.StatusCode = Status;
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.Vary = "Authorization, Accept-Language";
        if (ETag is not null) response.Headers.ETag = ETag;
        if (Location is not null) response.Headers.Location = Location;
        if (RetryAfter is { } wait) response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (IsReplayed) response.Headers["Idempotent-Replayed"] = "true";
        if (Status == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Bearer realm=\"usher\"";
        if (FileName is not null) response.Headers.ContentDisposition = $"attachment; filename=\"{FileName}\"";
        if (Stream is not null)
        {
            response.ContentType = ContentType;
            await Stream(PatientWriter.To(response, time ?? TimeProvider.System), cancellation);
            return;
        }
        if (Body.Length == 0) return;
        response.ContentType = ContentType;
        response.ContentLength = Body.Length;
        await response.Body.WriteAsync(Body, cancellation);
    }
}

/// <summary>A problem on the wire. https://www.rfc-editor.org/rfc/rfc9457</summary>
/// <param name="Type">Always <c>about:blank</c>: the code says more.</param>
/// <param name="Title">The status in words.</param>
/// <param name="Status">The status.</param>
/// <param name="Detail">Why, in plain words.</param>
/// <param name="Code">A stable name for programs.</param>
/// <param name="Errors">What is wrong with which field.</param>
internal sealed record ProblemBody(string Type, string Title, int Status, string Detail, string Code, IReadOnlyList<FieldFault>? Errors);
