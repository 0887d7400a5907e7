using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Rest;

/// <summary>What Discord answers: a status and JSON, or nothing.</summary>
internal readonly record struct RestAnswer(int Status, byte[] Body)
{
    public static RestAnswer NoContent { get; } = new(204, []);

    public static RestAnswer Ok(Action<Utf8JsonWriter> write) => new(200, Payloads.Bytes(write));

    public static RestAnswer Created(Action<Utf8JsonWriter> write) => new(201, Payloads.Bytes(write));
}

/// <summary>One request, read and authorised, on its way to the world.</summary>
internal sealed class RestCall(DiscordWorld world, Payloads payloads, HttpRequest request, RequestBody body, ApplicationState? application, BoxOptions options, string gatewayAddress)
{
    public DiscordWorld World => world;

    public Payloads Payloads => payloads;

    public BoxOptions Options => options;

    public string GatewayAddress => gatewayAddress;

    public JsonElement Json => body.Json;

    public IReadOnlyList<UploadedFile> Files => body.Files;

    public ApplicationState Application => application ?? throw new InvalidOperationException("The route is open to anyone.");

    public UserState Bot => Application.Bot;

    public string? Reason => request.Headers["X-Audit-Log-Reason"].FirstOrDefault() is { } reason ? Uri.UnescapeDataString(reason) : null;

    public bool Has(string name) => request.RouteValues.ContainsKey(name);

    public string Value(string name) => (string)request.RouteValues[name]!;

    public Snowflake Id(string name) =>
        Snowflake.TryParse(Value(name), out var id) ? id : throw FormRefusal.Single(name + "_id", "NUMBER_TYPE_COERCE", $"Value \"{Value(name)}\" is not snowflake.");

    public string? Query(string name) => request.Query[name].FirstOrDefault();

    public bool Asked(string name) => Query(name) is "true" or "1" or "True";

    public int Number(string name, int fallback, int min, int max)
    {
        if (Query(name) is not { } text) return fallback;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) throw FormRefusal.Single(name, "NUMBER_TYPE_COERCE", $"Value \"{text}\" is not int.");
        if (number < min) throw FormRefusal.Single(name, "NUMBER_TYPE_MIN", $"int value should be greater than or equal to {min}.");
        return number <= max ? number : throw FormRefusal.Single(name, "NUMBER_TYPE_MAX", $"int value should be less than or equal to {max}.");
    }

    public Snowflake? QueryId(string name)
    {
        if (Query(name) is not { } text) return null;
        return Snowflake.TryParse(text, out var id) ? id : throw FormRefusal.Single(name, "NUMBER_TYPE_COERCE", $"Value \"{text}\" is not snowflake.");
    }

    /// <summary>The body's fields; an empty body is an empty object where the route allows it.</summary>
    public Fields Form(FormRefusal faults)
    {
        if (Json.ValueKind != JsonValueKind.Undefined) return new(Json, "", faults);
        using var empty = JsonDocument.Parse("{}");
        return new(empty.RootElement.Clone(), "", faults);
    }

    public GuildState Guild(string name = "guild")
    {
        var guild = world.FindGuild(Id(name));
        if (guild is null || !guild.MemberIndex.ContainsKey(Bot.Id)) throw DiscordRefusal.NotFound(ErrorCode.UnknownGuild, "Guild");
        return guild;
    }

    /// <summary>The channel, seen by the bot: 10003 where there is none, 50001 where it is hidden.</summary>
    public ChannelState Channel(string name = "channel")
    {
        var channel = world.FindChannel(Id(name)) ?? throw DiscordRefusal.NotFound(ErrorCode.UnknownChannel, "Channel");
        return world.Sees(Bot, channel) ? channel : throw DiscordRefusal.MissingAccess();
    }

    public ChannelState GuildChannel(string name = "channel")
    {
        var channel = Channel(name);
        return channel.IsDm ? throw DiscordRefusal.Forbidden(ErrorCode.InvalidForDirectMessage, "Cannot execute action on a DM channel") : channel;
    }

    public ChannelState Thread(string name = "channel")
    {
        var channel = Channel(name);
        return channel.IsThread ? channel : throw DiscordRefusal.Bad(ErrorCode.WrongChannelType, "Cannot execute action on this channel type");
    }

    /// <summary>The message, which an ephemeral one of others is not; reading needs READ_MESSAGE_HISTORY.</summary>
    public MessageState Message(ChannelState channel, string name = "message")
    {
        var message = channel.Log.Find(Id(name));
        if (message is null || message.EphemeralFor is not null) throw DiscordRefusal.NotFound(ErrorCode.UnknownMessage, "Message");
        return message;
    }

    public UserState User(string name = "user")
    {
        if (Value(name) == "@me") return Bot;
        return world.FindUser(Id(name)) ?? throw DiscordRefusal.NotFound(ErrorCode.UnknownUser, "User");
    }

    public MemberState Member(GuildState guild, string name = "user")
    {
        var id = Value(name) == "@me" ? Bot.Id : Id(name);
        return guild.MemberIndex.GetValueOrDefault(id) ?? throw DiscordRefusal.NotFound(ErrorCode.UnknownMember, "Member");
    }

    public void Demand(ChannelState channel, Permissions needed)
    {
        if (channel.Guild is not null && (world.PermissionsOf(Bot, channel) & needed) != needed) throw DiscordRefusal.MissingPermissions();
    }

    public void Demand(GuildState guild, Permissions needed)
    {
        if ((world.PermissionsOf(Bot, guild) & needed) != needed) throw DiscordRefusal.MissingPermissions();
    }

    public RestAnswer Show(MessageState message) => RestAnswer.Ok(writer => payloads.Message(writer, message, new(application ?? message.Application!, MayRead(message))));

    public RestAnswer Show(ChannelState channel) => RestAnswer.Ok(writer => payloads.Channel(writer, channel, Bot));

    /// <summary>REST too hides others' text from an application without the MESSAGE_CONTENT intent. <see href="https://discord.com/developers/docs/events/gateway#message-content-intent"/></summary>
    public bool MayRead(MessageState message)
    {
        var reader = application ?? message.Application!;
        return reader.PrivilegedIntents.HasFlag(Intents.MessageContent) || MessageSight.MayAlwaysRead(message, reader);
    }
}
