using Usher.Sandbox.World.Rules;

namespace Usher.Sandbox.Wire.Rest;

/// <summary>Checks embeds. <see href="https://discord.com/developers/docs/resources/message#embed-object-embed-limits"/></summary>
internal static class EmbedForm
{
    public static void Check(Fields message)
    {
        var total = 0;
        foreach (var (element, path) in message.List("embeds", 0, Limits.Embeds))
        {
            var embed = new Fields(element, path, message.Faults);
            if (!embed.IsObject) continue;
            embed.Only("title", "type", "description", "url", "timestamp", "color", "footer", "image", "thumbnail", "author", "fields");
            total += Length(embed.Text("title", 0, 256)) + Length(embed.Text("description", 0, 4096));
            embed.Number("color", 0, 0xFFFFFF);
            Url(embed, "url");
            if (embed.Text("timestamp") is { } timestamp && !DateTimeOffset.TryParse(timestamp, System.Globalization.CultureInfo.InvariantCulture, out _))
                embed.Faults.Add(embed.At("timestamp"), "DATE_TIME_TYPE_PARSE", $"Could not parse {timestamp}. Should be ISO8601.");
            if (embed.Has("footer") && !embed.IsNull("footer")) total += Length(embed.Inner("footer").Text("text", 1, 2048, required: true));
            if (embed.Has("author") && !embed.IsNull("author")) total += Length(embed.Inner("author").Text("name", 1, 256, required: true));
            foreach (var name in (ReadOnlySpan<string>)["image", "thumbnail"])
            {
                if (embed.Has(name) && !embed.IsNull(name)) Url(embed.Inner(name), "url");
            }
            foreach (var (field, fieldPath) in embed.List("fields", 0, 25))
            {
                var one = new Fields(field, fieldPath, message.Faults);
                one.Only("name", "value", "inline");
                total += Length(one.Text("name", 1, 256, required: true)) + Length(one.Text("value", 1, 1024, required: true));
            }
        }
        if (total > Limits.EmbedsLength) message.Faults.Add(message.At("embeds"), "MAX_EMBED_SIZE_EXCEEDED", $"Embed size exceeds maximum size of {Limits.EmbedsLength}");
    }

    private static void Url(Fields owner, string name)
    {
        if (owner.Text(name, 0, 2048) is not { Length: > 0 } url) return;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https" or "attachment"))
            owner.Faults.Add(owner.At(name), "URL_TYPE_INVALID_SCHEME", $"Scheme \"{address?.Scheme}\" is not supported. Scheme must be one of ('http', 'https', 'attachment').");
    }

    private static int Length(string? text) => text is null ? 0 : Fields.LengthOf(text);
}
