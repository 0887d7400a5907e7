using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Usher.Engine.Settings;

namespace Usher.Engine.Tests.Settings;

/// <summary>
/// Checks documents against the schema of <c>usher.yml</c>. It knows the keywords that the schema uses, and fails on any other,
/// so that none is passed over in silence.
/// </summary>
internal sealed class Schema
{
    private static readonly string[] Notes = ["$schema", "$defs", "title", "description"];
    private readonly JsonObject _root;

    internal Schema()
    {
        using var stream = typeof(Schema).Assembly.GetManifestResourceStream("usher.schema.json")!;
        _root = JsonNode.Parse(stream)!.AsObject();
    }

    /// <summary>Every schema of an object that names its keys, by the place in a file that it is for.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<string>> KeysByPlace()
    {
        var places = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        Walk(_root["else"]!, "");
        return places;

        void Walk(JsonNode? schema, string place)
        {
            if (schema is not JsonObject o) return;
            if (o["$ref"] is { } reference) Walk(Find(reference.GetValue<string>()), place);
            if (o["properties"] is JsonObject properties)
            {
                places[place] = [.. properties.Select(p => p.Key).Order(StringComparer.Ordinal)];
                foreach (var (key, inner) in properties) Walk(inner, place.Length == 0 ? key : $"{place}.{key}");
            }
            Walk(o["additionalProperties"], $"{place}.*");
            Walk(o["items"], $"{place}[]");
            foreach (var choice in (o["anyOf"] as JsonArray) ?? []) Walk(choice, place);
        }
    }

    /// <summary>What of a YAML text the schema does not take.</summary>
    internal IReadOnlyList<string> Check(string yaml)
    {
        var faults = new List<string>();
        Check(Json(YamlTree.Read(yaml, new FaultList())!), _root, "", faults);
        return faults;
    }

    private void Check(JsonNode? value, JsonNode schema, string path, List<string> faults)
    {
        if (schema is not JsonObject keywords)
        {
            if (!schema.GetValue<bool>()) faults.Add($"{path}: must not stand here");
            return;
        }
        foreach (var (keyword, argument) in keywords)
        {
            if (!Notes.Contains(keyword) && !Holds(keyword, argument!, value, keywords, path, faults)) faults.Add($"{path}: {keyword} {argument!.ToJsonString()}");
        }
    }

    private bool Holds(string keyword, JsonNode argument, JsonNode? value, JsonObject schema, string path, List<string> faults)
    {
        switch (keyword)
        {
            case "$ref": Check(value, Find(argument.GetValue<string>()), path, faults); return true;
            case "type": return (argument is JsonArray types ? types.Select(t => t!.GetValue<string>()) : [argument.GetValue<string>()]).Any(type => Is(value, type));
            case "const": return JsonNode.DeepEquals(value, argument);
            case "enum": return argument.AsArray().Any(one => JsonNode.DeepEquals(value, one));
            case "anyOf": return argument.AsArray().Any(one => Takes(value, one!));
            case "if": Check(value, Takes(value, argument) ? schema["then"]! : schema["else"]!, path, faults); return true;
            case "then" or "else": return true;
            case "pattern": return value is not JsonValue || !Is(value, "string") || Regex.IsMatch(value.GetValue<string>(), argument.GetValue<string>());
            case "minLength": return !Is(value, "string") || value!.GetValue<string>().Length >= argument.GetValue<int>();
            case "maxLength": return !Is(value, "string") || value!.GetValue<string>().Length <= argument.GetValue<int>();
            case "minimum": return !Is(value, "number") || value!.GetValue<long>() >= argument.GetValue<long>();
            case "maximum": return !Is(value, "number") || value!.GetValue<long>() <= argument.GetValue<long>();
            case "minItems": return value is not JsonArray list || list.Count >= argument.GetValue<int>();
            case "maxItems": return value is not JsonArray array || array.Count <= argument.GetValue<int>();
            case "uniqueItems": return value is not JsonArray items || items.Select(i => i?.ToJsonString()).Distinct().Count() == items.Count;
            case "items": Each(value as JsonArray, (item, place) => Check(item, argument, path + place, faults)); return true;
            case "minProperties": return value is not JsonObject some || some.Count >= argument.GetValue<int>();
            case "maxProperties": return value is not JsonObject many || many.Count <= argument.GetValue<int>();
            case "required": return value is not JsonObject holder || argument.AsArray().All(key => holder.ContainsKey(key!.GetValue<string>()));
            case "properties" or "patternProperties" or "additionalProperties" or "propertyNames": CheckProperty(keyword, argument, value as JsonObject, schema, path, faults); return true;
            default: throw new NotSupportedException($"The validator does not know {keyword}.");
        }
    }

    private void CheckProperty(string keyword, JsonNode argument, JsonObject? value, JsonObject schema, string path, List<string> faults)
    {
        foreach (var (key, inner) in value ?? [])
        {
            var place = path.Length == 0 ? key : $"{path}.{key}";
            var named = schema["properties"]?[key];
            var patterned = (schema["patternProperties"] as JsonObject)?.FirstOrDefault(p => Regex.IsMatch(key, p.Key)).Value;
            if (keyword == "propertyNames") Check(JsonValue.Create(key), argument, place, faults);
            else if (keyword == "properties" && named is not null) Check(inner, named, place, faults);
            else if (keyword == "patternProperties" && patterned is not null) Check(inner, patterned, place, faults);
            else if (keyword == "additionalProperties" && named is null && patterned is null) Check(inner, argument, place, faults);
        }
    }

    private bool Takes(JsonNode? value, JsonNode schema)
    {
        var faults = new List<string>();
        Check(value, schema, "", faults);
        return faults.Count == 0;
    }

    private JsonNode Find(string reference) => _root["$defs"]![reference["#/$defs/".Length..]]!;

    private static bool Is(JsonNode? value, string type) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        _ => value is JsonValue && value.GetValueKind() switch
        {
            JsonValueKind.String => type == "string",
            JsonValueKind.Number => type is "integer" or "number",
            _ => type == "boolean",
        },
    };

    private static void Each(JsonArray? list, Action<JsonNode?, string> action)
    {
        for (var index = 0; index < (list?.Count ?? 0); index++) action(list![index], $"[{index.ToString(CultureInfo.InvariantCulture)}]");
    }

    private static JsonNode? Json(YamlPiece piece) => piece switch
    {
        YamlMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Json(entry.Value)))),
        YamlList list => new JsonArray([.. list.Items.Select(Json)]),
        YamlScalar { IsNull: true } => null,
        // A key that has the form of a number or of yes and no is one to an editor, unless it is quoted; the schema must take both.
        YamlScalar { Text: "true" or "false" } flag => JsonValue.Create(flag.Text == "true"),
        YamlScalar scalar when long.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && scalar.Text.Length < 17 => JsonValue.Create(number),
        YamlScalar scalar => JsonValue.Create(scalar.Text),
        _ => throw new InvalidOperationException(),
    };
}
