using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;
using Usher.Sandbox.World.Rules;

namespace Usher.Sandbox.Pages;

/// <summary>Reading and writing messages as a person does in Discord's own client, under the world's rules.</summary>
internal sealed class MessageDeeds(DiscordWorld world, PageObjects objects, ReadStates reads)
{
    private const int PageSize = 50;
    private const int MostCharacters = 2000;
    private const int MostFiles = 10;

    /// <summary>What an account without a subscription may upload. https://discord.com/developers/docs/reference#uploading-files</summary>
    private const int MostBytes = 10 * 1024 * 1024;

    /// <summary>A page of messages, the youngest first: all before a given one, or the last.</summary>
    public byte[] Read(PageRequest request)
    {
        lock (world.Gate)
        {
            var channel = request.Channel();
            var before = Snowflake.TryParse(request.Http.Request.Query["before"], out var given) ? given : new Snowflake(ulong.MaxValue);
            return Write(MayReadHistory(request.Viewer, channel) ? channel.Log.Before(before).Where(message => IsShown(message, request.Viewer)).Take(PageSize) : [], request.Viewer);
        }
    }

    /// <summary>The pinned messages, the one pinned last first.</summary>
    public byte[] ReadPins(PageRequest request)
    {
        lock (world.Gate)
        {
            var channel = request.Channel();
            return Write(MayReadHistory(request.Viewer, channel) ? channel.Messages.Where(message => message.Pinned).OrderByDescending(message => message.PinnedAt) : [], request.Viewer);
        }
    }

    /// <summary>Writes a message, perhaps with files or as a reply.</summary>
    public async Task<byte[]> SendAsync(PageRequest request)
    {
        var (payload, files) = await request.FormAsync();
        var content = TextOf(payload, "content").Trim();
        Check(content, files);
        lock (world.Gate)
        {
            var channel = request.Channel();
            var draft = new MessageDraft { Content = content, Files = files, ReplyTo = RepliedTo(payload, channel), Mentions = MentionFilter.All with { RepliedUser = PingsReplied(payload) } };
            var message = world.Post(request.Viewer, channel, draft);
            reads.Mark(request.Viewer.Id, channel.Id, message.Id);
            return Payloads.Bytes(json => objects.Message(json, message, request.Viewer));
        }
    }

    /// <summary>Changes the text of one's own message.</summary>
    public async Task EditAsync(PageRequest request)
    {
        var content = TextOf(await request.BodyAsync(), "content").Trim();
        lock (world.Gate)
        {
            var message = request.Message();
            Check(content, message.Attachments);
            world.EditMessage(request.Viewer, message, new MessageEdit { Content = content });
        }
    }

    public void Delete(PageRequest request) => world.RemoveMessage(request.Viewer, request.Message(), reason: null);

    /// <summary>Marks everything up to a message as seen.</summary>
    public void MarkRead(PageRequest request)
    {
        var channel = request.Channel();
        if (Snowflake.TryParse(request.Http.Request.RouteValues["message"]?.ToString(), out var message)) reads.Mark(request.Viewer.Id, channel.Id, message);
    }

    /// <summary>Puts an ephemeral message away; it stays in the world, where its application may still edit it.</summary>
    public void Dismiss(PageRequest request)
    {
        var message = request.Message();
        if (message.EphemeralFor == request.Viewer) reads.Dismiss(message.Id);
    }

    public void StartTyping(PageRequest request) => world.Type(request.Viewer, request.Channel());

    private byte[] Write(IEnumerable<MessageState> messages, UserState viewer) => Payloads.Bytes(json =>
    {
        json.WriteStartArray();
        foreach (var message in messages) objects.Message(json, message, viewer);
        json.WriteEndArray();
    });

    private bool IsShown(MessageState message, UserState viewer) =>
        (message.EphemeralFor is null || message.EphemeralFor == viewer) && !reads.IsDismissed(message.Id);

    private bool MayReadHistory(UserState viewer, ChannelState channel) => world.PermissionsOf(viewer, channel).HasFlag(Permissions.ReadMessageHistory);

    private static void Check<T>(string content, IReadOnlyCollection<T> files)
    {
        if (content.Length == 0 && files.Count == 0) throw DiscordRefusal.Bad(ErrorCode.EmptyMessage, "Cannot send an empty message");
        if (content.Length > MostCharacters) throw FormRefusal.Single("content", "BASE_TYPE_MAX_LENGTH", $"Must be {MostCharacters} or fewer in length.");
        if (files.Count > MostFiles) throw FormRefusal.Single("attachments", "BASE_TYPE_MAX_LENGTH", $"Must be {MostFiles} or fewer in length.");
        if (files.OfType<NewFile>().Any(file => file.Bytes.Length > MostBytes)) throw new DiscordRefusal(413, 40005, "Request entity too large");
    }

    private static MessageState? RepliedTo(JsonElement payload, ChannelState channel)
    {
        if (!payload.TryGetProperty("message_reference", out var reference)) return null;
        var original = Snowflake.TryParse(TextOf(reference, "message_id"), out var id) ? channel.Log.Find(id) : null;
        return original is null or { EphemeralFor: not null } ? throw DiscordRefusal.NotFound(ErrorCode.UnknownMessage, "Message") : original;
    }

    private static bool PingsReplied(JsonElement payload) =>
        !payload.TryGetProperty("allowed_mentions", out var allowed) || !allowed.TryGetProperty("replied_user", out var replied) || replied.ValueKind != JsonValueKind.False;

    private static string TextOf(JsonElement payload, string name) =>
        payload.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
