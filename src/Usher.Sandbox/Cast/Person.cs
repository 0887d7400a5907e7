using Usher.Sandbox.World;
using Usher.Sandbox.World.Rules;

namespace Usher.Sandbox.Cast;

/// <summary>
/// Somebody at their Discord: does what a person can do, by Discord's rules, and sees what that person would see.
/// What Discord would not let them do fails with <see cref="DiscordRefusal"/>; what is not on their screen with <see cref="NotOnScreenException"/>.
/// </summary>
public sealed partial class Person
{
    private readonly DiscordWorld _world;

    internal Person(DiscordWorld world, UserState user) => (_world, User) = (world, user);

    /// <summary>The user.</summary>
    public UserState User { get; }

    /// <summary>The name on their screen.</summary>
    public string Name => User.DisplayName;

    /// <summary>How a message names them.</summary>
    public string Mention => $"<@{User.Id}>";

    /// <summary>The channels of a guild that they see, threads they are in or may manage among them, in order of their making.</summary>
    public IReadOnlyList<ChannelState> Channels(GuildState guild)
    {
        lock (_world.Gate)
        {
            var channels = guild.Channels.Where(channel => Sight.Sees(User, channel, _world.Now)).ToList();
            var threads = channels.SelectMany(channel => channel.Children).Where(thread => thread.IsThread && Sight.Sees(User, thread, _world.Now));
            return [.. channels.Concat(threads).Distinct().OrderBy(channel => channel.Id)];
        }
    }

    /// <summary>What they see in a channel, oldest first, ephemeral answers to them among it. Empty when they do not see the channel.</summary>
    public IReadOnlyList<MessageState> Sees(ChannelState channel)
    {
        lock (_world.Gate) return [.. channel.Messages.Where(message => !message.Deleted && Sight.Sees(User, message, _world.Now))];
    }

    /// <summary>Whether a message is on their screen.</summary>
    public bool Sees(MessageState message)
    {
        lock (_world.Gate) return !message.Deleted && Sight.Sees(User, message, _world.Now);
    }

    /// <summary>The messages that ping them, of all that exist, oldest first.</summary>
    public IReadOnlyList<MessageState> Pings(GuildState guild) =>
        [.. Channels(guild).SelectMany(Sees).Where(message => message.Pings.Contains(User.Id)).OrderBy(message => message.Id)];

    /// <summary>Their direct messages with a bot or person, oldest first.</summary>
    public IReadOnlyList<MessageState> DirectMessages(UserState with)
    {
        lock (_world.Gate) return Sees(_world.OpenDm(User, with));
    }

    /// <summary>Writes a message.</summary>
    public MessageState Types(string text, ChannelState where, params IReadOnlyList<NewFile> files) => Types(text, where, replyTo: null, files);

    /// <summary>Answers a message.</summary>
    public MessageState Types(string text, ChannelState where, MessageState? replyTo, params IReadOnlyList<NewFile> files) =>
        _world.Post(User, where, new MessageDraft { Content = text, Files = files, ReplyTo = replyTo });

    /// <summary>Changes a message of their own.</summary>
    public void Edits(MessageState message, string text) => _world.EditMessage(User, message, new MessageEdit { Content = text });

    /// <summary>Deletes a message of their own, or of others where they may.</summary>
    public void Deletes(MessageState message) => _world.RemoveMessage(User, message, reason: null);

    /// <summary>Deletes a channel or thread by hand.</summary>
    public void Deletes(ChannelState channel) => _world.RemoveChannel(User, channel, reason: null);

    /// <summary>Shows that they are typing.</summary>
    public void StartsTyping(ChannelState where) => _world.Type(User, where);

    /// <summary>Leaves the guild.</summary>
    public void Leaves(GuildState guild) => _world.Leave(guild, User);

    /// <summary>Makes an invitation to a channel that never ends; its code.</summary>
    public string Invites(ChannelState to) => _world.CreateInvite(User, to, maxAge: 0, maxUses: 0, temporary: false).Code;

    /// <summary>Comes into the guild, with the roles given.</summary>
    public MemberState Joins(GuildState guild, params IReadOnlyList<RoleState> roles) => _world.Join(guild, User, roles);

    /// <summary>Takes direct messages no more (50007 for whoever tries).</summary>
    public void ClosesDms() => User.DmsClosed = true;

    /// <summary>Takes direct messages again.</summary>
    public void OpensDms() => User.DmsClosed = false;

    /// <summary>Speaks another language with Discord, told in interactions.</summary>
    public void Speaks(string locale) => User.Locale = locale;
}

/// <summary>Somebody was to use what is not on their screen.</summary>
public sealed class NotOnScreenException : Exception
{
    internal NotOnScreenException(string message) : base(message) { }
}
