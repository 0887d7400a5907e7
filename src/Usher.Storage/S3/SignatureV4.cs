using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Usher.Storage.S3;

/// <summary>A request as it is signed.</summary>
/// <param name="Method">GET, PUT, HEAD or DELETE.</param>
/// <param name="Path">The path, not encoded, beginning with a slash.</param>
/// <param name="Headers">The headers that are signed, with lower-case names; <c>host</c> and <c>x-amz-date</c> among them.</param>
/// <param name="PayloadHash">The SHA-256 of the body in lower-case hexadecimal digits.</param>
internal sealed record RequestToSign(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string PayloadHash)
{
    /// <summary>The parameters of the query, not encoded.</summary>
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();
}

/// <summary>Who signs, and for where.</summary>
/// <param name="AccessKey">The name of the key.</param>
/// <param name="Secret">The key.</param>
/// <param name="Region">The region, such as <c>eu-central-1</c>.</param>
/// <param name="Service">The service; <c>s3</c>.</param>
internal sealed record Signer(string AccessKey, string Secret, string Region, string Service = "s3")
{
    /// <inheritdoc/>
    public override string ToString() => $"{AccessKey} in {Region}";
}

/// <summary>Signs requests as Amazon's services and those that speak like them want it. Pure.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html</remarks>
internal static class SignatureV4
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string Ending = "aws4_request";

    /// <summary>The SHA-256 of no bytes.</summary>
    public const string OfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>A moment as the header <c>x-amz-date</c> has it.</summary>
    public static string DateOf(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>What the header <c>Authorization</c> holds.</summary>
    public static string Authorize(RequestToSign request, Signer signer, DateTimeOffset at)
    {
        var names = string.Join(';', request.Headers.Keys.Order(StringComparer.Ordinal));
        var scope = $"{DateOf(at)[..8]}/{signer.Region}/{signer.Service}/{Ending}";
        var toSign = $"{Algorithm}\n{DateOf(at)}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalOf(request, names))))}";
        return $"{Algorithm} Credential={signer.AccessKey}/{scope}, SignedHeaders={names}, Signature={Hex(Mac(KeyOf(signer, at), toSign))}";
    }

    /// <summary>A path as it stands in the address: every part encoded, the slashes left.</summary>
    public static string PathOf(string path) => string.Join('/', path.Split('/').Select(Encode));

    private static string CanonicalOf(RequestToSign request, string names)
    {
        var query = request.Query.Select(pair => (Name: Encode(pair.Key), Value: Encode(pair.Value))).OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal);
        var headers = request.Headers.OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}:{header.Value.Trim()}\n");
        return string.Join('\n', request.Method, PathOf(request.Path), string.Join('&', query.Select(pair => $"{pair.Name}={pair.Value}")), string.Concat(headers), names, request.PayloadHash);
    }

    private static byte[] KeyOf(Signer signer, DateTimeOffset at)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + signer.Secret);
        foreach (var part in (ReadOnlySpan<string>)[DateOf(at)[..8], signer.Region, signer.Service, Ending]) key = Mac(key, part);
        return key;
    }

    // What RFC 3986 leaves as it is, and nothing else.
    private static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var one in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)one) || one is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~') encoded.Append((char)one);
            else encoded.Append('%').Append(one.ToString("X2", CultureInfo.InvariantCulture));
        }
        return encoded.ToString();
    }

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
