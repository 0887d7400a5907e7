using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;
using Usher.Web.Api;
using Usher.Web.Api.Reading;
using Xunit;

namespace Usher.Web.Tests.Api;

public sealed class OpenApiTests
{
    private static readonly JsonObject Document = OpenApiDocument.Of(ApiRoutes.All, "https://desk.example");

    [Fact]
    public void Every_route_is_described_and_nothing_else()
    {
        var described = Document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"));
        Assert.Equal(ApiRoutes.All.Select(route => $"{route.Method} {route.Path}").Order(), described.Order());
    }

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        var schemas = Document["components"]!["schemas"]!.AsObject();
        var references = References(Document).ToList();
        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(reference.StartsWith("#/components/schemas/", StringComparison.Ordinal) && schemas.ContainsKey(reference["#/components/schemas/".Length..]), reference));
    }

    [Fact]
    public void A_body_says_what_must_be_in_it_and_that_nothing_else_may_be()
    {
        var reply = Document["components"]!["schemas"]!["ReplyRequest"]!;
        Assert.Equal(["message"], reply["required"]!.AsArray().Select(name => (string?)name));
        Assert.False((bool)reply["additionalProperties"]!);
        Assert.Equal("boolean", (string?)reply["properties"]!["internal_note"]!["type"]);
        var create = Document["components"]!["schemas"]!["CreateTicketRequest"]!["properties"]!;
        Assert.Equal(["string", "integer", "null"], create["user_id"]!["type"]!.AsArray().Select(type => (string?)type));
        Assert.Equal(["string", "null"], Document["components"]!["schemas"]!["Ticket"]!["properties"]!["first_response_at"]!["type"]!.AsArray().Select(type => (string?)type));
        Assert.Equal("date-time", (string?)Document["components"]!["schemas"]!["Ticket"]!["properties"]!["created_at"]!["format"]);
    }

    [Fact]
    public void What_can_be_a_file_says_so()
    {
        Assert.Equal(["application/json", "text/csv", "text/html"], MediaOf("/api/tickets/{id}/export"));
        Assert.Equal(["application/json", "application/zip", "text/csv"], MediaOf("/api/export"));
        Assert.Equal(["application/zip"], MediaOf("/api/me/data"));

        static IEnumerable<string> MediaOf(string path) => Document["paths"]![path]!["get"]!["responses"]!["200"]!["content"]!.AsObject().Select(media => media.Key).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void The_page_tells_every_route_without_script_or_anything_from_elsewhere()
    {
        var page = new HtmlParser().ParseDocument(ApiPage.Of(ApiRoutes.All, Document));
        Assert.Empty(page.QuerySelectorAll("script, link, img, iframe, [style]"));
        Assert.Equal(ApiRoutes.All.Count, page.QuerySelectorAll("span.method").Length);
        Assert.All(page.QuerySelectorAll("a[href^='#']"), link => Assert.NotNull(page.GetElementById(link.GetAttribute("href")![1..])));
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject shape => shape.SelectMany(field => field.Key == "$ref" ? [(string)field.Value!] : References(field.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
