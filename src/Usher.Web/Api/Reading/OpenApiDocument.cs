using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Usher.Desk.Values;
using Usher.Web.Api.Wire;

namespace Usher.Web.Api.Reading;

/// <summary>
/// Describes the API as OpenAPI 3.1 does, from the very table that serves it and the very types that are read and written: what is not served is not described.
/// https://spec.openapis.org/oas/v3.1.1.html
/// </summary>
internal static class OpenApiDocument
{
    private const string Json = "application/json";
    private const string ProblemJson = "application/problem+json";

    private static readonly (string Name, string Description)[] InPaths =
    [
        ("id", "The ticket: TKT and six letters or digits, or its number."), ("panel", "The panel's key."), ("hook", "The webhook's number."), ("delivery", "The delivery's number."),
        ("user", "The user's id."), ("erasure", "The erasure's number."),
    ];

    private static readonly JsonSchemaExporterOptions Exporting = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Told };

    /// <summary>The document.</summary>
    /// <param name="routes">What is served.</param>
    /// <param name="address">Where.</param>
    internal static JsonObject Of(IReadOnlyList<ApiRoute> routes, string address)
    {
        var schemas = new JsonObject();
        var paths = new JsonObject();
        foreach (var route in routes)
        {
            if (paths[route.Path] is not JsonObject path) paths[route.Path] = path = [];
            path[route.Method.ToLowerInvariant()] = Operation(route, schemas);
        }
        Reference(ApiJson.Default.ProblemBody, schemas);
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Usher",
                ["version"] = "0.1.0",
                ["description"] = "A help desk for Discord. Every request is decided as a click on Discord would be; refusals are problem details with a stable code.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = address }),
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
            ["tags"] = new JsonArray([.. routes.Select(route => route.Group).Distinct().Select(JsonNode? (group) => new JsonObject { ["name"] = group })]),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas,
                ["securitySchemes"] = new JsonObject
                {
                    ["bearer"] = new JsonObject
                    {
                        ["type"] = "http",
                        ["scheme"] = "bearer",
                        ["description"] = "An API key of Usher's (usher token create), or the access token of a member who signed in to the bot's own Discord application with the scope identify.",
                    },
                },
            },
        };
    }

    private static JsonObject Operation(ApiRoute route, JsonObject schemas)
    {
        var operation = new JsonObject
        {
            ["operationId"] = route.Name,
            ["summary"] = route.Summary,
            ["tags"] = new JsonArray(route.Group),
        };
        if (route.Scope is { } scope) operation["description"] = $"A key needs the scope `{scope}`.";
        if (Parameters(route) is { Count: > 0 } parameters) operation["parameters"] = parameters;
        if (route.Body is { } body) operation["requestBody"] = new JsonObject { ["required"] = !route.BodyIsOptional, ["content"] = Content(Json, body, schemas) };
        operation["responses"] = new JsonObject
        {
            [route.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)] = new JsonObject { ["description"] = "Done.", ["content"] = Answers(route, schemas) },
            ["default"] = new JsonObject { ["description"] = "Why it is not done.", ["content"] = Content(ProblemJson, ApiJson.Default.ProblemBody, schemas) },
        };
        return operation;
    }

    private static JsonArray Parameters(ApiRoute route)
    {
        var parameters = new JsonArray();
        foreach (var (name, description) in InPaths.Where(place => route.Path.Contains($"{{{place.Name}}}", StringComparison.Ordinal)))
            parameters.Add(Parameter(name, "path", description, required: true));
        foreach (var known in route.Query)
        {
            var parameter = Parameter(known.Name, "query", known.Description, required: false);
            if (known.Choices.Length > 0) parameter["schema"]!["enum"] = new JsonArray([.. known.Choices.Select(choice => (JsonNode?)choice)]);
            parameters.Add(parameter);
        }
        parameters.Add(Parameter(ApiDoor.GuildParameter, "query", "The guild, for members where Usher serves several; a key knows its own.", required: false));
        if (route.Changes) parameters.Add(Parameter("Idempotency-Key", "header", "Sent again with the same key, the request is done once and answered the same.", required: false));
        if (route is { Changes: true, IsOnTicket: true }) parameters.Add(Parameter("If-Match", "header", "The ETag of the ticket as it was seen: if it has changed since, nothing is done.", required: false));
        return parameters;
    }

    private static JsonObject Parameter(string name, string place, string description, bool required) => new()
    {
        ["name"] = name,
        ["in"] = place,
        ["required"] = required,
        ["description"] = description,
        ["schema"] = new JsonObject { ["type"] = "string" },
    };

    private static JsonObject Answers(ApiRoute route, JsonObject schemas)
    {
        var answers = route.Answer is { } json ? Content(Json, json, schemas) : [];
        // Bytes have no shape; that is said by giving none.
        foreach (var media in route.Files) answers[media] = media.StartsWith("text/", StringComparison.Ordinal) ? new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } } : new JsonObject();
        return answers;
    }

    private static JsonObject Content(string media, JsonTypeInfo type, JsonObject schemas) => new() { [media] = new JsonObject { ["schema"] = Reference(type, schemas) } };

    private static JsonObject Reference(JsonTypeInfo type, JsonObject schemas)
    {
        var name = type.Type.Name.Replace("Body", "", StringComparison.Ordinal).Replace("View", "", StringComparison.Ordinal);
        if (type.Type.Name.EndsWith("Body", StringComparison.Ordinal) && type.Type != typeof(ProblemBody)) name += "Request";
        if (!schemas.ContainsKey(name)) schemas[name] = Whole(type.GetJsonSchemaAsNode(Exporting));
        return new JsonObject { ["$ref"] = "#/components/schemas/" + name };
    }

    // The exporter writes a type once and points at it from elsewhere within its own document, which this is not: each place gets its own.
    private static JsonNode Whole(JsonNode schema)
    {
        Fill(schema);
        return schema;

        void Fill(JsonNode? node)
        {
            if (node is JsonArray items)
            {
                foreach (var item in items) Fill(item);
            }
            if (node is not JsonObject shape) return;
            if (shape["$ref"] is JsonValue pointer)
            {
                var there = ((string)pointer!).Split('/').Skip(1).Aggregate(schema, (at, step) => at[step]!);
                shape.Remove("$ref");
                foreach (var (name, value) in there.AsObject()) shape.TryAdd(name, value?.DeepClone());
            }
            foreach (var (_, value) in shape.ToList()) Fill(value);
        }
    }

    // What has a form of its own on the wire says so; what is not known is refused, which a schema says as well.
    private static JsonNode Told(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = context.TypeInfo.Type;
        if (OwnForm(type) is { } own) return own;
        // A value that may be missing is told of at its property: the exporter asks for the value's own form without saying that.
        foreach (var property in context.TypeInfo.Kind == JsonTypeInfoKind.Object ? context.TypeInfo.Properties : [])
        {
            if (Nullable.GetUnderlyingType(property.PropertyType) is not { } inner || OwnForm(inner) is not { } form || schema["properties"] is not JsonObject properties) continue;
            form["type"] = form["type"] is JsonArray several ? new JsonArray([.. several.Select(one => (JsonNode?)(string)one!), "null"]) : new JsonArray((string)form["type"]!, "null");
            properties[property.Name] = form;
        }
        if (schema is JsonObject told && told["required"] is JsonArray) Loosen(told);
        if (schema is JsonObject shape && type.Name.EndsWith("Body", StringComparison.Ordinal) && type != typeof(ProblemBody)) shape["additionalProperties"] = false;
        return schema;
    }

    private static JsonObject? OwnForm(Type type)
    {
        if (type == typeof(DateTimeOffset)) return new JsonObject { ["type"] = "string", ["format"] = "date-time" };
        if (type == typeof(UserId) || type == typeof(ChannelId) || type == typeof(MessageId)) return new JsonObject { ["type"] = new JsonArray("string", "integer"), ["description"] = "An id of Discord's." };
        if (type == typeof(JsonElement)) return new JsonObject { ["type"] = "object" };
        return null;
    }

    // What is null is left out of an answer.
    private static void Loosen(JsonObject shape)
    {
        var always = shape["required"]!.AsArray().Select(name => (string)name!)
            .Where(name => shape["properties"]?[name]?["type"] is not JsonArray types || types.All(type => (string?)type != "null")).ToList();
        shape.Remove("required");
        if (always.Count > 0) shape["required"] = new JsonArray([.. always.Select(name => (JsonNode?)name)]);
    }
}
