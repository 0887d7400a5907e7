using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Usher.Storage.S3;

/// <summary>A bucket of an object store that speaks as Amazon's S3 does. Objects are written whole: up to 5 GiB, which is far more than Usher keeps of one file.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html</remarks>
public sealed class S3Bucket : IDisposable
{
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);
    private const int LongestError = 4096;

    private readonly S3Settings _settings;
    private readonly Signer _signer;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    /// <summary>Uses a bucket; nothing is asked of it yet.</summary>
    public S3Bucket(S3Settings settings, TimeProvider time)
    {
        (_settings, _time) = (settings, time);
        _signer = new Signer(settings.AccessKey, settings.Secret, settings.Region);
        // A redirect would be followed with the signature of another address.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = ConnectWithin, AutomaticDecompression = DecompressionMethods.None };
        _http = new HttpClient(handler) { Timeout = AnswerWithin };
    }

    /// <summary>Writes an object; one of that name is replaced.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="size">How many they are.</param>
    /// <param name="hash">Their SHA-256 in lower-case hexadecimal digits; the bucket refuses others.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreUnavailableException">The bucket cannot be reached, or refuses.</exception>
    public async Task PutAsync(string name, Stream content, long size, string hash, CancellationToken cancellationToken)
    {
        using var body = new StreamContent(content);
        body.Headers.ContentLength = size;
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var response = await SendAsync(HttpMethod.Put, name, hash, body, from: 0, cancellationToken);
        if (!response.IsSuccessStatusCode) throw await RefusedAsync(response, cancellationToken);
    }

    /// <summary>Whether there is an object of that name and size, as far as this key may know.</summary>
    /// <exception cref="StoreUnavailableException">The bucket cannot be reached, or refuses.</exception>
    public async Task<bool> HasAsync(string name, long size, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Head, name, SignatureV4.OfNothing, body: null, from: 0, cancellationToken);
        // A key that may not list the bucket is told of nothing that is not there, and writes all the same.
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden) return false;
        if (!response.IsSuccessStatusCode) throw await RefusedAsync(response, cancellationToken);
        return response.Content.Headers.ContentLength == size;
    }

    /// <summary>The bytes of an object, which are read while they come; null when there is none.</summary>
    /// <exception cref="StoreUnavailableException">The bucket cannot be reached, or refuses.</exception>
    public async Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        var response = await GetAsync(name, from: 0, cancellationToken);
        if (response is null) return null;
        if (response.Content.Headers.ContentLength is { } length) return new S3Stream(this, name, response, length);
        response.Dispose();
        throw new StoreUnavailableException(StoreFailure.Other, $"The object store at {_settings} does not say how long an object is.");
    }

    /// <summary>Deletes an object; that there is none is as good.</summary>
    /// <exception cref="StoreUnavailableException">The bucket cannot be reached, or refuses.</exception>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Delete, name, SignatureV4.OfNothing, body: null, from: 0, cancellationToken);
        if (response.IsSuccessStatusCode || (response.StatusCode == HttpStatusCode.NotFound && await CodeOfAsync(response, cancellationToken) != "NoSuchBucket")) return;
        throw await RefusedAsync(response, cancellationToken);
    }

    /// <summary>The answer that holds an object's bytes from there on; null when there is none.</summary>
    internal async Task<HttpResponseMessage?> GetAsync(string name, long from, CancellationToken cancellationToken)
    {
        var response = await SendAsync(HttpMethod.Get, name, SignatureV4.OfNothing, body: null, from, cancellationToken);
        if (response.StatusCode == (from > 0 ? HttpStatusCode.PartialContent : HttpStatusCode.OK)) return response;
        using (response)
        {
            // A bucket that is not there says the same of an object, and must not pass for one that was deleted.
            return response.StatusCode == HttpStatusCode.NotFound && await CodeOfAsync(response, cancellationToken) != "NoSuchBucket" ? null : throw await RefusedAsync(response, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string name, string hash, HttpContent? body, long from, CancellationToken cancellationToken)
    {
        var path = $"{_settings.Endpoint.AbsolutePath.TrimEnd('/')}/{_settings.Bucket}/{_settings.Prefix}{name}";
        var address = new Uri(_settings.Endpoint, SignatureV4.PathOf(path));
        var now = _time.GetUtcNow();
        var headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["host"] = address.IsDefaultPort ? address.Host : address.Authority, ["x-amz-content-sha256"] = hash, ["x-amz-date"] = SignatureV4.DateOf(now) };
        if (from > 0) headers["range"] = string.Create(CultureInfo.InvariantCulture, $"bytes={from}-");
        using var request = new HttpRequestMessage(method, address) { Content = body };
        foreach (var (header, value) in headers.Where(header => header.Key != "host")) request.Headers.TryAddWithoutValidation(header, value);
        request.Headers.TryAddWithoutValidation("Authorization", SignatureV4.Authorize(new RequestToSign(method.Method, path, headers, hash), _signer, now));
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new StoreUnavailableException(StoreFailure.Unreachable, $"The object store at {_settings} does not answer: {failure.Message}", failure);
        }
    }

    // The service says why in a word; of the answer no more is told, for it can repeat what was signed.
    private async Task<StoreUnavailableException> RefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var (status, code) = ((int)response.StatusCode, await CodeOfAsync(response, cancellationToken));
        var passes = status is 429 or >= 500;
        var region = response.Headers.TryGetValues("x-amz-bucket-region", out var regions) ? new string([.. regions.First().Where(c => char.IsAsciiLetterOrDigit(c) || c == '-')]) : _settings.Region;
        var mend = passes ? "It is tried again."
            : region != _settings.Region ? $"The bucket is in the region {region}: set S3_REGION, and the address that S3_ENDPOINT has there."
            : "Look at S3_ENDPOINT, S3_BUCKET, S3_REGION and the key's rights.";
        return new StoreUnavailableException(passes ? StoreFailure.Unreachable : StoreFailure.Other, string.Create(CultureInfo.InvariantCulture, $"The object store at {_settings} answers {status}{(code is null ? "" : $" ({code})")}. {mend}"));
    }

    // Of an answer that is no end no more is read than the word needs, and no longer than an answer takes.
    private async Task<string?> CodeOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(LongestSilence, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await using var content = await response.Content.ReadAsStreamAsync(either.Token);
            var head = new byte[LongestError];
            var text = Encoding.UTF8.GetString(head, 0, await content.ReadAtLeastAsync(head, LongestError, throwOnEndOfStream: false, either.Token));
            var begin = text.IndexOf("<Code>", StringComparison.Ordinal);
            var end = begin < 0 ? -1 : text.IndexOf("</Code>", begin, StringComparison.Ordinal);
            return end < 0 ? null : string.Concat(text[(begin + "<Code>".Length)..end].Where(char.IsAsciiLetterOrDigit));
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>Reads on in an answer, which may fall silent.</summary>
    /// <exception cref="StoreUnavailableException">It did, or broke off.</exception>
    internal async Task<int> ReadAsync(Stream content, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(LongestSilence, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await content.ReadAsync(buffer, either.Token);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new StoreUnavailableException(StoreFailure.Unreachable, $"The object store at {_settings} broke off in the middle of a file.", failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
