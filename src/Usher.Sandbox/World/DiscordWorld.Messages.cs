using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.World.Rules;

namespace Usher.Sandbox.World;

public sealed partial class DiscordWorld
{
    /// <summary>Deletes a message as a moderator would.</summary>
    public void DeleteMessage(MessageState message)
    {
        lock (Gate) Take(message, tell: true);
    }

    internal MessageState Post(UserState actor, ChannelState channel, MessageDraft draft)
    {
        lock (Gate)
        {
            if (!channel.TakesMessages)
                throw channel.Type is ChannelType.GuildForum or ChannelType.GuildMedia
                    ? DiscordRefusal.Bad(ErrorCode.ForumTakesNoMessages, "Cannot send a message in a forum channel")
                    : DiscordRefusal.Bad(ErrorCode.CannotMessageChannel, "Cannot send messages in a non-text channel");
            DemandMayWrite(actor, channel, draft);
            if (ApplicationOf(actor) is { } application && RememberedBy(application, channel, draft) is { } same) return same;
            BringBack(actor, channel);
            return Publish(actor, channel, draft, PostOptions.Plain);
        }
    }

    /// <summary>Writes the message, whoever may. Mentions are resolved, threads count it, everyone who sees the channel is told.</summary>
    internal MessageState Publish(UserState author, ChannelState channel, MessageDraft draft, PostOptions options)
    {
        lock (Gate)
        {
            var application = ApplicationOf(author);
            var reply = draft.ReplyTo;
            var message = new MessageState(options.Id ?? NextId(), channel, author, reply is null ? options.Type : MessageType.Reply, Now)
            {
                Content = draft.Content,
                Flags = draft.Flags | (options.Loading ? MessageFlags.Loading : MessageFlags.None) | (options.EphemeralFor is null ? MessageFlags.None : MessageFlags.Ephemeral),
                Tts = draft.Tts,
                Application = application,
                Interaction = options.Interaction,
                EphemeralFor = options.EphemeralFor,
                Nonce = draft.Nonce,
                Reference = reply is null ? options.Reference : new(reply.Channel, reply.Id),
            };
            message.Attachments = Keep(message, draft.Files);
            message.Embeds = OutputFor(message).Embeds(draft.Embeds);
            message.Components = OutputFor(message).Components(draft.Components);
            ResolveMentions(message, draft.Mentions, reply?.Author);
            channel.Log.Add(message);
            // Whether anybody may write is asked before; that an ephemeral message is no activity of a thread is asked here.
            if (message.EphemeralFor is null) Count(channel, message);
            if (application is not null && draft.EnforceNonce) application.Nonces.Remember(channel.Id, draft.Nonce.ToString(), message, Now);
            Tell(new MessageCreated(message));
            return message;
        }
    }

    internal void EditMessage(UserState actor, MessageState message, MessageEdit edit)
    {
        lock (Gate)
        {
            if (message.Author != actor)
            {
                var onlyFlags = edit is { Content.IsSet: false, Embeds.IsSet: false, Components.IsSet: false, KeptFiles: null, Files.Count: 0 };
                if (!onlyFlags || !PermissionsOf(actor, message.Channel).HasFlag(Permissions.ManageMessages))
                    throw DiscordRefusal.Forbidden(ErrorCode.NotMessageAuthor, "Cannot edit a message authored by another user");
            }
            DemandActive(actor, message.Channel);
            Change(message, edit, author: true);
        }
    }

    /// <summary>Changes the message, whoever may.</summary>
    internal void Change(MessageState message, MessageEdit edit, bool author)
    {
        lock (Gate)
        {
            var v2 = (edit.Flags ?? message.Flags).HasFlag(MessageFlags.IsComponentsV2);
            message.Content = edit.Content.Or(message.Content) ?? "";
            if (edit.KeptFiles is { } kept)
            {
                foreach (var gone in message.Attachments.Where(file => !kept.Contains(file.Id))) _attachments.Remove(gone.Id);
                message.Attachments = message.Attachments.Where(file => kept.Contains(file.Id)).ToList();
            }
            if (edit.Files.Count > 0) message.Attachments = [.. message.Attachments, .. Keep(message, edit.Files)];
            if (edit.Embeds.IsSet) message.Embeds = OutputFor(message).Embeds(edit.Embeds.Value);
            if (edit.Components.IsSet) message.Components = OutputFor(message).Components(edit.Components.Value);
            var fixedFlags = message.Flags & ~(MessageFlags.SuppressEmbeds | MessageFlags.Loading);
            message.Flags = fixedFlags | ((edit.Flags ?? message.Flags) & MessageFlags.SuppressEmbeds) | (v2 ? MessageFlags.IsComponentsV2 : MessageFlags.None);
            if (author) message.EditedAt = Now;
            if (edit.Content.IsSet || edit.Components.IsSet || edit.Mentions is not null)
            {
                // An edit changes what is mentioned, but pings nobody again.
                var pings = message.Pings;
                ResolveMentions(message, edit.Mentions ?? MentionFilter.All, null, addsToThreads: false);
                message.Pings = pings;
            }
            Tell(new MessageUpdated(message));
        }
    }

    internal void RemoveMessage(UserState actor, MessageState message, string? reason)
    {
        lock (Gate)
        {
            DemandSight(actor, message.Channel);
            if (message.Author != actor)
            {
                if (message.Channel.Guild is not { } guild) throw DiscordRefusal.Forbidden(ErrorCode.InvalidForDirectMessage, "Cannot execute action on a DM channel");
                Demand(actor, message.Channel, Permissions.ManageMessages);
                Log(guild, actor, 72, message.Author.Id, reason);
            }
            Take(message, tell: true);
        }
    }

    internal void RemoveMessages(UserState actor, ChannelState channel, IReadOnlyList<MessageState> messages, string? reason)
    {
        lock (Gate)
        {
            Demand(actor, channel, Permissions.ManageMessages);
            Log(channel.Guild!, actor, 73, channel.Id, reason);
            foreach (var message in messages) Take(message, tell: false);
            if (messages.Count > 0) Tell(new MessagesDeleted(channel, messages));
        }
    }

    internal void React(UserState actor, MessageState message, string name, Snowflake? emojiId, bool add)
    {
        lock (Gate)
        {
            var index = message.ReactionList.FindIndex(reaction => reaction.Name == name && reaction.EmojiId == emojiId);
            Demand(actor, message.Channel, add && index < 0 ? Permissions.AddReactions | Permissions.ReadMessageHistory : Permissions.ReadMessageHistory);
            DemandActive(actor, message.Channel);
            if (add)
            {
                if (index < 0 && message.ReactionList.Count >= Limits.Reactions) throw DiscordRefusal.Bad(ErrorCode.MaximumReactions, "Maximum number of reactions reached (20)");
                if (index < 0) message.ReactionList.Add(new(name, emojiId, [actor]));
                else if (!message.ReactionList[index].Users.Contains(actor)) message.ReactionList[index] = message.ReactionList[index] with { Users = [.. message.ReactionList[index].Users, actor] };
                else return;
            }
            else
            {
                if (index < 0 || !message.ReactionList[index].Users.Contains(actor)) return;
                var left = message.ReactionList[index].Users.Where(user => user != actor).ToList();
                if (left.Count == 0) message.ReactionList.RemoveAt(index);
                else message.ReactionList[index] = message.ReactionList[index] with { Users = left };
            }
            Tell(new ReactionChanged(message, actor, name, emojiId, add));
        }
    }

    internal void Pin(UserState actor, MessageState message, bool pinned, string? reason)
    {
        lock (Gate)
        {
            var channel = message.Channel;
            if (channel.Guild is not null) Demand(actor, channel, Permissions.PinMessages);
            DemandActive(actor, channel);
            if (message.Pinned == pinned) return;
            if (pinned && channel.Log.All.Count(other => other.Pinned) >= Limits.Pins) throw DiscordRefusal.Bad(ErrorCode.MaximumPins, "Maximum number of pins reached for the channel (250)");
            message.PinnedAt = pinned ? Now : null;
            if (pinned) channel.LastPinAt = Now;
            if (channel.Guild is { } guild) Log(guild, actor, pinned ? 74 : 75, message.Author.Id, reason);
            Tell(new PinsUpdated(channel));
            Tell(new MessageUpdated(message));
            if (pinned) AddSystemMessage(channel, actor, MessageType.ChannelPinnedMessage, "", new(channel, message.Id));
        }
    }

    internal void Type(UserState actor, ChannelState channel)
    {
        lock (Gate)
        {
            Demand(actor, channel, channel.IsThread ? Permissions.SendMessagesInThreads : Permissions.SendMessages);
            Tell(new TypingStarted(channel, actor, Now));
        }
    }

    /// <summary>In an archived thread nothing but deleting is done; in a locked one only by who manages threads.</summary>
    internal void DemandActive(UserState actor, ChannelState channel)
    {
        if (channel.Thread is not { } thread) return;
        if (thread.Archived) throw DiscordRefusal.Archived();
        if (thread.Locked && !PermissionsOf(actor, channel).HasFlag(Permissions.ManageThreads)) throw DiscordRefusal.Forbidden(ErrorCode.ThreadLocked, "Thread is locked");
    }

    internal ApplicationState? ApplicationOf(UserState user) => user.IsBot ? _applications.GetValueOrDefault(user.Id) : null;

    private void DemandMayWrite(UserState actor, ChannelState channel, MessageDraft draft)
    {
        if (channel.IsDm)
        {
            DemandMayDm(actor, channel);
            return;
        }
        var needed = channel.IsThread ? Permissions.SendMessagesInThreads : Permissions.SendMessages;
        if (draft.Files.Count > 0) needed |= Permissions.AttachFiles;
        if (draft.Embeds.ValueKind == JsonValueKind.Array && draft.Embeds.GetArrayLength() > 0 && actor.IsBot) needed |= Permissions.EmbedLinks;
        if (draft.Tts) needed |= Permissions.SendTtsMessages;
        Demand(actor, channel, needed);
        if (draft.ReplyTo is not null && !PermissionsOf(actor, channel).HasFlag(Permissions.ReadMessageHistory))
            throw DiscordRefusal.Bad(ErrorCode.ReplyWithoutHistory, "Cannot reply without permission to read message history");
        if (channel.Thread is { Locked: true } && !PermissionsOf(actor, channel).HasFlag(Permissions.ManageThreads))
            throw channel.Thread.Archived ? DiscordRefusal.Archived() : DiscordRefusal.Forbidden(ErrorCode.ThreadLocked, "Thread is locked");
        DemandSlowmode(actor, channel);
    }

    private void DemandSlowmode(UserState actor, ChannelState channel)
    {
        if (channel.RateLimitPerUser == 0 || actor.IsBot) return;
        if ((PermissionsOf(actor, channel) & (Permissions.ManageMessages | Permissions.ManageChannels | Permissions.BypassSlowmode)) != Permissions.None) return;
        var last = channel.Log.All.LastOrDefault(message => message.Author == actor);
        if (last is not null && Now - last.CreatedAt < TimeSpan.FromSeconds(channel.RateLimitPerUser))
            throw new DiscordRefusal(429, (int)ErrorCode.SlowmodeLimited, "This action cannot be performed due to slowmode rate limit");
    }

    private static void DemandMayDm(UserState actor, ChannelState dm)
    {
        var other = dm.Recipients.FirstOrDefault(user => user != actor) ?? actor;
        if (!dm.Recipients.Contains(actor)) throw DiscordRefusal.MissingAccess();
        if (other.Blocked.Contains(actor.Id) || other.DmsClosed || (other.IsBot && actor.IsBot)) throw DiscordRefusal.Forbidden(ErrorCode.CannotMessageUser, "Cannot send messages to this user");
        if (!actor.GuildSet.Overlaps(other.GuildSet)) throw DiscordRefusal.Forbidden(ErrorCode.NoMutualGuilds, "Cannot send messages to this user due to having no mutual guilds");
    }

    /// <summary>With `enforce_nonce`, a message of the same nonce within some minutes is given back instead of a second one. <see href="https://discord.com/developers/docs/resources/message#create-message"/></summary>
    private MessageState? RememberedBy(ApplicationState application, ChannelState channel, MessageDraft draft) =>
        draft.EnforceNonce && draft.Nonce.ValueKind is (JsonValueKind.String or JsonValueKind.Number) ? application.Nonces.Find(channel.Id, draft.Nonce.ToString(), Now) : null;

    private void BringBack(UserState actor, ChannelState channel)
    {
        if (channel.Thread is not { } thread) return;
        if (thread.Archived)
        {
            DemandRoomForThread(channel.Guild!);
            SetArchived(channel, archived: false);
            Tell(new ThreadUpdated(channel, Unarchived: true));
        }
        if (!thread.MemberIndex.ContainsKey(actor.Id)) Enter(channel, [actor]);
    }

    private ComponentOutput OutputFor(MessageState message) => new(message.Attachments, AddressOf, NextId);

    private static void Count(ChannelState channel, MessageState message)
    {
        channel.LastMessageId = message.Id;
        if (channel.Thread is not { } thread) return;
        thread.LastActivityAt = message.CreatedAt;
        // The message a thread or post began with is not counted. https://discord.com/developers/docs/resources/channel#channel-object
        if (message.Id == channel.Id || message.Type == MessageType.ThreadStarterMessage) return;
        thread.MessageCount++;
        thread.TotalMessageSent++;
    }

    private MessageState AddSystemMessage(
        ChannelState channel, UserState author, MessageType type, string content, ReferenceState? reference, bool counts = true, IReadOnlyList<UserState>? mentions = null)
    {
        var message = new MessageState(NextId(), channel, author, type, Now) { Content = content, Reference = reference, Mentions = mentions ?? [], Application = ApplicationOf(author) };
        channel.Log.Add(message);
        if (counts) Count(channel, message);
        Tell(new MessageCreated(message));
        return message;
    }

    private void ResolveMentions(MessageState message, MentionFilter filter, UserState? repliedTo, bool addsToThreads = true)
    {
        var channel = message.Channel;
        var outcome = Rules.Mentions.Resolve(this, channel, message.Author, Rules.Mentions.TextOf(message.Content, message.Components), filter, repliedTo);
        message.Mentions = outcome.Users;
        message.MentionedRoles = outcome.Roles;
        message.MentionsEveryone = outcome.Everyone;
        if (message.EphemeralFor is not null) return;
        if (channel.IsThread && addsToThreads) message.Flags |= AddMentioned(channel, message.Author, outcome);
        message.Pings = PingedBy(message, outcome);
    }

    private HashSet<Snowflake> PingedBy(MessageState message, MentionOutcome outcome)
    {
        var pinged = outcome.Users.Concat(outcome.PingedRoles.SelectMany(role => role.Holders).Select(member => member.User));
        if (outcome.Everyone) pinged = pinged.Concat(message.Channel.Guild!.MemberIndex.Values.Select(member => member.User));
        return pinged.Where(user => user != message.Author && Sight.Sees(user, message.Channel, Now)).Select(user => user.Id).ToHashSet();
    }

    private MessageFlags AddMentioned(ChannelState thread, UserState author, MentionOutcome outcome)
    {
        if (outcome.Users.Count == 0 && outcome.PingedRoles.Count == 0 || !MayInvite(author, thread)) return MessageFlags.None;
        var flags = MessageFlags.None;
        var candidates = outcome.Users.ToList();
        foreach (var role in outcome.PingedRoles)
        {
            if (role.Holders.Count > Rules.Mentions.LargestRoleThatJoinsThreads) flags |= MessageFlags.FailedToMentionSomeRolesInThread;
            else candidates.AddRange(role.Holders.Select(member => member.User));
        }
        var added = candidates.Distinct().Where(user => CanJoin(user, thread)).Take(Limits.ThreadMembers - thread.Thread!.MemberIndex.Count).ToList();
        if (added.Count > 0) Enter(thread, added);
        return flags;
    }

    private bool CanJoin(UserState user, ChannelState thread) =>
        !thread.Thread!.MemberIndex.ContainsKey(user.Id) && PermissionsOf(user, thread.Parent!).HasFlag(Permissions.ViewChannel);

    /// <summary>Keeps files that hang on no message: those of a form or of a command's option.</summary>
    internal IReadOnlyList<AttachmentState> Upload(ChannelState channel, IReadOnlyList<NewFile> files)
    {
        lock (Gate) return Keep(channel, files, ephemeral: true);
    }

    private List<AttachmentState> Keep(MessageState message, IReadOnlyList<NewFile> files) => Keep(message.Channel, files, message.EphemeralFor is not null);

    private List<AttachmentState> Keep(ChannelState channel, IReadOnlyList<NewFile> files, bool ephemeral)
    {
        var kept = new List<AttachmentState>(files.Count);
        foreach (var file in files)
        {
            var type = file.ContentType ?? FileKinds.TypeOf(file.Filename);
            var attachment = new AttachmentState(NextId(), channel.Id, file.Filename, type, file.Bytes, file.Description, ephemeral)
            {
                Size = FileKinds.SizeOf(file.Bytes.Span),
            };
            _attachments.Add(attachment.Id, attachment);
            kept.Add(attachment);
        }
        return kept;
    }

    private void Take(MessageState message, bool tell)
    {
        if (message.Deleted) return;
        message.Deleted = true;
        message.Channel.Log.Remove(message);
        if (message.Channel.Thread is { } thread && message.EphemeralFor is null && thread.MessageCount > 0) thread.MessageCount--;
        foreach (var file in message.Attachments) _attachments.Remove(file.Id);
        if (tell) Tell(new MessageDeleted(message));
    }
}
