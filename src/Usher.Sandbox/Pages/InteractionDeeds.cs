using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Usher.Discord.Model;
using Usher.Sandbox.Cast;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Pages;

/// <summary>
/// Clicks, choices, commands and forms of the page. The call lasts until the application has answered or three seconds are over,
/// and says how it ended: <c>done</c>, <c>modal</c> with the form, or <c>failed</c>.
/// https://discord.com/developers/docs/interactions/receiving-and-responding
/// </summary>
internal sealed class InteractionDeeds(DiscordWorld world, Payloads payloads, Troupe cast)
{
    private const int Command = 2;
    private const int Component = 3;
    private const int Autocomplete = 4;
    private const int ModalSubmit = 5;

    /// <summary>Does it and waits for the end.</summary>
    public async Task<byte[]> InteractAsync(PageRequest request)
    {
        var (payload, files) = await request.FormAsync();
        try
        {
            var interaction = NumberOf(payload, "type") switch
            {
                Command => Run(request.Viewer, payload, files),
                Component => await UseAsync(request.Viewer, payload),
                ModalSubmit => Submit(request.Viewer, payload, files),
                var other => throw new NotModelledException($"An interaction of type {other}"),
            };
            await interaction.Settled.Task.WaitAsync(request.Aborted);
            if (interaction is { Type: ModalSubmit, Status: InteractionStatus.Failed, Opener: { Modal: { } modal } opener }) PutBack(opener, modal);
            return Ended(interaction);
        }
        catch (NotOnScreenException notThere)
        {
            throw new DiscordRefusal(400, (int)ErrorCode.UnknownInteraction, notThere.Message);
        }
    }

    /// <summary>What an application offers for the option being typed.</summary>
    public async Task<byte[]> CompleteAsync(PageRequest request)
    {
        var payload = await request.BodyAsync();
        var channel = ChannelOf(request.Viewer, payload);
        var interaction = AskCommand(request.Viewer, channel, payload.GetProperty("data"), Autocomplete, []);
        await interaction.Settled.Task.WaitAsync(request.Aborted);
        return Payloads.Bytes(json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("choices");
            if (interaction.Choices is { } choices) choices.WriteTo(json);
            else json.WriteRawValue("[]"u8);
            json.WriteEndObject();
        });
    }

    private async Task<InteractionState> UseAsync(UserState viewer, JsonElement payload)
    {
        var channel = ChannelOf(viewer, payload);
        var message = MessageOf(viewer, channel, payload) ?? throw DiscordRefusal.NotFound(ErrorCode.UnknownMessage, "Message");
        var data = payload.GetProperty("data");
        var customId = data.GetProperty("custom_id").GetString()!;
        var person = cast.Of(viewer);
        var asked = data.TryGetProperty("values", out var values)
            ? await person.Picks(message, customId, [.. values.EnumerateArray().Select(value => value.GetString()!)])
            : await person.Clicks(message, customId);
        return asked.Interaction;
    }

    private InteractionState Run(UserState viewer, JsonElement payload, IReadOnlyList<NewFile> files) =>
        AskCommand(viewer, ChannelOf(viewer, payload), payload.GetProperty("data"), Command, files);

    private InteractionState AskCommand(UserState viewer, ChannelState channel, JsonElement data, int type, IReadOnlyList<NewFile> files)
    {
        lock (world.Gate)
        {
            var wanted = data.GetProperty("id").GetString();
            var (application, command) = cast.Of(viewer).CommandsFor(channel).FirstOrDefault(pair => pair.Command.Id.ToString() == wanted);
            if (command is null) throw new NotOnScreenException("You are not offered that command here.");
            var sent = new JsonObject { ["id"] = wanted, ["name"] = command.Name, ["type"] = command.Type };
            if (command.GuildId is { } guild) sent["guild_id"] = guild.ToString();
            var resolved = new ResolvedData(world, payloads, channel, viewer);
            if (data.TryGetProperty("options", out var options) && options.GetArrayLength() > 0)
            {
                sent["options"] = JsonNode.Parse(options.GetRawText());
                resolved.AddOptions((JsonArray)sent["options"]!, files);
            }
            if (data.TryGetProperty("target_id", out var target))
            {
                sent["target_id"] = target.GetString();
                resolved.AddTarget(command.Type, target.GetString()!);
            }
            resolved.WriteTo(sent);
            return world.Interact(new InteractionDraft(type, application, channel, viewer, Element(sent)) { CommandName = NameWithSubcommands(command.Name, options) });
        }
    }

    private InteractionState Submit(UserState viewer, JsonElement payload, IReadOnlyList<NewFile> files)
    {
        lock (world.Gate)
        {
            var opener = world.ModalBefore(viewer) ?? throw DiscordRefusal.NotFound(ErrorCode.UnknownInteraction, "interaction");
            var data = payload.GetProperty("data");
            var sent = new JsonObject
            {
                ["custom_id"] = opener.Modal!.Value.GetProperty("custom_id").GetString(),
                ["components"] = JsonNode.Parse(data.GetProperty("components").GetRawText()),
            };
            var resolved = new ResolvedData(world, payloads, opener.Channel, viewer);
            resolved.AddComponents((JsonArray)sent["components"]!, files);
            resolved.WriteTo(sent);
            world.CloseModal(viewer);
            return world.Interact(new InteractionDraft(ModalSubmit, opener.Application, opener.Channel, viewer, Element(sent)) { Message = opener.Message, Opener = opener });
        }
    }

    /// <summary>A form that failed stays on the screen and can be sent again.</summary>
    private void PutBack(InteractionState opener, JsonElement modal)
    {
        lock (world.Gate)
        {
            if (world.ModalBefore(opener.User) is null) world.OpenModal(opener, modal);
        }
    }

    /// <summary>Puts the form away without sending it.</summary>
    public void DismissModal(PageRequest request)
    {
        lock (world.Gate) world.CloseModal(request.Viewer);
    }

    private static byte[] Ended(InteractionState interaction) => Payloads.Bytes(json =>
    {
        json.WriteStartObject();
        json.WriteString("outcome", interaction.Status == InteractionStatus.Failed ? "failed" : interaction.Modal is null ? "done" : "modal");
        if (interaction is { Status: not InteractionStatus.Failed, Modal: { } modal })
        {
            json.WritePropertyName("modal");
            modal.WriteTo(json);
        }
        json.WriteEndObject();
    });

    private ChannelState ChannelOf(UserState viewer, JsonElement payload)
    {
        var channel = Snowflake.TryParse(payload.GetProperty("channel_id").GetString(), out var id) ? world.FindChannel(id) : null;
        return channel is not null && world.Sees(viewer, channel) ? channel : throw DiscordRefusal.NotFound(ErrorCode.UnknownChannel, "Channel");
    }

    private MessageState? MessageOf(UserState viewer, ChannelState channel, JsonElement payload)
    {
        lock (world.Gate)
        {
            var message = payload.TryGetProperty("message_id", out var value) && Snowflake.TryParse(value.GetString(), out var id) ? channel.Log.Find(id) : null;
            return message?.EphemeralFor is { } only && only != viewer ? null : message;
        }
    }

    private static string NameWithSubcommands(string name, JsonElement options)
    {
        while (options.ValueKind == JsonValueKind.Array && options.GetArrayLength() == 1 && options[0].GetProperty("type").GetInt32() is 1 or 2)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{name} {options[0].GetProperty("name").GetString()}");
            options = options[0].TryGetProperty("options", out var inner) ? inner : default;
        }
        return name;
    }

    private static int NumberOf(JsonElement payload, string name) => payload.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : 0;

    private static JsonElement Element(JsonObject node) => JsonDocument.Parse(node.ToJsonString()).RootElement;
}
