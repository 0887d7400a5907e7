using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Cast;

// Finding things on the screen.
public sealed partial class Person
{
    /// <summary>Every component of a message, however deep, in order.</summary>
    public static IReadOnlyList<JsonElement> ComponentsOf(MessageState message)
    {
        var found = new List<JsonElement>();
        Gather(message.Components, found);
        return found;
    }

    /// <summary>All the text of a message: its content and its text displays, a line each.</summary>
    public static string TextOf(MessageState message) => string.Join(
        '\n',
        ComponentsOf(message).Where(c => TypeOf(c) == 10).Select(c => c.GetProperty("content").GetString()).Prepend(message.Content).Where(text => !string.IsNullOrEmpty(text)));

    /// <summary>The labels of the buttons of a message, in order; links among them.</summary>
    public static IReadOnlyList<string> ButtonsOf(MessageState message) =>
        [.. ComponentsOf(message).Where(c => TypeOf(c) == 2).Select(c => c.TryGetProperty("label", out var label) ? label.GetString() ?? "" : "")];

    private (MessageState Message, JsonElement Component) FindComponent(ChannelState where, Func<JsonElement, bool> wanted, string what)
    {
        foreach (var message in Sees(where).Reverse())
        {
            var component = ComponentsOf(message).FirstOrDefault(wanted);
            if (component.ValueKind != JsonValueKind.Undefined) return (message, component);
        }
        throw new NotOnScreenException($"{Name} sees no {what["a ".Length..]} in #{where.Name}.");
    }

    private static void Gather(JsonElement element, List<JsonElement> found)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray()) Gather(item, found);
            return;
        }
        if (element.ValueKind != JsonValueKind.Object) return;
        found.Add(element);
        foreach (var inner in (string[])["components", "component", "accessory"])
        {
            if (element.TryGetProperty(inner, out var within)) Gather(within, found);
        }
    }

    private static int TypeOf(JsonElement component) => component.TryGetProperty("type", out var type) && type.TryGetInt32(out var number) ? number : 0;

    private static int IdOf(JsonElement component) => component.GetProperty("id").GetInt32();

    private static string? CustomIdOf(JsonElement component) => component.TryGetProperty("custom_id", out var id) ? id.GetString() : null;

    private static bool IsButton(JsonElement component) => TypeOf(component) == 2 && CustomIdOf(component) is not null;

    private static bool Says(JsonElement component, string text) =>
        CustomIdOf(component) == text
        || (component.TryGetProperty("label", out var label) && label.GetString() == text)
        || (component.TryGetProperty("placeholder", out var placeholder) && placeholder.GetString() == text);

    private static string ValueOf(JsonElement select, string choice)
    {
        if (!select.TryGetProperty("options", out var options)) return IdIn(choice);
        foreach (var option in options.EnumerateArray())
        {
            var value = option.GetProperty("value").GetString()!;
            if (value == choice || option.GetProperty("label").GetString() == choice) return value;
        }
        throw new NotOnScreenException($"The select has no option “{choice}”.");
    }

    // «<@1>», «<@&1>», «<#1>» or the id itself; anything else stays.
    private static string IdIn(string text)
    {
        var trimmed = text.Trim('<', '>').TrimStart('@', '#', '&', '!');
        return text.StartsWith('<') && Snowflake.TryParse(trimmed, out _) ? trimmed : text;
    }

    private JsonObject? Resolved(ChannelState where, int componentType, IReadOnlyList<string> values)
    {
        if (where.Guild is not { } guild || componentType is not (5 or 6 or 7 or 8)) return null;
        var resolved = new JsonObject();
        foreach (var value in values)
        {
            if (!Snowflake.TryParse(value, out var id)) continue;
            if (guild.MemberIndex.TryGetValue(id, out var member))
            {
                Into(resolved, "users", id, Element(json => Payloads.User(json, member.User)));
                Into(resolved, "members", id, Element(json => Payloads.ResolvedMember(json, member, _world.PermissionsOf(member.User, where))));
            }
            else if (guild.RoleIndex.TryGetValue(id, out var role)) Into(resolved, "roles", id, Element(json => Payloads.Role(json, role)));
            else if (guild.ChannelIndex.TryGetValue(id, out var channel)) Into(resolved, "channels", id, Element(json => PartialChannel(json, channel)));
        }
        return resolved;
    }

    // The partial channel of resolved data: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-resolved-data-structure
    private static void PartialChannel(Utf8JsonWriter json, ChannelState channel)
    {
        json.WriteStartObject();
        json.WriteString("id", channel.Id.ToString());
        json.WriteString("name", channel.Name);
        json.WriteNumber("type", (int)channel.Type);
        json.WriteString("permissions", "0");
        json.WriteString("parent_id", channel.Parent?.Id.ToString());
        json.WriteEndObject();
    }

    private static JsonElement Element(Action<Utf8JsonWriter> write)
    {
        using var document = JsonDocument.Parse(Payloads.Bytes(write));
        return document.RootElement.Clone();
    }

    private static void Into(JsonObject resolved, string kind, Snowflake id, JsonElement element)
    {
        if (resolved[kind] is not JsonObject group) resolved[kind] = group = [];
        group[id.ToString()] = JsonNode.Parse(element.GetRawText());
    }

    // What a client sends of a form: each label or row with its component and what was entered.
    private IEnumerable<JsonNode> Answered(JsonElement modal, IReadOnlyList<(string Question, string Answer)> answers)
    {
        foreach (var outer in modal.GetProperty("components").EnumerateArray())
        {
            switch (TypeOf(outer))
            {
                case 18:
                    var inner = outer.GetProperty("component");
                    yield return new JsonObject { ["type"] = 18, ["id"] = IdOf(outer), ["component"] = Entered(inner, AnswerTo(inner, outer.GetProperty("label").GetString(), answers)) };
                    break;
                case 1:
                    yield return new JsonObject
                    {
                        ["type"] = 1,
                        ["id"] = IdOf(outer),
                        ["components"] = new JsonArray([.. outer.GetProperty("components").EnumerateArray().Select(c => Entered(c, AnswerTo(c, LabelOf(c), answers)))]),
                    };
                    break;
                default:
                    yield return new JsonObject { ["type"] = TypeOf(outer), ["id"] = IdOf(outer) };
                    break;
            }
        }
    }

    private static string? LabelOf(JsonElement component) => component.TryGetProperty("label", out var label) ? label.GetString() : null;

    private string? AnswerTo(JsonElement component, string? label, IReadOnlyList<(string Question, string Answer)> answers)
    {
        foreach (var (question, answer) in answers)
        {
            if (question != label && question != CustomIdOf(component)) continue;
            DemandLength(component, label, answer);
            return answer;
        }
        if (component.TryGetProperty("value", out var preset) && preset.ValueKind == JsonValueKind.String) return preset.GetString();
        var required = !component.TryGetProperty("required", out var flag) || flag.ValueKind != JsonValueKind.False;
        if (required && TypeOf(component) is not 23) throw new NotOnScreenException($"{Name} did not answer “{label}”, which must be answered.");
        return null;
    }

    private void DemandLength(JsonElement component, string? label, string answer)
    {
        if (TypeOf(component) != 4) return;
        var min = component.TryGetProperty("min_length", out var least) && least.ValueKind == JsonValueKind.Number ? least.GetInt32() : 0;
        var max = component.TryGetProperty("max_length", out var most) && most.ValueKind == JsonValueKind.Number ? most.GetInt32() : 4000;
        var length = Wire.Rest.Fields.LengthOf(answer);
        if ((length > 0 && length < min) || length > max) throw new NotOnScreenException($"{Name} cannot enter {length} characters into “{label}”, which takes {min} to {max}.");
    }

    private static JsonObject Entered(JsonElement component, string? answer)
    {
        var entered = new JsonObject { ["type"] = TypeOf(component), ["id"] = IdOf(component), ["custom_id"] = CustomIdOf(component) };
        switch (TypeOf(component))
        {
            case 4 or 21:
                entered["value"] = answer ?? "";
                break;
            case 23:
                entered["value"] = answer is "true" or "yes";
                break;
            default:
                entered["values"] = new JsonArray([.. (answer ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(v => (JsonNode)IdIn(v))]);
                break;
        }
        return entered;
    }
}

[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class CastJson : JsonSerializerContext;
