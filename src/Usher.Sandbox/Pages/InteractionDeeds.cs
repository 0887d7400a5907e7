using System.Globalization;
using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Pages;

/// <summary>
/// Clicks, choices, commands and forms of the page. The call lasts until the application has answered or three seconds are over,
/// and says how it ended: <c>done</c>, <c>modal</c> with the form, or <c>failed</c>.
/// https://discord.com/developers/docs/interactions/receiving-and-responding
/// </summary>
internal sealed class InteractionDeeds(DiscordWorld world, Cast cast)
{
    private const int Command = 2;
    private const int Component = 3;
    private const int Autocomplete = 4;
    private const int ModalSubmit = 5;
    private const int UserCommand = 2;
    private const int MessageCommand = 3;

    /// <summary>Does it and waits for the end.</summary>
    public async Task<byte[]> InteractAsync(PageRequest request)
    {
        var (payload, files) = await request.FormAsync();
        var person = cast.Of(request.Viewer);
        var ending = Number(payload, "type") switch
        {
            Command => Run(person, payload, files),
            Component => Use(person, payload),
            ModalSubmit => SubmitAsync(person, payload, files),
            var other => throw new NotModelledException($"An interaction of type {other}"),
        };
        return Ended(await ending.WaitAsync(request.Aborted));
    }

    /// <summary>What an application offers for the option being typed.</summary>
    public async Task<byte[]> CompleteAsync(PageRequest request)
    {
        var payload = await request.BodyAsync();
        var person = cast.Of(request.Viewer);
        var interaction = await RunChat(person, ChannelOf(person, payload), payload.GetProperty("data"), [], Autocomplete).WaitAsync(request.Aborted);
        return Payloads.Bytes(json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("choices");
            if (interaction.Choices is { } choices) choices.WriteTo(json);
            else json.WriteRawValue("[]"u8);
            json.WriteEndObject();
        });
    }

    /// <summary>Puts the form away without sending it.</summary>
    public void DismissModal(PageRequest request) => cast.Of(request.Viewer).DismissesModal();

    private Task<InteractionState> Use(Person person, JsonElement payload)
    {
        var message = MessageOf(person, payload, "message_id");
        var data = payload.GetProperty("data");
        var customId = Text(data, "custom_id");
        return data.TryGetProperty("values", out var values)
            ? person.Picks(customId, message, [.. values.EnumerateArray().Select(value => value.GetString()!)])
            : person.Clicks(customId, message);
    }

    private Task<InteractionState> Run(Person person, JsonElement payload, IReadOnlyList<NewFile> files)
    {
        var data = payload.GetProperty("data");
        var channel = ChannelOf(person, payload);
        switch (Number(data, "type"))
        {
            case UserCommand:
                var target = world.FindUser(Id(data, "target_id")) ?? throw DiscordRefusal.NotFound(ErrorCode.UnknownUser, "User");
                return person.RunsOn(Text(data, "name"), target, channel);
            case MessageCommand:
                var message = channel.Log.Find(Id(data, "target_id")) ?? throw DiscordRefusal.NotFound(ErrorCode.UnknownMessage, "Message");
                return person.RunsOn(Text(data, "name"), message);
            default:
                return RunChat(person, channel, data, files, Command);
        }
    }

    private Task<InteractionState> RunChat(Person person, ChannelState channel, JsonElement data, IReadOnlyList<NewFile> files, int type)
    {
        lock (world.Gate)
        {
            var command = person.Commands(channel).FirstOrDefault(offered => offered.Id == Id(data, "id")) ?? throw new CannotException("You are not offered that command here.");
            var sent = new CommandData(world, channel, command, data, files);
            var draft = new InteractionDraft(type, world.FindApplication(command.ApplicationId)!, channel, person.User, sent.Write()) { CommandName = sent.FullName };
            person.Send(draft, out var settled);
            return settled;
        }
    }

    private async Task<InteractionState> SubmitAsync(Person person, JsonElement payload, IReadOnlyList<NewFile> files)
    {
        var opener = world.ModalBefore(person.User) ?? throw DiscordRefusal.NotFound(ErrorCode.UnknownInteraction, "interaction");
        var answers = payload.GetProperty("data").GetProperty("components").EnumerateArray().SelectMany(row => AnswersIn(row, files)).ToList();
        var interaction = await person.Fills(answers);
        // What failed stays on the screen and can be sent again.
        if (interaction.Status == InteractionStatus.Failed)
        {
            lock (world.Gate) world.OpenModal(opener, opener.Modal!.Value);
        }
        return interaction;
    }

    /// <summary>What was entered, field by field; what was left empty is no answer.</summary>
    private static IEnumerable<ModalAnswer> AnswersIn(JsonElement row, IReadOnlyList<NewFile> files)
    {
        var fields = row.TryGetProperty("component", out var single) ? [single] : row.TryGetProperty("components", out var several) ? several.EnumerateArray().ToList() : [];
        foreach (var field in fields)
        {
            var name = Text(field, "custom_id");
            if (field.TryGetProperty("value", out var value) && value.ToString() is { Length: > 0 } text) yield return new(name, text);
            if (!field.TryGetProperty("values", out var values) || values.GetArrayLength() == 0) continue;
            var chosen = values.EnumerateArray().Select(one => one.GetString()!).ToList();
            yield return Number(field, "type") == 19
                ? new(name) { Files = [.. chosen.Select(place => files[int.Parse(place, CultureInfo.InvariantCulture)])] }
                : new(name, chosen);
        }
    }

    private static byte[] Ended(InteractionState interaction) => Payloads.Bytes(json =>
    {
        var failed = interaction.Status == InteractionStatus.Failed;
        json.WriteStartObject();
        json.WriteString("outcome", failed ? "failed" : interaction.Modal is null ? "done" : "modal");
        if (!failed && interaction.Modal is { } modal)
        {
            json.WritePropertyName("modal");
            modal.WriteTo(json);
        }
        json.WriteEndObject();
    });

    private ChannelState ChannelOf(Person person, JsonElement payload)
    {
        var channel = world.FindChannel(Id(payload, "channel_id"));
        return channel is not null && person.CanSee(channel) ? channel : throw DiscordRefusal.NotFound(ErrorCode.UnknownChannel, "Channel");
    }

    private MessageState MessageOf(Person person, JsonElement payload, string name) =>
        ChannelOf(person, payload).Log.Find(Id(payload, name)) ?? throw DiscordRefusal.NotFound(ErrorCode.UnknownMessage, "Message");

    private static Snowflake Id(JsonElement element, string name) => Snowflake.TryParse(Text(element, name), out var id) ? id : default;

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static int Number(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : 0;
}
