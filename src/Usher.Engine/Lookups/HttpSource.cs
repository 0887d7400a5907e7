using System.Net;
using System.Text.Json;
using Usher.Desk.Engine;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;

namespace Usher.Engine.Lookups;

/// <summary>Looks things up by a request that is answered with JSON.</summary>
internal static class HttpSource
{
    private const int MostBytes = 256 * 1024;
    private const int MostRedirects = 3;

    internal static async Task<LookedUp> FindAsync(LookupQuery query, HttpSourceSettings source, HttpClients clients, CancellationToken cancellation)
    {
        if (source.Url is not { } template) throw new SourceException("its address is not set");
        if (AddressOf(template.Value, query) is not { } address) return new LookedUp(query, FindingState.NotFound);
        using var response = await AskAsync(address, source, clients, cancellation);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.NoContent) return new LookedUp(query, FindingState.NotFound);
        if (!response.IsSuccessStatusCode) throw new SourceException($"it answers with {(int)response.StatusCode}");
        var rows = Found(await BytesAsync(response, cancellation), source);
        return rows.Count == 0 ? new LookedUp(query, FindingState.NotFound) : new LookedUp(query, FindingState.Found, [.. rows]);
    }

    /// <summary>The address with the values written in; null when one of them would lead elsewhere.</summary>
    internal static Uri? AddressOf(string template, LookupQuery query)
    {
        var leadsElsewhere = false;
        var written = SourceNames.Fill(template, name =>
        {
            var value = query[name] ?? "";
            // A path knows these two as «here» and «above», escaped or not.
            leadsElsewhere |= value.Trim() is "." or ".." or "";
            return Uri.EscapeDataString(value);
        });
        return leadsElsewhere ? null : new Uri(written);
    }

    private static async Task<HttpResponseMessage> AskAsync(Uri named, HttpSourceSettings source, HttpClients clients, CancellationToken cancellation)
    {
        var address = named;
        for (var hop = 0; ; hop++)
        {
            var own = Uri.Compare(address, named, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.ParseAdd("application/json");
            request.Headers.UserAgent.ParseAdd("Usher");
            // What the settings send along, a key perhaps, is for whom they name alone.
            foreach (var header in own ? source.Headers : []) request.Headers.TryAddWithoutValidation(header.Name, header.Value.Value);
            var response = await (own || source.PrivateRedirects ? clients.Named : clients.Public).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location) return response;
            response.Dispose();
            if (hop == MostRedirects) throw new SourceException("it redirects again and again");
            address = new Uri(address, location);
            if (address.Scheme is not ("http" or "https")) throw new SourceException("it redirects to what is no web address");
        }
    }

    private static async Task<byte[]> BytesAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentLength > MostBytes) throw new SourceException("its answer is too long");
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            if (bytes.Length + read > MostBytes) throw new SourceException("its answer is too long");
            bytes.Write(buffer, 0, read);
        }
        return bytes.ToArray();
    }

    /// <summary>The rows of an answer.</summary>
    internal static IReadOnlyList<FoundRow> Found(byte[] answer, HttpSourceSettings source)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            var at = source.Rows is { } path ? JsonPath.Find(json.RootElement, path) : json.RootElement;
            return at switch
            {
                { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Take(Rows.Most(source)).Select(Row).Where(HasSomething)],
                { ValueKind: JsonValueKind.Object } one => [.. new[] { Row(one) }.Where(HasSomething)],
                _ => [],
            };
        }
        catch (JsonException)
        {
            throw new SourceException("its answer is not JSON");
        }

        FoundRow Row(JsonElement element) => Rows.Found(source, name => JsonPath.Find(element, name) is { } found ? JsonPath.Value(found) : null);

        static bool HasSomething(FoundRow row) => row.Fields.Count > 0 || row.Value.Length > 0;
    }
}
