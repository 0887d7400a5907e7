namespace Usher.Storage.S3;

/// <summary>Where objects are kept, and with which key.</summary>
/// <param name="Endpoint">The service's address, such as <c>https://s3.eu-central-1.amazonaws.com</c> or <c>http://localhost:9000</c>.</param>
/// <param name="Bucket">The bucket; it stands in the path.</param>
/// <param name="AccessKey">The name of the key.</param>
/// <param name="Secret">The key. Never logged.</param>
public sealed record S3Settings(Uri Endpoint, string Bucket, string AccessKey, string Secret)
{
    /// <summary>The region that requests are signed for.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>What every object's name begins with, such as <c>usher/</c>; empty for nothing.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The bucket's address: a record would print the key.</summary>
    public override string ToString() => $"{Endpoint.ToString().TrimEnd('/')}/{Bucket}";
}
