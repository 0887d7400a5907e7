using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Usher.Web.Api.Reading;

/// <summary>The API as a page to read: no script, nothing from elsewhere, made of the same document that programs read.</summary>
internal static class ApiPage
{
    private static readonly string Style = Load("Api/Reading/openapi.css");
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What the page may load: its own style sheet, and nothing else.</summary>
    internal static string Policy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>The page.</summary>
    internal static string Of(IReadOnlyList<ApiRoute> routes, JsonObject document)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Usher's API</title><style>").Append(Style)
            .Append("</style></head><body><header><h1>Usher’s API</h1><p>Send a key as <code>Authorization: Bearer …</code>; <code>usher token create</code> makes one. Refusals are problem details with a stable <code>code</code>. For programs: <a href=\"/openapi/v1.json\">openapi/v1.json</a>.</p></header><main>");
        foreach (var group in routes.GroupBy(route => route.Group))
        {
            page.Append("<h2>").Append(Safe(group.Key)).Append("</h2>");
            foreach (var route in group) Write(page, route, document);
        }
        page.Append("<h2>Shapes</h2>");
        foreach (var (name, schema) in document["components"]!["schemas"]!.AsObject())
            page.Append("<details id=\"").Append(Safe(name)).Append("\"><summary>").Append(Safe(name)).Append("</summary><pre>").Append(Safe(schema!.ToJsonString(Indented))).Append("</pre></details>");
        return page.Append("</main></body></html>\n").ToString();
    }

    private static void Write(StringBuilder page, ApiRoute route, JsonObject document)
    {
        var operation = document["paths"]![route.Path]![route.Method.ToLowerInvariant()]!;
        page.Append("<details><summary><span class=\"method\">").Append(route.Method).Append("</span> <code>").Append(Safe(route.Path)).Append("</code> ").Append(Safe(route.Summary)).Append("</summary>");
        if (route.Scope is { } scope) page.Append("<p class=\"faint\">A key needs the scope <code>").Append(Safe(scope)).Append("</code>.</p>");
        page.Append("<table><thead><tr><th scope=\"col\">Parameter</th><th scope=\"col\">In</th><th scope=\"col\">What it says</th></tr></thead><tbody>");
        foreach (var parameter in operation["parameters"]!.AsArray()) Write(page, parameter!);
        page.Append("</tbody></table>");
        if (operation["requestBody"]?["content"]?["application/json"]?["schema"] is { } body) Link(page, "Body", body);
        if (operation["responses"]![route.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)]!["content"]!["application/json"]?["schema"] is { } answer) Link(page, "Answer", answer);
        if (route.Files.Count > 0) page.Append("<p>").Append(route.Answer is null ? "Answer: " : "Or: ").Append(Safe(string.Join(", ", route.Files))).Append("</p>");
        page.Append("</details>");
    }

    private static void Write(StringBuilder page, JsonNode parameter)
    {
        var choices = parameter["schema"]?["enum"] is JsonArray values ? " One of " + string.Join(", ", values.Select(value => (string?)value)) + "." : "";
        page.Append("<tr><td><code>").Append(Safe((string?)parameter["name"])).Append("</code></td><td>").Append(Safe((string?)parameter["in"])).Append("</td><td>")
            .Append(Safe((string?)parameter["description"] + choices)).Append("</td></tr>");
    }

    private static void Link(StringBuilder page, string what, JsonNode schema)
    {
        var name = Safe(((string?)schema["$ref"])?.Split('/')[^1]);
        page.Append("<p>").Append(what).Append(": <a href=\"#").Append(name).Append("\">").Append(name).Append("</a></p>");
    }

    private static string Safe(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    private static string Load(string name)
    {
        using var file = typeof(ApiPage).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not built in.");
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
