using System.Globalization;
using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Rest;

/// <summary>
/// Reads a JSON object strictly: what is wrong is noted in Discord's words at its path; what the box does not model is refused as such.
/// <see href="https://discord.com/developers/docs/reference#error-messages"/>
/// </summary>
internal readonly struct Fields
{
    private readonly JsonElement _body;
    private readonly string _path;

    public Fields(JsonElement body, string path, FormRefusal faults)
    {
        _body = body;
        _path = path;
        Faults = faults;
        if (body.ValueKind != JsonValueKind.Object) Faults.Add(path, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
    }

    public FormRefusal Faults { get; }

    public bool IsObject => _body.ValueKind == JsonValueKind.Object;

    public string At(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    /// <summary>Refuses, as not modelled, every field that is not named here and says something.</summary>
    /// <exception cref="NotModelledException">There is one.</exception>
    public void Only(params ReadOnlySpan<string> known)
    {
        if (!IsObject) return;
        foreach (var field in _body.EnumerateObject())
        {
            if (known.Contains(field.Name) || SaysNothing(field.Value)) continue;
            throw new NotModelledException($"the field “{At(field.Name)}”");
        }
    }

    public bool Has(string name) => IsObject && _body.TryGetProperty(name, out _);

    public bool IsNull(string name) => IsObject && _body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Null;

    /// <summary>The raw value, undefined where it is absent or null.</summary>
    public JsonElement Raw(string name) => IsObject && _body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : default;

    public string? Text(string name, int min = 0, int max = int.MaxValue, bool required = false)
    {
        var value = Required(name, required);
        if (value.ValueKind == JsonValueKind.Undefined) return null;
        if (value.ValueKind != JsonValueKind.String)
        {
            Faults.Add(At(name), "STRING_TYPE_CONVERT", "Could not interpret value as string.");
            return null;
        }
        var text = value.GetString()!;
        var length = LengthOf(text);
        if (length == 0 && min > 0 && required) Faults.Add(At(name), "BASE_TYPE_REQUIRED", "This field is required");
        else if (length < min || length > max)
        {
            if (min > 0) Faults.Add(At(name), "BASE_TYPE_BAD_LENGTH", $"Must be between {min} and {max} in length.");
            else Faults.Add(At(name), "BASE_TYPE_MAX_LENGTH", $"Must be {max} or fewer in length.");
        }
        return text;
    }

    public bool? Flag(string name)
    {
        var value = Raw(name);
        if (value.ValueKind == JsonValueKind.Undefined) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Faults.Add(At(name), "BOOLEAN_TYPE_CONVERT", "Must be either true or false.");
        return null;
    }

    public int? Number(string name, int min = int.MinValue, int max = int.MaxValue, bool required = false)
    {
        var value = Required(name, required);
        if (value.ValueKind == JsonValueKind.Undefined) return null;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var number))
        {
            Faults.Add(At(name), "NUMBER_TYPE_COERCE", $"Value \"{value}\" is not int.");
            return null;
        }
        if (number < min) Faults.Add(At(name), "NUMBER_TYPE_MIN", $"int value should be greater than or equal to {min}.");
        else if (number > max) Faults.Add(At(name), "NUMBER_TYPE_MAX", $"int value should be less than or equal to {max}.");
        return number;
    }

    public int? OneOf(string name, ReadOnlySpan<int> choices, bool required = false)
    {
        var number = Number(name, required: required);
        if (number is not { } value || choices.Contains(value)) return number;
        Faults.Add(At(name), "BASE_TYPE_CHOICES", $"Value must be one of {{{string.Join(", ", choices.ToArray())}}}.");
        return null;
    }

    public Snowflake? Id(string name, bool required = false)
    {
        var value = Required(name, required);
        if (value.ValueKind == JsonValueKind.Undefined) return null;
        if (SnowflakeOf(value) is { } id) return id;
        Faults.Add(At(name), "NUMBER_TYPE_COERCE", $"Value \"{value}\" is not snowflake.");
        return null;
    }

    public Permissions? Bits(string name)
    {
        var value = Raw(name);
        if (value.ValueKind == JsonValueKind.Undefined) return null;
        var text = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bits)) return (Permissions)bits;
        Faults.Add(At(name), "NUMBER_TYPE_COERCE", $"Value \"{value}\" is not int.");
        return null;
    }

    /// <summary>The elements of a list, with the path of each; empty where it is absent.</summary>
    public IReadOnlyList<(JsonElement Element, string Path)> List(string name, int min = 0, int max = int.MaxValue, bool required = false)
    {
        var value = Required(name, required);
        if (value.ValueKind == JsonValueKind.Undefined) return [];
        if (value.ValueKind != JsonValueKind.Array)
        {
            Faults.Add(At(name), "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
            return [];
        }
        var count = value.GetArrayLength();
        if (count < min || count > max)
        {
            if (min > 0) Faults.Add(At(name), "BASE_TYPE_BAD_LENGTH", $"Must be between {min} and {max} in length.");
            else Faults.Add(At(name), "BASE_TYPE_MAX_LENGTH", $"Must be {max} or fewer in length.");
        }
        var path = At(name);
        return value.EnumerateArray().Select((element, index) => (element, $"{path}.{index}")).ToList();
    }

    public IReadOnlyList<Snowflake> Ids(string name, int max = int.MaxValue)
    {
        var ids = new List<Snowflake>();
        foreach (var (element, path) in List(name, 0, max))
        {
            if (SnowflakeOf(element) is { } id) ids.Add(id);
            else Faults.Add(path, "NUMBER_TYPE_COERCE", $"Value \"{element}\" is not snowflake.");
        }
        return ids;
    }

    public Fields Inner(string name) => new(Raw(name), At(name), Faults);

    /// <summary>Discord counts what people see as characters, not UTF-16's halves.</summary>
    public static int LengthOf(string text)
    {
        var length = text.Length;
        foreach (var unit in text)
        {
            if (char.IsLowSurrogate(unit)) length--;
        }
        return length;
    }

    private static Snowflake? SnowflakeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when Snowflake.TryParse(value.GetString(), out var id) => id,
        JsonValueKind.Number when value.TryGetUInt64(out var number) => new Snowflake(number),
        _ => null,
    };

    private static bool SaysNothing(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.String => value.ValueEquals(""u8),
        JsonValueKind.Number => value.TryGetInt64(out var number) && number == 0,
        _ => false,
    };

    private JsonElement Required(string name, bool required)
    {
        var value = Raw(name);
        if (required && value.ValueKind == JsonValueKind.Undefined && IsObject) Faults.Add(At(name), "BASE_TYPE_REQUIRED", "This field is required");
        return value;
    }
}
