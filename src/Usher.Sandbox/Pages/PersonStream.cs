using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;
using Usher.Sandbox.World.Rules;

namespace Usher.Sandbox.Pages;

/// <summary>
/// What one person's page is told as it happens: Discord's dispatches, cut to what the person sees.
/// Where a change moves the borders of what is seen at large, the page is asked to read everything anew (<c>BOX_RESYNC</c>).
/// </summary>
internal sealed class PersonStream : IDisposable
{
    /// <summary>A page that lags further behind than this reads everything anew.</summary>
    private const int MostWaiting = 2000;

    private static readonly byte[] Resync = """{"t":"BOX_RESYNC","d":{}}"""u8.ToArray();

    private readonly DiscordWorld _world;
    private readonly PageObjects _objects;
    private readonly UserState _viewer;
    private readonly HashSet<Snowflake> _seen;
    private readonly IDisposable _watching;
    private readonly System.Threading.Channels.Channel<byte[]> _waiting = System.Threading.Channels.Channel.CreateBounded<byte[]>(MostWaiting);
    private bool _lagging;

    public PersonStream(DiscordWorld world, PageObjects objects, UserState viewer)
    {
        (_world, _objects, _viewer) = (world, objects, viewer);
        lock (world.Gate)
        {
            _seen = Visible().Select(channel => channel.Id).ToHashSet();
            _watching = world.Watch(Hear);
        }
    }

    public IAsyncEnumerable<byte[]> ReadAsync(CancellationToken cancellationToken) => _waiting.Reader.ReadAllAsync(cancellationToken);

    public void Dispose()
    {
        _watching.Dispose();
        _waiting.Writer.TryComplete();
    }

    private void Hear(WorldEvent happening)
    {
        switch (happening)
        {
            case MessageCreated { Message: var message } when SeesMessage(message): TellNew(message); break;
            case MessageUpdated { Message: var message } when SeesMessage(message): Tell("MESSAGE_UPDATE", json => _objects.Message(json, message, _viewer)); break;
            case MessageDeleted { Message: var message } when SeesMessage(message): TellDeleted(message.Channel, [message]); break;
            case MessagesDeleted { Channel: var channel, Messages: var messages } when Sees(channel): TellDeleted(channel, messages); break;
            case ReactionChanged { Message: var message } when SeesMessage(message): Tell("MESSAGE_UPDATE", json => _objects.Message(json, message, _viewer)); break;
            case ChannelCreated { Channel: var channel }: Refresh(channel); break;
            case ChannelUpdated { Channel: var channel }: RefreshWithThreads(channel); break;
            case ChannelDeleted { Channel: var channel }: Drop(channel); break;
            case ThreadCreated { Thread: var thread }: Refresh(thread); break;
            case ThreadUpdated { Thread: var thread }: Refresh(thread); break;
            case ThreadMembersChanged { Thread: var thread }: Refresh(thread); break;
            case ThreadDeleted { Thread: var thread }: Drop(thread); break;
            case TypingStarted { Channel: var channel, User: var user } when user != _viewer && Sees(channel): TellTyping(channel, user); break;
            case PinsUpdated { Channel: var channel } when Sees(channel): Tell("CHANNEL_PINS_UPDATE", json => Reference(json, channel)); break;
            case VoiceChanged { Guild: var guild, User: var user, Channel: var channel } when IsIn(guild):
                Tell("VOICE_STATE_UPDATE", json => PageObjects.Voice(json, guild.Id, user.Id, channel?.Id));
                break;
            case MemberJoined { Member: var member } when member.User != _viewer && IsIn(member.Guild): Tell("GUILD_MEMBER_ADD", json => Payloads.MemberEvent(json, member)); break;
            case MemberUpdated { Member: var member } when member.User != _viewer && IsIn(member.Guild): Tell("GUILD_MEMBER_UPDATE", json => Payloads.MemberEvent(json, member)); break;
            case MemberLeft { Guild: var guild, User: var user } when user != _viewer && IsIn(guild): TellLeft(guild, user); break;
            case MemberJoined or MemberUpdated or MemberLeft or RoleCreated or RoleUpdated or RoleDeleted or GuildUpdated or GuildJoined or GuildLeft or ThreadsShown: AskToReadAnew(); break;
        }
    }

    private IEnumerable<ChannelState> Visible() =>
        _world.Guilds.SelectMany(guild => guild.Channels).SelectMany(channel => channel.Children.Append(channel)).Concat(_world.DmsOf(_viewer).Where(dm => dm.LastMessageId is not null)).Where(Sees);

    private bool Sees(ChannelState channel) => _objects.Sees(channel, _viewer);

    private bool SeesMessage(MessageState message) => (message.EphemeralFor is null || message.EphemeralFor == _viewer) && Sight.Sees(_viewer, message.Channel, _world.Now);

    private bool IsIn(GuildState guild) => guild.MemberIndex.ContainsKey(_viewer.Id);

    private void TellNew(MessageState message)
    {
        // The first message is what opens a direct message on the other side.
        if (message.Channel.IsDm && _seen.Add(message.Channel.Id)) Tell("CHANNEL_CREATE", json => _objects.Channel(json, message.Channel, _viewer));
        Tell("MESSAGE_CREATE", json => _objects.Message(json, message, _viewer));
    }

    /// <summary>Tells a channel as it is now: new, changed, or gone for this person.</summary>
    private void Refresh(ChannelState channel)
    {
        if (Sees(channel))
        {
            _seen.Add(channel.Id);
            Tell(channel.IsThread ? "THREAD_UPDATE" : "CHANNEL_UPDATE", json => _objects.Channel(json, channel, _viewer));
        }
        else if (_seen.Remove(channel.Id)) TellGone(channel);
        if (channel.Parent is { Type: ChannelType.GuildCategory } category && Sees(category) && _seen.Add(category.Id))
            Tell("CHANNEL_CREATE", json => _objects.Channel(json, category, _viewer));
    }

    private void RefreshWithThreads(ChannelState channel)
    {
        Refresh(channel);
        foreach (var thread in channel.Children.Where(child => child.IsThread)) Refresh(thread);
    }

    private void Drop(ChannelState channel)
    {
        if (_seen.Remove(channel.Id)) TellGone(channel);
    }

    private void TellGone(ChannelState channel) => Tell(channel.IsThread ? "THREAD_DELETE" : "CHANNEL_DELETE", json =>
    {
        json.WriteStartObject();
        json.WriteString("id", channel.Id.ToString());
        json.WriteString("guild_id", channel.Guild?.Id.ToString());
        json.WriteEndObject();
    });

    private void TellDeleted(ChannelState channel, IReadOnlyList<MessageState> messages) => Tell("MESSAGE_DELETE_BULK", json =>
    {
        json.WriteStartObject();
        json.WriteString("channel_id", channel.Id.ToString());
        json.WriteStartArray("ids");
        foreach (var message in messages) json.WriteStringValue(message.Id.ToString());
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private void TellTyping(ChannelState channel, UserState user) => Tell("TYPING_START", json =>
    {
        json.WriteStartObject();
        json.WriteString("channel_id", channel.Id.ToString());
        json.WriteString("user_id", user.Id.ToString());
        json.WriteEndObject();
    });

    private void TellLeft(GuildState guild, UserState user) => Tell("GUILD_MEMBER_REMOVE", json =>
    {
        json.WriteStartObject();
        json.WriteString("guild_id", guild.Id.ToString());
        json.WritePropertyName("user");
        Payloads.User(json, user);
        json.WriteEndObject();
    });

    private static void Reference(Utf8JsonWriter json, ChannelState channel)
    {
        json.WriteStartObject();
        json.WriteString("channel_id", channel.Id.ToString());
        json.WriteEndObject();
    }

    private void Tell(string name, Action<Utf8JsonWriter> write) => Put(Payloads.Bytes(json =>
    {
        json.WriteStartObject();
        json.WriteString("t", name);
        json.WritePropertyName("d");
        write(json);
        json.WriteEndObject();
    }));

    private void AskToReadAnew()
    {
        _seen.UnionWith(Visible().Select(channel => channel.Id));
        Put(Resync);
    }

    private void Put(byte[] dispatch)
    {
        if (_waiting.Writer.TryWrite(dispatch))
        {
            _lagging = false;
            return;
        }
        if (_lagging) return;
        _lagging = true;
        // Make room: what is thrown away is read anew anyhow.
        while (_waiting.Reader.TryRead(out _)) { }
        _waiting.Writer.TryWrite(Resync);
    }
}
