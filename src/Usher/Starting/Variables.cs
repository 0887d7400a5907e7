using Usher.Storage.Postgres;
using Usher.Storage.S3;
using Usher.Web.Metrics;

namespace Usher.Starting;

/// <summary>Reads the environment variables of <c>usher serve</c>; what is wrong with them goes to the faults.</summary>
internal sealed class Variables(IReadOnlyDictionary<string, string> environment, List<string> faults)
{
    private const int ShortestToken = 16;
    private const string Discord = "https://discord.com/api/v10/";

    internal string Token()
    {
        var token = Of("DISCORD_TOKEN");
        if (token is null)
            faults.Add("DISCORD_TOKEN is not set. Put DISCORD_TOKEN=… into .env or the environment; the Bot page of Discord's developer portal gives it.");
        else if (token.Any(char.IsWhiteSpace))
            faults.Add("DISCORD_TOKEN has a blank in it. Copy the token alone, without «Bot» before it.");
        return token ?? "";
    }

    internal Uri ApiAddress()
    {
        if (Of("DISCORD_API_URL") is not { } written) return new Uri(Discord);
        // Without the slash at its end the last part would be lost when a route is joined to it.
        return WebAddress("DISCORD_API_URL", written, Discord.TrimEnd('/')) is { } address ? new Uri(address + "/") : new Uri(Discord);
    }

    internal string DatabaseUrl(DirectoryInfo data)
    {
        if (Of("DATABASE_URL") is not { } url) return "sqlite:" + Path.Combine(data.FullName, "usher.db");
        if (PostgresUrl.IsOne(url))
        {
            // What is wrong is said without the address: it holds a password.
            if (PostgresUrl.Read(url, out var wrong) is null) faults.Add($"DATABASE_URL: {wrong} {PostgresUrl.Shape}");
        }
        else if (!url.StartsWith("sqlite:", StringComparison.Ordinal) || url.Length == "sqlite:".Length)
            faults.Add("DATABASE_URL is not a database that Usher knows. Write postgres://user:password@host/database, or sqlite:PATH such as sqlite:data/usher.db, or leave it away.");
        return url;
    }

    internal string? PublicAddress() => Of("USHER_URL") is { } written ? WebAddress("USHER_URL", written, "https://desk.example.org") : null;

    /// <summary>The bucket for attachments; null when none is named.</summary>
    internal S3Settings? Bucket()
    {
        string[] names = ["S3_ENDPOINT", "S3_BUCKET", "S3_ACCESS_KEY", "S3_SECRET_KEY"];
        var missing = names.Where(name => Of(name) is null).ToList();
        if (missing.Count == names.Length)
        {
            foreach (var alone in ((string[])["S3_REGION", "S3_PREFIX"]).Where(name => Of(name) is not null)) faults.Add($"{alone} is set, and no bucket is. Set {string.Join(", ", names)}, or leave it away.");
            return null;
        }
        // Half a bucket would quietly keep everything in the folder.
        foreach (var name in missing) faults.Add($"{name} is not set. Attachments go to a bucket when {string.Join(", ", names)} are all set, and into the data folder when none is.");
        var endpoint = Of("S3_ENDPOINT") is { } written ? WebAddress("S3_ENDPOINT", written, "https://s3.eu-central-1.amazonaws.com") : null;
        if (Of("S3_BUCKET") is { } said && !IsName(said)) faults.Add($"S3_BUCKET is «{said}», which is no bucket's name. Write its name alone, such as usher-files.");
        var prefix = Of("S3_PREFIX")?.Trim('/') ?? "";
        if (prefix.Length > 0 && !prefix.Split('/').All(IsName)) faults.Add($"S3_PREFIX is «{prefix}». Write letters, digits, - . _ and slashes, such as usher/files.");
        if (missing.Count > 0 || endpoint is null) return null;
        return new S3Settings(new Uri(endpoint + "/"), Of("S3_BUCKET")!, Of("S3_ACCESS_KEY")!, Of("S3_SECRET_KEY")!)
        {
            Region = Of("S3_REGION") ?? "us-east-1",
            Prefix = prefix.Length > 0 ? prefix + "/" : "",
        };
    }

    // Dots alone would be a way up.
    private static bool IsName(string text) => text.Length is > 0 and <= 63 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_') && text.Any(char.IsAsciiLetterOrDigit);

    /// <summary>Who may read what is measured.</summary>
    internal MetricsAccess Metrics()
    {
        var (where, token) = (Of("USHER_METRICS"), Of("USHER_METRICS_TOKEN"));
        if (where is not (null or "off" or "local")) faults.Add($"USHER_METRICS is «{where}». Write local, for who asks from this machine, or off; USHER_METRICS_TOKEN=… lets in whoever knows it.");
        if (token?.Length < ShortestToken) faults.Add($"USHER_METRICS_TOKEN has fewer than {ShortestToken} letters. Take one that nobody guesses, such as what openssl rand -hex 24 gives.");
        return new MetricsAccess(token, where == "local");
    }

    /// <summary>Checks what is not otherwise read here.</summary>
    internal void CheckRest()
    {
        if (Of("USHER_ROLES") is { } roles && roles != "all" && !IsEverything(roles))
            faults.Add($"USHER_ROLES is «{roles}», and this version runs as one process. Write all, or leave it away.");
        CheckTelemetry();
    }

    internal void CheckTelemetry()
    {
        if (Of(Telemetry.EndpointName) is { } endpoint) WebAddress(Telemetry.EndpointName, endpoint, "http://localhost:4317");
    }

    private static bool IsEverything(string roles) =>
        roles.Split(',', StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal).SetEquals(["gateway", "worker", "web"]);

    private string? WebAddress(string name, string written, string example)
    {
        if (Uri.TryCreate(written, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address is { Query: "", Fragment: "" }) return address.ToString().TrimEnd('/');
        faults.Add($"{name} is «{written}», which is not a web address. Write it like {example}.");
        return null;
    }

    private string? Of(string name) => environment.TryGetValue(name, out var value) && value.Trim() is { Length: > 0 } said ? said : null;
}
