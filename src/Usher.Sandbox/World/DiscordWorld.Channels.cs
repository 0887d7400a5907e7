using Usher.Discord.Model;
using Usher.Sandbox.World.Rules;

namespace Usher.Sandbox.World;

public sealed partial class DiscordWorld
{
    /// <summary>Makes a channel as an administrator would; limits of the guild and of the category are kept.</summary>
    /// <exception cref="DiscordRefusal">30013 at 500 channels; 50035 at 50 in the category.</exception>
    public ChannelState AddChannel(
        GuildState guild, string name, ChannelType type = ChannelType.GuildText, ChannelState? parent = null, IReadOnlyList<OverwriteState>? overwrites = null, Snowflake? id = null)
    {
        lock (Gate)
        {
            return Create(guild, new ChannelDraft { Name = name, Type = type, Parent = parent, Overwrites = overwrites }, id);
        }
    }

    /// <summary>Deletes a channel or thread as an administrator would, with its threads and messages; a category's channels lose their parent.</summary>
    public void DeleteChannel(ChannelState channel)
    {
        lock (Gate) Remove(channel);
    }

    /// <summary>Renames a channel or thread as an administrator would.</summary>
    public void RenameChannel(ChannelState channel, string name)
    {
        lock (Gate)
        {
            channel.Name = name;
            Tell(channel.IsThread ? new ThreadUpdated(channel) : new ChannelUpdated(channel, SeenBy(channel)));
        }
    }

    /// <summary>Sets what a role or member may in a channel, as an administrator would; null takes the overwrite away.</summary>
    public void SetOverwrite(ChannelState channel, Snowflake id, bool isMember, Permissions allow, Permissions deny)
    {
        lock (Gate) Overwrite(channel, new(id, isMember, allow, deny));
    }

    internal ChannelState CreateChannel(UserState actor, GuildState guild, ChannelDraft draft, string? reason)
    {
        lock (Gate)
        {
            Demand(actor, guild, Permissions.ManageChannels);
            if (draft.Parent.Value is { } parent) DemandSight(actor, parent);
            if (draft.Overwrites is { } overwrites) DemandHeld(PermissionsOf(actor, guild), overwrites, []);
            var channel = Create(guild, draft, null);
            Log(guild, actor, 10, channel.Id, reason);
            return channel;
        }
    }

    internal void EditChannel(UserState actor, ChannelState channel, ChannelDraft draft, string? reason)
    {
        lock (Gate)
        {
            Demand(actor, channel, Permissions.ManageChannels);
            if (draft.Overwrites is { } overwrites)
            {
                Demand(actor, channel, Permissions.ManageRoles);
                DemandHeld(PermissionsOf(actor, channel), overwrites, channel.OverwriteIndex.Values);
            }
            if (draft.Parent is { IsSet: true, Value: { } parent } && parent != channel.Parent) DemandRoom(parent);

            var saw = SeenBy(channel);
            channel.Name = draft.Name ?? channel.Name;
            channel.Type = draft.Type ?? channel.Type;
            channel.Topic = draft.Topic.Or(channel.Topic);
            channel.Position = draft.Position ?? channel.Position;
            channel.RateLimitPerUser = draft.RateLimitPerUser ?? channel.RateLimitPerUser;
            channel.Nsfw = draft.Nsfw ?? channel.Nsfw;
            channel.DefaultAutoArchiveDuration = draft.DefaultAutoArchiveDuration ?? channel.DefaultAutoArchiveDuration;
            channel.DefaultThreadRateLimit = draft.DefaultThreadRateLimit ?? channel.DefaultThreadRateLimit;
            channel.Bitrate = draft.Bitrate ?? channel.Bitrate;
            channel.UserLimit = draft.UserLimit ?? channel.UserLimit;
            channel.AvailableTags = draft.Tags ?? channel.AvailableTags;
            if (draft.Parent.IsSet) MoveTo(channel, draft.Parent.Value);
            if (draft.Overwrites is not null)
            {
                channel.OverwriteIndex.Clear();
                foreach (var overwrite in draft.Overwrites) channel.OverwriteIndex[overwrite.Id] = overwrite;
            }
            Log(channel.Guild!, actor, 11, channel.Id, reason);
            TellUpdated(channel, saw);
        }
    }

    internal void RemoveChannel(UserState actor, ChannelState channel, string? reason)
    {
        lock (Gate)
        {
            Demand(actor, channel, channel.IsThread ? Permissions.ManageThreads : Permissions.ManageChannels);
            Log(channel.Guild!, actor, channel.IsThread ? 112 : 12, channel.Id, reason);
            Remove(channel);
        }
    }

    internal void PutOverwrite(UserState actor, ChannelState channel, OverwriteState overwrite, string? reason)
    {
        lock (Gate)
        {
            Demand(actor, channel, Permissions.ManageRoles);
            DemandHeld(PermissionsOf(actor, channel), [overwrite], channel.OverwriteIndex.Values);
            if (!channel.OverwriteIndex.ContainsKey(overwrite.Id) && channel.OverwriteIndex.Count >= Limits.Overwrites)
                throw DiscordRefusal.Bad(ErrorCode.MaximumOverwrites, "Maximum number of channel permission overwrites reached (1000)");
            Log(channel.Guild!, actor, channel.OverwriteIndex.ContainsKey(overwrite.Id) ? 14 : 13, channel.Id, reason);
            Overwrite(channel, overwrite);
        }
    }

    internal void RemoveOverwrite(UserState actor, ChannelState channel, Snowflake id, string? reason)
    {
        lock (Gate)
        {
            Demand(actor, channel, Permissions.ManageRoles);
            if (!channel.OverwriteIndex.TryGetValue(id, out var there)) throw DiscordRefusal.NotFound(ErrorCode.UnknownOverwrite, "Overwrite");
            DemandHeld(PermissionsOf(actor, channel), [there with { Allow = Permissions.None, Deny = Permissions.None }], [there]);
            var saw = SeenBy(channel);
            channel.OverwriteIndex.Remove(id);
            Log(channel.Guild!, actor, 15, channel.Id, reason);
            TellUpdated(channel, saw);
        }
    }

    internal void MoveChannels(UserState actor, GuildState guild, IReadOnlyList<(ChannelState Channel, int? Position, Change<ChannelState?> Parent)> moves)
    {
        lock (Gate)
        {
            Demand(actor, guild, Permissions.ManageChannels);
            foreach (var (channel, position, parent) in moves)
            {
                channel.Position = position ?? channel.Position;
                if (parent.IsSet) MoveTo(channel, parent.Value);
                Tell(new ChannelUpdated(channel, SeenBy(channel)));
            }
        }
    }

    /// <summary>The DM between two users, made when there is none. That it exists says nothing about whether it may be used.</summary>
    internal ChannelState OpenDm(UserState one, UserState other)
    {
        lock (Gate)
        {
            var key = one.Id < other.Id ? (one.Id, other.Id) : (other.Id, one.Id);
            if (_dms.TryGetValue(key, out var there)) return there;
            var dm = new ChannelState(NextId(), ChannelType.Dm, null, "") { Recipients = [one, other] };
            _channels.Add(dm.Id, dm);
            _dms.Add(key, dm);
            return dm;
        }
    }

    /// <summary>The direct messages of a user, whether anything was written in them or not.</summary>
    internal IEnumerable<ChannelState> DmsOf(UserState user) => _dms.Values.Where(dm => dm.Recipients.Contains(user));

    /// <summary>A channel of ten minutes' memory for renames: over two, a shared 429 says how long to wait.</summary>
    internal TimeSpan? CountRename(ChannelState channel)
    {
        var now = Now;
        while (channel.RenamedAt.TryPeek(out var oldest) && now - oldest >= Limits.RenameWindow) channel.RenamedAt.Dequeue();
        if (channel.RenamedAt.Count >= Limits.Renames) return channel.RenamedAt.Peek() + Limits.RenameWindow - now;
        channel.RenamedAt.Enqueue(now);
        return null;
    }

    internal InviteState CreateInvite(UserState actor, ChannelState channel, int maxAge, int maxUses, bool temporary)
    {
        lock (Gate)
        {
            Demand(actor, channel, Permissions.CreateInstantInvite);
            var invite = new InviteState(NewCode(), channel, actor, Now, maxAge, maxUses, temporary);
            _invites.Add(invite.Code, invite);
            Tell(new InviteCreated(invite));
            return invite;
        }
    }

    /// <summary>Nobody grants or denies what they do not have themselves. <see href="https://discord.com/developers/docs/resources/channel#edit-channel-permissions"/></summary>
    private static void DemandHeld(Permissions held, IEnumerable<OverwriteState> wanted, IEnumerable<OverwriteState> current)
    {
        if (held.HasFlag(Permissions.Administrator)) return;
        var before = current.ToDictionary(overwrite => overwrite.Id);
        foreach (var overwrite in wanted)
        {
            var old = before.GetValueOrDefault(overwrite.Id);
            var changed = (overwrite.Allow ^ (old?.Allow ?? Permissions.None)) | (overwrite.Deny ^ (old?.Deny ?? Permissions.None));
            // MANAGE_ROLES in an overwrite would let its holder grant itself the rest: only administrators set it.
            if ((changed & (~held | Permissions.ManageRoles)) != Permissions.None) throw DiscordRefusal.MissingPermissions();
        }
    }

    private static void DemandRoom(ChannelState category)
    {
        if (category.Children.Count >= Limits.ChannelsOfCategory)
            throw FormRefusal.Single("parent_id", "CHANNEL_PARENT_MAX_CHANNELS", "Maximum number of channels in category reached (50)");
    }

    private void DemandSight(UserState actor, ChannelState channel)
    {
        if (!Sight.Sees(actor, channel, Now)) throw DiscordRefusal.MissingAccess();
    }

    private ChannelState Create(GuildState guild, ChannelDraft draft, Snowflake? id)
    {
        if (guild.ChannelIndex.Count >= guild.MaximumChannels) throw DiscordRefusal.Bad(ErrorCode.MaximumGuildChannels, "Maximum number of guild channels reached (500)");
        var parent = draft.Parent.Value;
        if (parent is not null) DemandRoom(parent);
        var channel = new ChannelState(id ?? NextId(), draft.Type ?? ChannelType.GuildText, guild, draft.Name!)
        {
            Topic = draft.Topic.Value,
            Position = draft.Position ?? guild.ChannelIndex.Count,
            RateLimitPerUser = draft.RateLimitPerUser ?? 0,
            Nsfw = draft.Nsfw ?? false,
            DefaultAutoArchiveDuration = draft.DefaultAutoArchiveDuration,
            DefaultThreadRateLimit = draft.DefaultThreadRateLimit,
            AvailableTags = draft.Tags ?? [],
            Bitrate = draft.Bitrate,
            UserLimit = draft.UserLimit,
        };
        // Without overwrites of its own a channel begins with those of its category.
        foreach (var overwrite in draft.Overwrites ?? parent?.OverwriteIndex.Values.ToList() ?? []) channel.OverwriteIndex[overwrite.Id] = overwrite;
        MoveTo(channel, parent);
        guild.ChannelIndex.Add(channel.Id, channel);
        _channels.Add(channel.Id, channel);
        Tell(new ChannelCreated(channel));
        return channel;
    }

    private static void MoveTo(ChannelState channel, ChannelState? parent)
    {
        channel.Parent?.Children.Remove(channel);
        channel.Parent = parent;
        parent?.Children.Add(channel);
    }

    private void Overwrite(ChannelState channel, OverwriteState overwrite)
    {
        var saw = SeenBy(channel);
        channel.OverwriteIndex[overwrite.Id] = overwrite;
        TellUpdated(channel, saw);
    }

    private void TellUpdated(ChannelState channel, HashSet<ApplicationState> saw)
    {
        Tell(new ChannelUpdated(channel, saw));
        foreach (var application in SeenBy(channel).Except(saw)) Tell(new ThreadsShown(channel.Guild!, application, [channel]));
    }

    private void Remove(ChannelState channel)
    {
        if (channel.Deleted) return;
        var guild = channel.Guild!;
        // Told first: who may hear of it is decided by what is about to vanish.
        Tell(channel.IsThread ? new ThreadDeleted(channel) : new ChannelDeleted(channel));
        channel.Deleted = true;
        _channels.Remove(channel.Id);
        guild.ChannelIndex.Remove(channel.Id);
        guild.ActiveThreads.Remove(channel.Id);
        foreach (var code in _invites.Values.Where(invite => invite.Channel == channel).Select(invite => invite.Code).ToList()) _invites.Remove(code);
        foreach (var voice in guild.VoiceStates.Where(state => state.Value == channel.Id).Select(state => state.Key).ToList()) guild.VoiceStates.Remove(voice);
        foreach (var file in channel.Log.All.SelectMany(message => message.Attachments)) _attachments.Remove(file.Id);
        foreach (var child in channel.Children.ToList())
        {
            if (child.IsThread)
            {
                Remove(child);
                continue;
            }
            var saw = SeenBy(child);
            child.Parent = null;
            Tell(new ChannelUpdated(child, saw));
        }
        channel.Parent?.Children.Remove(channel);
    }
}
