using System.Text.Json;
using System.Text.Json.Nodes;
using Usher.Desk.Engine;
using Usher.Desk.Features.Erasing;
using Usher.Desk.Values;

namespace Usher.Storage.Erasing;

/// <summary>What is left of Discord's message objects when somebody is erased: others' words, and nothing by which that person is known.</summary>
internal static class ErasedPayload
{
    /// <summary>Which message a forwarded one is a copy of; null when the message forwards none.</summary>
    public static (ulong Channel, ulong Message)? ForwardedIn(JsonObject message) =>
        message["message_snapshots"] is JsonArray { Count: > 0 } && message["message_reference"] is JsonObject reference && IdIn(reference["channel_id"]) is { } channel && IdIn(reference["message_id"]) is { } id
            ? (channel, id)
            : null;

    /// <summary>Whether a program wrote it, or Discord itself: then it has no words of people's own.</summary>
    // https://discord.com/developers/docs/resources/message#message-object-message-types
    public static bool IsByProgram(JsonObject message) =>
        message["author"] is JsonObject author && author["bot"]?.GetValueKind() == JsonValueKind.True
        || message["type"]?.GetValueKind() == JsonValueKind.Number && (int)message["type"]! is not (0 or 19);

    /// <summary>Takes somebody out of a message of others': who they are, and what it quotes of them.</summary>
    /// <returns>Whether there was anything.</returns>
    public static bool Clean(JsonObject message, ErasedMember who, bool forwardsTheirs)
    {
        var id = who.User.ToString();
        var had = false;
        if (message["referenced_message"] is JsonObject quoted && IsThem(quoted["author"], id)) had = message.Remove("referenced_message");
        if (forwardsTheirs && message.Remove("message_snapshots")) had = true;
        return Walk(message, who, IsByProgram(message)) || had;
    }

    /// <summary>Whether a program's message says what somebody is called, or something that they said.</summary>
    /// <param name="node">The message.</param>
    /// <param name="who">Who.</param>
    /// <param name="said">What they said, as <see cref="ErasedMember.Plain"/> has it.</param>
    public static bool Quotes(JsonNode? node, ErasedMember who, IReadOnlyList<string> said) => node switch
    {
        JsonObject inner => IsThem(inner, who.User.ToString()) || inner.Any(pair => Quotes(pair.Value, who, said)),
        JsonArray list => list.Any(item => Quotes(item, who, said)),
        JsonValue value when value.GetValueKind() == JsonValueKind.String && (string)value! is var text =>
            Forgetting.WithoutId(text, who.User) != text || who.Names.Any(name => IndexOf(text, name, 0) >= 0)
            || (ErasedMember.Plain(text) is var plain && said.Any(words => plain.Contains(words, StringComparison.Ordinal))),
        _ => false,
    };

    private static bool Walk(JsonNode? node, ErasedMember who, bool withNames)
    {
        switch (node)
        {
            case JsonObject person when IsThem(person, who.User.ToString()):
                MakeNameless(person);
                return true;
            case JsonObject inner:
                var changed = false;
                foreach (var (name, value) in inner.ToList())
                {
                    if (Left(value, who, withNames) is { } left) (inner[name], changed) = (left, true);
                    else changed |= Walk(value, who, withNames);
                }
                return changed;
            case JsonArray list:
                var any = false;
                for (var i = 0; i < list.Count; i++)
                {
                    if (Left(list[i], who, withNames) is { } left) (list[i], any) = (left, true);
                    else any |= Walk(list[i], who, withNames);
                }
                return any;
            default:
                return false;
        }
    }

    // Null when it stays as it is.
    private static JsonNode? Left(JsonNode? node, ErasedMember who, bool withNames)
    {
        if (node is not JsonValue value || value.GetValueKind() != JsonValueKind.String) return null;
        var text = (string)value!;
        var left = Forgetting.WithoutId(text, who.User);
        if (withNames) left = who.Names.Aggregate(left, WithoutName);
        return left == text ? null : JsonValue.Create(left);
    }

    private static string WithoutName(string text, string name)
    {
        for (var at = IndexOf(text, name, 0); at >= 0; at = IndexOf(text, name, at + Nobody.Name.Length))
            text = string.Concat(text.AsSpan(0, at), Nobody.Name, text.AsSpan(at + name.Length));
        return text;
    }

    // A name within a longer word is another's.
    private static int IndexOf(string text, string name, int from)
    {
        if (name == Nobody.Name) return -1;
        for (var at = from < text.Length ? text.IndexOf(name, from, StringComparison.OrdinalIgnoreCase) : -1; at >= 0; at = at + 1 < text.Length ? text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase) : -1)
        {
            var end = at + name.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end]))) return at;
        }
        return -1;
    }

    // https://discord.com/developers/docs/resources/user#user-object
    private static void MakeNameless(JsonObject person)
    {
        person.Clear();
        person["id"] = Nobody.Id.ToString();
        person["username"] = Nobody.Name;
        person["discriminator"] = "0";
    }

    private static bool IsThem(JsonNode? node, string id) =>
        node is JsonObject person && person.ContainsKey("username") && person["id"] is JsonValue value && value.GetValueKind() == JsonValueKind.String && (string)value! == id;

    private static ulong? IdIn(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.String && ulong.TryParse((string)node!, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id) ? id : null;
}
