using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.World;
using Usher.Sandbox.World.Rules;

namespace Usher.Sandbox.Wire.Rest;

/// <summary>Reads and carries out the first answer to an interaction. <see href="https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object"/></summary>
internal sealed class CallbackForm(RestCall call, InteractionState interaction)
{
    private readonly FormRefusal _faults = new();

    public RestAnswer Answer()
    {
        var form = call.Form(_faults);
        form.Only("type", "data");
        var type = form.OneOf("type", [1, 4, 5, 6, 7, 8, 9, 10, 12], required: true);
        _faults.ThrowIfAny();
        if (type is 1 or 10 or 12) throw new NotModelledException($"the callback type {type}");
        DemandFit(type!.Value);

        // What is wrong with the answer is said before it counts as given.
        Func<MessageState?> carryOut = type switch
        {
            4 => Message(form),
            5 => Defer(form),
            6 => DeferUpdate(),
            7 => Update(form),
            8 => Choices(form),
            _ => Modal(form),
        };
        DiscordWorld.DemandUnanswered(interaction, call.World.Now);
        var message = carryOut();
        // Only now: a refused answer is none, and the person still waits for one.
        call.World.Acknowledge(interaction, type.Value);
        if (!call.Asked("with_response")) return RestAnswer.NoContent;
        return RestAnswer.Ok(writer => call.Payloads.CallbackResponse(writer, interaction, type.Value, message));
    }

    private void DemandFit(int type)
    {
        var fits = type switch
        {
            4 or 5 => interaction.Type is 2 or 3 or 5,
            6 or 7 => interaction.Type == 3 || interaction is { Type: 5, Message: not null },
            8 => interaction.Type == 4,
            9 => interaction.Type is 2 or 3,
            _ => false,
        };
        if (!fits) throw FormRefusal.Single("type", "INTERACTION_CALLBACK_TYPE_INVALID", $"The callback type {type} cannot answer an interaction of type {interaction.Type}");
    }

    private Func<MessageState?> Message(Fields form)
    {
        var draft = MessageForm.Read(Data(form), call.Files, interaction.Channel, ephemeral: true, path: "data");
        return () => call.World.Answer(interaction, draft, draft.Flags.HasFlag(MessageFlags.Ephemeral), loading: false, followUp: false);
    }

    private Func<MessageState?> Defer(Fields form)
    {
        var flags = form.Has("data") && !form.IsNull("data") ? (MessageFlags)(form.Inner("data").Number("flags") ?? 0) : MessageFlags.None;
        if ((flags & ~MessageFlags.Ephemeral) != MessageFlags.None) _faults.Add("data.flags", "INTERACTION_DEFER_FLAGS_INVALID", "Only EPHEMERAL may be set when deferring");
        _faults.ThrowIfAny();
        return () => call.World.Answer(interaction, new MessageDraft(), flags.HasFlag(MessageFlags.Ephemeral), loading: true, followUp: false);
    }

    private Func<MessageState?> DeferUpdate() => () => interaction.Original = interaction.Message;

    private Func<MessageState?> Update(Fields form)
    {
        var message = interaction.Message!;
        var edit = MessageForm.ReadEdit(Data(form), call.Files, message, path: "data");
        return () =>
        {
            if (message.Deleted) throw DiscordRefusal.NotFound(ErrorCode.UnknownMessage, "Message");
            call.World.Change(message, edit, author: true);
            return interaction.Original = message;
        };
    }

    private Func<MessageState?> Choices(Fields form)
    {
        var data = form.Inner("data");
        data.Only("choices");
        foreach (var (element, path) in data.List("choices", 0, 25, required: true))
        {
            var choice = new Fields(element, path, _faults);
            choice.Only("name", "name_localizations", "value");
            choice.Text("name", 1, 100, required: true);
        }
        _faults.ThrowIfAny();
        return () =>
        {
            interaction.Choices = data.Raw("choices").Clone();
            return null;
        };
    }

    private Func<MessageState?> Modal(Fields form)
    {
        var modal = form.Inner("data");
        modal.Only("custom_id", "title", "components");
        modal.Text("custom_id", 1, 100, required: true);
        modal.Text("title", 1, 45, required: true);
        ComponentForm.CheckModal(modal);
        _faults.ThrowIfAny();
        return () =>
        {
            call.World.OpenModal(interaction, ComponentOutput.Modal(form.Raw("data")));
            return null;
        };
    }

    private JsonElement Data(Fields form)
    {
        if (form.Raw("data").ValueKind != JsonValueKind.Object) _faults.Add("data", "BASE_TYPE_REQUIRED", "This field is required");
        _faults.ThrowIfAny();
        return form.Raw("data");
    }
}
