using Usher.Discord.Model;
using Usher.Sandbox.World.Rules;

namespace Usher.Sandbox.World;

public sealed partial class DiscordWorld
{
    private const Permissions EveryonesDefault = Permissions.ViewChannel | Permissions.SendMessages | Permissions.SendMessagesInThreads | Permissions.AddReactions
        | Permissions.ReadMessageHistory | Permissions.UseApplicationCommands | Permissions.AttachFiles | Permissions.EmbedLinks | Permissions.CreatePublicThreads
        | Permissions.CreatePrivateThreads | Permissions.Connect | Permissions.Speak | Permissions.UseVad | Permissions.ChangeNickname | Permissions.CreateInstantInvite
        | Permissions.SendPolls | Permissions.UseExternalEmojis;

    /// <summary>Makes a guild with its @everyone role and its owner as first member.</summary>
    public GuildState AddGuild(string name, UserState owner, Snowflake? id = null)
    {
        lock (Gate)
        {
            var guild = new GuildState(id ?? _ids.Next(), name, owner);
            guild.RoleIndex.Add(guild.Id, new(guild.Id, guild, "@everyone") { Permissions = EveryonesDefault });
            _guilds.Add(guild.Id, guild);
            Join(guild, owner);
            return guild;
        }
    }

    /// <summary>Makes a role above all others there are.</summary>
    public RoleState AddRole(GuildState guild, string name, Permissions permissions = Permissions.None, bool mentionable = false, int color = 0, Snowflake? id = null)
    {
        lock (Gate)
        {
            if (guild.RoleIndex.Count >= Limits.Roles) throw DiscordRefusal.Bad(ErrorCode.MaximumGuildRoles, "Maximum number of guild roles reached (250)");
            var role = new RoleState(id ?? _ids.Next(), guild, name)
            {
                Permissions = permissions,
                Mentionable = mentionable,
                Color = color,
                Position = guild.RoleIndex.Count,
            };
            guild.RoleIndex.Add(role.Id, role);
            Tell(new RoleCreated(role));
            return role;
        }
    }

    /// <summary>Gives the guild an emoji of its own, before anybody is connected: no event tells of it.</summary>
    public EmojiState AddEmoji(GuildState guild, string name, Snowflake? id = null, string? picture = null)
    {
        lock (Gate)
        {
            var emoji = new EmojiState(id ?? _ids.Next(), name, Animated: false) { Picture = picture };
            guild.Emojis[emoji.Id] = emoji;
            return emoji;
        }
    }

    /// <summary>Gives the guild another name and locale, before anybody is connected: no event tells of it.</summary>
    public void Rename(GuildState guild, string name, string? locale = null)
    {
        lock (Gate)
        {
            guild.Name = name;
            guild.PreferredLocale = locale ?? guild.PreferredLocale;
        }
    }

    /// <summary>Changes a role as an administrator would.</summary>
    public void EditRole(RoleState role, string? name = null, Permissions? permissions = null, bool? mentionable = null, int? position = null)
    {
        lock (Gate)
        {
            role.Name = name ?? role.Name;
            role.Permissions = permissions ?? role.Permissions;
            role.Mentionable = mentionable ?? role.Mentionable;
            role.Position = position ?? role.Position;
            Tell(new RoleUpdated(role));
        }
    }

    /// <summary>Deletes a role, with the overwrites that name it.</summary>
    public void DeleteRole(RoleState role)
    {
        lock (Gate)
        {
            foreach (var member in role.Holders.ToList())
            {
                member.RoleList.Remove(role);
                Tell(new MemberUpdated(member));
            }
            foreach (var channel in role.Guild.ChannelIndex.Values.Where(channel => channel.OverwriteIndex.ContainsKey(role.Id)))
            {
                var saw = SeenBy(channel);
                channel.OverwriteIndex.Remove(role.Id);
                Tell(new ChannelUpdated(channel, saw));
            }
            role.Guild.RoleIndex.Remove(role.Id);
            Tell(new RoleDeleted(role));
        }
    }

    /// <summary>Lets a user join, with roles from the start. Who is a member already stays as they are.</summary>
    public MemberState Join(GuildState guild, UserState user, params IReadOnlyList<RoleState> roles)
    {
        lock (Gate)
        {
            if (guild.MemberIndex.TryGetValue(user.Id, out var there)) return there;
            var member = new MemberState(guild, user, Now);
            guild.MemberIndex.Add(user.Id, member);
            user.GuildSet.Add(guild);
            foreach (var role in roles) Give(member, role);
            Tell(new MemberJoined(member));
            return member;
        }
    }

    /// <summary>Adds an application's bot to the guild, with a role of its own that bears the permissions.</summary>
    public MemberState Install(ApplicationState application, GuildState guild, Permissions permissions, Snowflake? roleId = null)
    {
        lock (Gate)
        {
            if (guild.MemberIndex.TryGetValue(application.Bot.Id, out var there)) return there;
            var role = AddRole(guild, application.Name, permissions, id: roleId);
            role.ManagedBy = application;
            guild.Applications.Add(application);
            var member = Join(guild, application.Bot, role);
            Tell(new GuildJoined(guild, application));
            return member;
        }
    }

    /// <summary>Lets a member leave. Threads forget the member; what was written stays.</summary>
    public void Leave(GuildState guild, UserState user)
    {
        lock (Gate)
        {
            if (!guild.MemberIndex.Remove(user.Id, out var member)) return;
            user.GuildSet.Remove(guild);
            guild.VoiceStates.Remove(user.Id);
            foreach (var role in member.RoleList) role.Holders.Remove(member);
            foreach (var thread in guild.ActiveThreads.Values.ToList())
            {
                if (thread.Thread!.MemberIndex.Remove(user.Id)) Tell(new ThreadMembersChanged(thread, [], [user.Id]));
            }
            if (guild.Applications.Find(app => app.Bot == user) is { } application)
            {
                Tell(new GuildLeft(guild, application, Unavailable: false));
                guild.Applications.Remove(application);
                foreach (var own in guild.RoleIndex.Values.Where(role => role.ManagedBy == application).ToList()) DeleteRole(own);
            }
            Tell(new MemberLeft(guild, user));
        }
    }

    /// <summary>Gives a role as an administrator would.</summary>
    public void GiveRole(MemberState member, RoleState role)
    {
        lock (Gate)
        {
            var before = HiddenFrom(member);
            if (!Give(member, role)) return;
            Tell(new MemberUpdated(member));
            ShowThreads(member, before);
        }
    }

    /// <summary>Takes a role away as an administrator would.</summary>
    public void TakeRole(MemberState member, RoleState role)
    {
        lock (Gate)
        {
            if (!member.RoleList.Remove(role)) return;
            role.Holders.Remove(member);
            Tell(new MemberUpdated(member));
        }
    }

    /// <summary>Sets or removes a member's nickname.</summary>
    public void Rename(MemberState member, string? nick)
    {
        lock (Gate)
        {
            member.Nick = string.IsNullOrEmpty(nick) ? null : nick;
            Tell(new MemberUpdated(member));
        }
    }

    /// <summary>Times a member out until a moment, or ends it with null.</summary>
    public void TimeOut(MemberState member, DateTimeOffset? until)
    {
        lock (Gate)
        {
            member.TimedOutUntil = until;
            Tell(new MemberUpdated(member));
        }
    }

    /// <summary>Strikes a guild with an outage, or ends it: bots are told GUILD_DELETE with `unavailable`, and later GUILD_CREATE again.</summary>
    public void SetOutage(GuildState guild, bool unavailable)
    {
        lock (Gate)
        {
            if (guild.Unavailable == unavailable) return;
            guild.Unavailable = unavailable;
            foreach (var application in guild.Applications)
                Tell(unavailable ? new GuildLeft(guild, application, Unavailable: true) : new GuildJoined(guild, application));
        }
    }

    /// <summary>Puts a member into a voice channel, or out of voice with null.</summary>
    public void MoveVoice(GuildState guild, UserState user, ChannelState? channel)
    {
        lock (Gate)
        {
            if (channel is null) guild.VoiceStates.Remove(user.Id);
            else guild.VoiceStates[user.Id] = channel.Id;
            Tell(new VoiceChanged(guild, user, channel));
        }
    }

    internal void ChangeMember(UserState actor, MemberState member, IReadOnlyList<RoleState>? roles, bool nickGiven, string? nick, string? reason)
    {
        lock (Gate)
        {
            if (roles is not null)
            {
                Demand(actor, member.Guild, Permissions.ManageRoles);
                foreach (var role in roles.Except(member.RoleList).Concat(member.RoleList.Except(roles)).ToList()) DemandRule(actor, role);
                foreach (var role in member.RoleList.Except(roles).ToList())
                {
                    member.RoleList.Remove(role);
                    role.Holders.Remove(member);
                }
                foreach (var role in roles) Give(member, role);
                Log(member.Guild, actor, 25, member.User.Id, reason);
            }
            if (nickGiven)
            {
                Demand(actor, member.Guild, actor == member.User ? Permissions.ChangeNickname : Permissions.ManageNicknames);
                if (actor != member.User) DemandRuleOver(actor, member);
                member.Nick = string.IsNullOrEmpty(nick) ? null : nick;
                Log(member.Guild, actor, 24, member.User.Id, reason);
            }
            Tell(new MemberUpdated(member));
        }
    }

    internal void ChangeRoleOf(UserState actor, MemberState member, RoleState role, bool give, string? reason)
    {
        lock (Gate)
        {
            Demand(actor, member.Guild, Permissions.ManageRoles);
            DemandRule(actor, role);
            if (give) GiveRole(member, role);
            else TakeRole(member, role);
            Log(member.Guild, actor, 25, member.User.Id, reason);
        }
    }

    internal void Kick(UserState actor, MemberState member, string? reason)
    {
        lock (Gate)
        {
            Demand(actor, member.Guild, Permissions.KickMembers);
            DemandRuleOver(actor, member);
            Log(member.Guild, actor, 20, member.User.Id, reason);
            Leave(member.Guild, member.User);
        }
    }

    /// <summary>Only a higher role rules a lower one; what an application owns nobody gives. <see href="https://discord.com/developers/docs/topics/permissions#permission-hierarchy"/></summary>
    internal void DemandRule(UserState actor, RoleState role)
    {
        if (role.ManagedBy is not null || role.Id == role.Guild.Id) throw DiscordRefusal.Bad(ErrorCode.InvalidRole, "Invalid Role");
        if (role.Guild.Owner == actor) return;
        if (role.Guild.MemberIndex[actor.Id].HighestPosition <= role.Position) throw DiscordRefusal.MissingPermissions();
    }

    private static void DemandRuleOver(UserState actor, MemberState member)
    {
        var guild = member.Guild;
        if (guild.Owner == actor) return;
        if (guild.Owner == member.User || guild.MemberIndex[actor.Id].HighestPosition <= member.HighestPosition) throw DiscordRefusal.MissingPermissions();
    }

    private static bool Give(MemberState member, RoleState role)
    {
        if (member.RoleList.Contains(role) || role.Id == role.Guild.Id) return false;
        member.RoleList.Add(role);
        role.Holders.Add(member);
        return true;
    }

    private HashSet<ChannelState>? HiddenFrom(MemberState member) =>
        member.User.IsBot ? member.Guild.ChannelIndex.Values.Where(channel => !Sight.Sees(member.User, channel, Now)).ToHashSet() : null;

    private void ShowThreads(MemberState member, HashSet<ChannelState>? hiddenBefore)
    {
        if (hiddenBefore is null || member.Guild.Applications.Find(app => app.Bot == member.User) is not { } application) return;
        var shown = hiddenBefore.Where(channel => Sight.Sees(member.User, channel, Now)).ToList();
        if (shown.Count > 0) Tell(new ThreadsShown(member.Guild, application, shown));
    }
}
