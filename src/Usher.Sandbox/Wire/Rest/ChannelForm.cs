using Usher.Discord.Model;
using Usher.Sandbox.World;
using Usher.Sandbox.World.Rules;

namespace Usher.Sandbox.Wire.Rest;

/// <summary>Reads a channel or thread to be made or changed. <see href="https://discord.com/developers/docs/resources/channel#modify-channel"/></summary>
internal static class ChannelForm
{
    private static readonly int[] Makeable = [0, 2, 4, 5, 13, 15, 16];

    private static readonly string[] Known =
    [
        "name", "type", "topic", "parent_id", "position", "rate_limit_per_user", "nsfw", "permission_overwrites", "default_auto_archive_duration",
        "default_thread_rate_limit_per_user", "available_tags", "bitrate", "user_limit",
    ];

    public static ChannelDraft ReadNew(RestCall call, GuildState guild)
    {
        var faults = new FormRefusal();
        var form = call.Form(faults);
        form.Only(Known);
        var type = (ChannelType)(form.OneOf("type", Makeable) ?? 0);
        var draft = Read(form, guild, type, isNew: true);
        faults.ThrowIfAny();
        return draft;
    }

    public static ChannelDraft ReadEdit(RestCall call, ChannelState channel)
    {
        var faults = new FormRefusal();
        var form = call.Form(faults);
        form.Only(Known);
        if (form.OneOf("type", [0, 5]) is { } type && (ChannelType)type != channel.Type && channel.Type is not (ChannelType.GuildText or ChannelType.GuildAnnouncement))
            faults.Add("type", "BASE_TYPE_CHOICES", "Value must be one of {0, 5}.");
        var draft = Read(form, channel.Guild!, channel.Type, isNew: false);
        faults.ThrowIfAny();
        return draft;
    }

    public static ThreadDraft ReadThread(RestCall call, GuildState guild, bool isNew, bool mayBePrivate = true)
    {
        var faults = new FormRefusal();
        var form = call.Form(faults);
        if (isNew) form.Only("name", "auto_archive_duration", "rate_limit_per_user", "type", "invitable", "message", "applied_tags");
        else form.Only("name", "archived", "auto_archive_duration", "locked", "invitable", "rate_limit_per_user", "applied_tags");
        var draft = new ThreadDraft
        {
            Name = form.Text("name", 1, Limits.NameLength, required: isNew),
            Archived = form.Flag("archived"),
            Locked = form.Flag("locked"),
            Invitable = mayBePrivate ? form.Flag("invitable") : null,
            AutoArchiveDuration = form.OneOf("auto_archive_duration", Limits.AutoArchiveDurations),
            RateLimitPerUser = form.Number("rate_limit_per_user", 0, Limits.Slowmode),
            AppliedTags = form.Has("applied_tags") ? form.Ids("applied_tags", 5) : null,
        };
        RefuseWords(form, draft.Name, guild);
        faults.ThrowIfAny();
        return draft;
    }

    /// <summary>The category a channel is to be in; null takes it out of one.</summary>
    public static Change<ChannelState?> Parent(Fields form, GuildState guild)
    {
        if (!form.Has("parent_id")) return default;
        if (form.Id("parent_id") is not { } id) return new(true, null);
        var parent = guild.ChannelIndex.GetValueOrDefault(id);
        if (parent is null) form.Faults.Add(form.At("parent_id"), "CHANNEL_PARENT_INVALID", "Category does not exist");
        else if (parent.Type != ChannelType.GuildCategory) form.Faults.Add(form.At("parent_id"), "CHANNEL_PARENT_INVALID_TYPE", "Not a category");
        return new(true, parent);
    }

    public static OverwriteState? Overwrite(Fields form, GuildState guild, Snowflake? known = null)
    {
        var id = known ?? form.Id("id", required: true);
        // An absent type is told by what the identifier is.
        var type = form.OneOf("type", [0, 1]) ?? (id is { } some && guild.RoleIndex.ContainsKey(some) ? 0 : 1);
        var (allow, deny) = (form.Bits("allow") ?? Permissions.None, form.Bits("deny") ?? Permissions.None);
        if (id is not { } target) return null;
        if (type == 0 && !guild.RoleIndex.ContainsKey(target)) form.Faults.Add(form.At("id"), "CHANNEL_OVERWRITE_UNKNOWN_ROLE", "Unknown role");
        return new(target, type == 1, allow, deny);
    }

    private static void RefuseWords(Fields form, string? name, GuildState guild)
    {
        if (name is not null && guild.RefusedWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)))
            form.Faults.Add(form.At("name"), "CONTENT_TYPE_INVALID", "Contains words not allowed for servers in Server Discovery.");
    }

    private static ChannelDraft Read(Fields form, GuildState guild, ChannelType type, bool isNew)
    {
        var isForum = type is ChannelType.GuildForum or ChannelType.GuildMedia;
        var name = form.Text("name", 1, Limits.NameLength, required: isNew);
        RefuseWords(form, name, guild);
        return new()
        {
            Name = name is null ? null : Spelt(name, type),
            Type = isNew || form.Has("type") ? (ChannelType)(form.Number("type") ?? (int)type) : null,
            Topic = form.Has("topic") ? new(true, form.Text("topic", 0, isForum ? Limits.ForumTopicLength : Limits.TopicLength)) : default,
            Parent = Parent(form, guild),
            Position = form.Number("position", 0),
            RateLimitPerUser = form.Number("rate_limit_per_user", 0, Limits.Slowmode),
            Nsfw = form.Flag("nsfw"),
            DefaultAutoArchiveDuration = form.OneOf("default_auto_archive_duration", Limits.AutoArchiveDurations),
            DefaultThreadRateLimit = form.Number("default_thread_rate_limit_per_user", 0, Limits.Slowmode),
            Bitrate = form.Number("bitrate", 8000, 384_000),
            UserLimit = form.Number("user_limit", 0, 99),
            Overwrites = form.Has("permission_overwrites") ? Overwrites(form, guild) : null,
            Tags = form.Has("available_tags") ? Tags(form) : null,
        };
    }

    private static List<OverwriteState> Overwrites(Fields form, GuildState guild)
    {
        var overwrites = new Dictionary<Snowflake, OverwriteState>();
        foreach (var (element, path) in form.List("permission_overwrites", 0, Limits.Overwrites))
        {
            var fields = new Fields(element, path, form.Faults);
            fields.Only("id", "type", "allow", "deny");
            if (Overwrite(fields, guild) is { } overwrite) overwrites[overwrite.Id] = overwrite;
        }
        return [.. overwrites.Values];
    }

    private static List<ForumTagState> Tags(Fields form)
    {
        var tags = new List<ForumTagState>();
        foreach (var (element, path) in form.List("available_tags", 0, 20))
        {
            var fields = new Fields(element, path, form.Faults);
            fields.Only("id", "name", "moderated", "emoji_id", "emoji_name");
            var name = fields.Text("name", 1, 20, required: true);
            tags.Add(new(fields.Id("id") ?? new Snowflake((ulong)Random.Shared.NextInt64()), name ?? "", fields.Flag("moderated") ?? false));
        }
        return tags;
    }

    /// <summary>Text channels are spelt in lower case with dashes, as Discord does to what it is sent.</summary>
    private static string Spelt(string name, ChannelType type) =>
        type is ChannelType.GuildText or ChannelType.GuildAnnouncement or ChannelType.GuildForum or ChannelType.GuildMedia
            ? string.Join('-', name.Trim().ToLowerInvariant().Split((char[])[' ', '\t', '#'], StringSplitOptions.RemoveEmptyEntries))
            : name.Trim();
}
