using Usher.Discord.Model;
using Usher.Sandbox.World.Rules;

namespace Usher.Sandbox.World;

public sealed partial class DiscordWorld
{
    /// <summary>Archives or brings back a thread, and locks or unlocks it, as a moderator would.</summary>
    public void SetThread(ChannelState thread, bool? archived = null, bool? locked = null)
    {
        lock (Gate) Apply(thread, new ThreadDraft { Archived = archived, Locked = locked });
    }

    internal ChannelState StartThread(UserState actor, ChannelState parent, ChannelType type, ThreadDraft draft, MessageState? from, string? reason)
    {
        lock (Gate)
        {
            var needed = type == ChannelType.PrivateThread ? Permissions.CreatePrivateThreads : Permissions.CreatePublicThreads;
            Demand(actor, parent, needed);
            if (from?.StartedThread is not null) throw DiscordRefusal.Bad(ErrorCode.ThreadAlreadyCreated, "A thread has already been created for this message");
            DemandRoomForThread(parent.Guild!);

            var thread = NewThread(actor, parent, type, draft, from?.Id);
            thread.Thread!.MemberIndex[actor.Id] = Now;
            if (from is not null)
            {
                from.StartedThread = thread;
                from.Flags |= MessageFlags.HasThread;
            }
            Log(parent.Guild!, actor, 110, thread.Id, reason);
            Tell(new ThreadCreated(thread, Newly: true, AddedOnly: null));
            Tell(new ThreadMembersChanged(thread, [actor], []));
            if (from is null)
            {
                if (type == ChannelType.PublicThread && parent.TakesMessages) AddSystemMessage(parent, actor, MessageType.ThreadCreated, thread.Name, new(thread, null));
            }
            else
            {
                AddSystemMessage(thread, from.Author, MessageType.ThreadStarterMessage, "", new(parent, from.Id), counts: false);
                Tell(new MessageUpdated(from));
            }
            return thread;
        }
    }

    internal ChannelState StartPost(UserState actor, ChannelState forum, ThreadDraft draft, MessageDraft message, string? reason)
    {
        lock (Gate)
        {
            Demand(actor, forum, Permissions.SendMessages);
            DemandRoomForThread(forum.Guild!);
            var thread = NewThread(actor, forum, ChannelType.PublicThread, draft, null);
            thread.Thread!.AppliedTags = draft.AppliedTags ?? [];
            thread.Thread.MemberIndex[actor.Id] = Now;
            Log(forum.Guild!, actor, 110, thread.Id, reason);
            Tell(new ThreadCreated(thread, Newly: true, AddedOnly: null));
            // A post's first message bears the identifier of the thread.
            Publish(actor, thread, message, new PostOptions { Id = thread.Id });
            return thread;
        }
    }

    internal void EditThread(UserState actor, ChannelState thread, ThreadDraft draft, string? reason)
    {
        lock (Gate)
        {
            if (!Sight.Sees(actor, thread, Now)) throw DiscordRefusal.MissingAccess();
            var state = thread.Thread!;
            var mayManage = PermissionsOf(actor, thread).HasFlag(Permissions.ManageThreads);
            if (!mayManage) DemandOwnThread(actor, thread, draft);
            // Only an active thread can be changed; bringing it back may come with other changes.
            if (state.Archived && draft.Archived != false) throw DiscordRefusal.Archived();
            if (state.Archived && draft.Archived == false) DemandRoomForThread(thread.Guild!);

            var renamed = draft.Name is { } name && name != thread.Name;
            Log(thread.Guild!, actor, 111, thread.Id, reason);
            Apply(thread, draft);
            if (renamed && !state.Archived) AddSystemMessage(thread, actor, MessageType.ChannelNameChange, thread.Name, null);
        }
    }

    internal void AddThreadMember(UserState actor, ChannelState thread, UserState user)
    {
        lock (Gate)
        {
            Demand(actor, thread, actor == user ? Permissions.None : Permissions.SendMessagesInThreads);
            var state = thread.Thread!;
            if (state.Archived) throw DiscordRefusal.Archived();
            if (!thread.Guild!.MemberIndex.ContainsKey(user.Id)) throw DiscordRefusal.NotFound(ErrorCode.UnknownMember, "Member");
            if (state.MemberIndex.ContainsKey(user.Id)) return;
            if (actor != user && !MayInvite(actor, thread)) throw DiscordRefusal.MissingPermissions();
            if (!PermissionsOf(user, thread.Parent!).HasFlag(Permissions.ViewChannel)) throw DiscordRefusal.MissingAccess();
            if (state.MemberIndex.Count >= Limits.ThreadMembers)
                throw DiscordRefusal.Bad(ErrorCode.MaximumThreadParticipants, "Maximum number of thread participants has been reached (1000)");
            Enter(thread, [user]);
            if (actor != user) AddSystemMessage(thread, actor, MessageType.RecipientAdd, "", null, mentions: [user]);
        }
    }

    internal void RemoveThreadMember(UserState actor, ChannelState thread, UserState user)
    {
        lock (Gate)
        {
            if (!Sight.Sees(actor, thread, Now)) throw DiscordRefusal.MissingAccess();
            var state = thread.Thread!;
            if (state.Archived) throw DiscordRefusal.Archived();
            var ownPrivate = thread.Type == ChannelType.PrivateThread && state.Owner == actor;
            if (actor != user && !ownPrivate && !PermissionsOf(actor, thread).HasFlag(Permissions.ManageThreads)) throw DiscordRefusal.MissingPermissions();
            if (!state.MemberIndex.ContainsKey(user.Id)) throw DiscordRefusal.NotFound(ErrorCode.UnknownMember, "Member");
            state.MemberIndex.Remove(user.Id);
            Tell(new ThreadMembersChanged(thread, [], [user.Id]));
            if (actor != user) AddSystemMessage(thread, actor, MessageType.RecipientRemove, "", null, mentions: [user]);
        }
    }

    /// <summary>Puts people into a thread: all are told who came, and who came is given the thread.</summary>
    private void Enter(ChannelState thread, IReadOnlyList<UserState> users)
    {
        foreach (var user in users) thread.Thread!.MemberIndex[user.Id] = Now;
        Tell(new ThreadCreated(thread, Newly: false, AddedOnly: users.Select(user => user.Id).ToHashSet()));
        Tell(new ThreadMembersChanged(thread, users, []));
    }

    private bool MayInvite(UserState actor, ChannelState thread)
    {
        if (thread.Type != ChannelType.PrivateThread || thread.Thread!.Invitable || thread.Thread.Owner == actor) return true;
        return PermissionsOf(actor, thread).HasFlag(Permissions.ManageThreads);
    }

    private static void DemandRoomForThread(GuildState guild)
    {
        if (guild.ActiveThreads.Count >= guild.MaximumActiveThreads) throw DiscordRefusal.Bad(ErrorCode.MaximumActiveThreads, "Maximum number of active threads reached");
    }

    private static void DemandOwnThread(UserState actor, ChannelState thread, ThreadDraft draft)
    {
        var state = thread.Thread!;
        var owns = state.Owner == actor;
        if (draft.Locked is not null && !(owns && draft.Locked == state.Locked)) throw DiscordRefusal.MissingPermissions();
        if (draft.RateLimitPerUser is not null || state.Locked) throw DiscordRefusal.MissingPermissions();
        if (draft.OnlyUnarchives && state.MemberIndex.ContainsKey(actor.Id)) return;
        if (!owns) throw DiscordRefusal.MissingPermissions();
    }

    private ChannelState NewThread(UserState actor, ChannelState parent, ChannelType type, ThreadDraft draft, Snowflake? id)
    {
        var duration = draft.AutoArchiveDuration ?? parent.DefaultAutoArchiveDuration ?? 4320;
        var thread = new ChannelState(id ?? NextId(), type, parent.Guild, draft.Name!)
        {
            Parent = parent,
            RateLimitPerUser = draft.RateLimitPerUser ?? parent.DefaultThreadRateLimit ?? 0,
            Thread = new(actor, Now, duration) { Invitable = draft.Invitable ?? true },
        };
        parent.Children.Add(thread);
        parent.Guild!.ActiveThreads.Add(thread.Id, thread);
        _channels.Add(thread.Id, thread);
        return thread;
    }

    private void Apply(ChannelState thread, ThreadDraft draft)
    {
        var state = thread.Thread!;
        thread.Name = draft.Name ?? thread.Name;
        thread.RateLimitPerUser = draft.RateLimitPerUser ?? thread.RateLimitPerUser;
        state.Locked = draft.Locked ?? state.Locked;
        state.Invitable = draft.Invitable ?? state.Invitable;
        state.AppliedTags = draft.AppliedTags ?? state.AppliedTags;
        if (draft.AutoArchiveDuration is { } duration && duration != state.AutoArchiveDuration)
        {
            state.AutoArchiveDuration = duration;
            state.ArchiveTimestamp = state.LastActivityAt = Now;
        }
        var wasArchived = state.Archived;
        if (draft.Archived is { } archived && archived != wasArchived) SetArchived(thread, archived);
        Tell(new ThreadUpdated(thread, Unarchived: wasArchived && !state.Archived));
    }

    private void SetArchived(ChannelState thread, bool archived)
    {
        thread.Thread!.Archived = archived;
        thread.Thread.ArchiveTimestamp = Now;
        if (archived)
        {
            thread.Guild!.ActiveThreads.Remove(thread.Id);
        }
        else
        {
            thread.Thread.LastActivityAt = Now;
            thread.Guild!.ActiveThreads[thread.Id] = thread;
        }
    }

    private void ArchiveSilentThreads()
    {
        lock (Gate)
        {
            var now = Now;
            foreach (var guild in _guilds.Values)
            {
                var silent = guild.ActiveThreads.Values.Where(thread => now - thread.Thread!.LastActivityAt >= TimeSpan.FromMinutes(thread.Thread.AutoArchiveDuration)).ToList();
                foreach (var thread in silent)
                {
                    SetArchived(thread, archived: true);
                    Tell(new ThreadUpdated(thread));
                }
            }
        }
    }
}
