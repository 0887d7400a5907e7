using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Usher.Discord.Model;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Pages;

/// <summary>One call of the page: who does it, and what it names.</summary>
/// <param name="Http">The call itself.</param>
/// <param name="World">The world it is done in.</param>
/// <param name="Viewer">The person the page is, from <c>?as=</c>.</param>
internal sealed record PageRequest(HttpContext Http, DiscordWorld World, UserState Viewer)
{
    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>The channel of the route; unknown to who does not see it.</summary>
    public ChannelState Channel()
    {
        var channel = World.FindChannel(Id("channel"));
        if (channel is null || channel.Deleted) throw DiscordRefusal.NotFound(ErrorCode.UnknownChannel, "Channel");
        if (!World.Sees(Viewer, channel)) throw DiscordRefusal.MissingAccess();
        return channel;
    }

    /// <summary>The message of the route; unknown to who does not see it.</summary>
    public MessageState Message()
    {
        var message = Channel().Log.Find(Id("message"));
        if (message is null || (message.EphemeralFor is { } only && only != Viewer)) throw DiscordRefusal.NotFound(ErrorCode.UnknownMessage, "Message");
        return message;
    }

    /// <summary>The guild of the route.</summary>
    public GuildState Guild() => World.FindGuild(Id("guild")) ?? throw DiscordRefusal.NotFound(ErrorCode.UnknownGuild, "Guild");

    /// <summary>A JSON body.</summary>
    public async Task<JsonElement> BodyAsync()
    {
        using var document = await ParseAsync(Http.Request.Body);
        return document.RootElement.Clone();
    }

    /// <summary>A form as Discord takes files: the JSON in <c>payload_json</c>, the bytes in <c>files[n]</c>.</summary>
    public async Task<(JsonElement Payload, IReadOnlyList<NewFile> Files)> FormAsync()
    {
        var form = await Http.Request.ReadFormAsync(Aborted);
        using var payload = ParseText(form["payload_json"].ToString());
        var files = new List<NewFile>(form.Files.Count);
        foreach (var file in form.Files.OrderBy(file => IndexOf(file.Name)))
        {
            var bytes = new byte[file.Length];
            await using var stream = file.OpenReadStream();
            await stream.ReadExactlyAsync(bytes, Aborted);
            files.Add(new(Path.GetFileName(file.FileName), string.IsNullOrEmpty(file.ContentType) ? null : file.ContentType, bytes));
        }
        return (payload.RootElement.Clone(), files);
    }

    private async Task<JsonDocument> ParseAsync(Stream body)
    {
        try
        {
            return await JsonDocument.ParseAsync(body, cancellationToken: Aborted);
        }
        catch (JsonException)
        {
            throw NoJson();
        }
    }

    private static JsonDocument ParseText(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            throw NoJson();
        }
    }

    private static DiscordRefusal NoJson() => new(400, 50109, "The request body contains invalid JSON.");

    private static int IndexOf(string field) =>
        field.StartsWith("files[", StringComparison.Ordinal) && int.TryParse(field.AsSpan(6, field.Length - 7), out var index) ? index : int.MaxValue;

    private Snowflake Id(string name) =>
        Snowflake.TryParse(Http.Request.RouteValues[name]?.ToString(), out var id) ? id : throw DiscordRefusal.NotFound(ErrorCode.UnknownChannel, name);
}
