using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Usher.Web.Api.Wire;

/// <summary>Reads request bodies: every fault at once, each with the field that it is in; what is not known is refused by name rather than passed over.</summary>
internal static class Bodies
{
    // Examples explain themselves in comments, and are sent as they stand.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>A body as what it means. An empty one is an object without fields.</summary>
    /// <exception cref="ProblemException">It is no JSON, no object, or its fields are not those that are known.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type) where T : class
    {
        using var document = Parse(body.Length == 0 ? "{}"u8.ToArray() : body);
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw Faulty("body.not_object", "The body must be a JSON object.");
        var faults = FaultsOf(document.RootElement, type).ToList();
        if (faults.Count > 0) throw new Problem(422, "body.fields", "Some fields cannot be taken as they are.") { Errors = faults }.AsException();
        return document.RootElement.Deserialize(type)!;
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body, Strict);
        }
        catch (JsonException broken)
        {
            throw Faulty("body.not_json", $"The body is no JSON that can be read: {Where(broken)}.");
        }
        catch (InvalidOperationException)
        {
            // The reader says so of a name that is no text, such as half of an emoji.
            throw Faulty("body.not_json", "The body is no JSON that can be read: the name of a field is no text.");
        }
    }

    private static IEnumerable<FieldFault> FaultsOf(JsonElement body, JsonTypeInfo type)
    {
        var known = type.Properties.ToDictionary(property => property.Name, StringComparer.Ordinal);
        foreach (var field in body.EnumerateObject())
        {
            if (!known.Remove(field.Name, out var property)) yield return new FieldFault(field.Name, $"is not known here. There are: {string.Join(", ", type.Properties.Select(p => p.Name))}");
            else if (FaultOf(field.Value, property, type.Options) is { } fault) yield return new FieldFault(field.Name, fault);
        }
        foreach (var missing in known.Values.Where(property => property.IsRequired)) yield return new FieldFault(missing.Name, "is missing");
    }

    private static string? FaultOf(JsonElement value, JsonPropertyInfo property, JsonSerializerOptions options)
    {
        if (value.ValueKind == JsonValueKind.Null) return property.IsSetNullable ? null : "must not be null";
        try
        {
            var read = value.Deserialize(options.GetTypeInfo(property.PropertyType));
            if (HoldsNothing(read)) return "must not hold null";
            // No database holds it in text, and no person can see it.
            return HoldsNul(read) ? "holds the character U+0000" : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException or NotSupportedException)
        {
            return "must be " + NameOf(property.PropertyType);
        }
    }

    private static bool HoldsNothing(object? value) => value switch
    {
        string => false,
        IEnumerable<string?> texts => texts.Any(text => text is null),
        IDictionary<string, string?> pairs => pairs.Any(pair => pair.Value is null),
        _ => false,
    };

    private static bool HoldsNul(object? value) => value switch
    {
        string text => text.Contains('\0', StringComparison.Ordinal),
        IEnumerable<string> texts => texts.Any(HoldsNul),
        IDictionary<string, string> pairs => pairs.Any(pair => HoldsNul(pair.Key) || HoldsNul(pair.Value)),
        _ => false,
    };

    private static string NameOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var text when text == typeof(string) => "text",
        var flag when flag == typeof(bool) => "true or false",
        var map when map == typeof(Dictionary<string, string>) => "an object whose values are text",
        var list when list == typeof(string[]) => "a list of text",
        var number when number == typeof(int) => "a whole number",
        _ => "an id: a number, or its digits as text",
    };

    private static string Where(JsonException broken) =>
        broken.LineNumber is { } line ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line {line + 1}, byte {broken.BytePositionInLine + 1}") : "a field stands in it twice";

    private static ProblemException Faulty(string code, string detail) => Problems.BadRequest(code, detail).AsException();
}
