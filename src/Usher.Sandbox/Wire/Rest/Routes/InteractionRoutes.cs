using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Rest;

/// <summary>The answer to an interaction, and all that may follow within fifteen minutes. <see href="https://discord.com/developers/docs/interactions/receiving-and-responding"/></summary>
internal static class InteractionRoutes
{
    public static IReadOnlyList<RestRoute> All { get; } =
    [
        Route("POST", "/interactions/{interaction}/{token}/callback", Callback),
        Route("POST", "/webhooks/{application}/{token}", FollowUp),
        Route("GET", "/webhooks/{application}/{token}/messages/{message}", call => Show(call, Target(call).Message)),
        Route("PATCH", "/webhooks/{application}/{token}/messages/{message}", Edit),
        Route("DELETE", "/webhooks/{application}/{token}/messages/{message}", Delete),
    ];

    private static RestRoute Route(string method, string template, Func<RestCall, RestAnswer> handle) =>
        new(method, template, handle) { Open = true, OutsideGlobalLimit = true, Rate = new(5, 5) };

    private static RestAnswer Callback(RestCall call)
    {
        var interaction = call.World.FindInteraction(call.Value("token"));
        if (interaction.Id != call.Id("interaction")) throw DiscordRefusal.NotFound(ErrorCode.UnknownInteraction, "interaction");
        var answer = new CallbackForm(call, interaction).Answer();
        call.World.Settle(interaction);
        return answer;
    }

    private static RestAnswer FollowUp(RestCall call)
    {
        var interaction = call.World.FindOpenInteraction(call.Id("application"), call.Value("token"));
        // The first follow-up after a deferral is the answer itself, with the privacy the deferral chose.
        if (interaction is { Status: InteractionStatus.Deferred, CallbackType: 5, Original: { IsLoading: true } waiting })
        {
            var edit = MessageForm.ReadEdit(call.Json, call.Files, waiting);
            call.World.Change(waiting, edit, author: false);
            Answered(call, interaction);
            return Show(call, waiting);
        }
        var draft = MessageForm.Read(call.Json, call.Files, interaction.Channel, ephemeral: true);
        var message = call.World.Answer(interaction, draft, draft.Flags.HasFlag(MessageFlags.Ephemeral), loading: false, followUp: true);
        Answered(call, interaction);
        return Show(call, message);
    }

    private static RestAnswer Edit(RestCall call)
    {
        var (interaction, message) = Target(call);
        var edit = MessageForm.ReadEdit(call.Json, call.Files, message);
        call.World.Change(message, edit, author: !message.IsLoading);
        Answered(call, interaction);
        return Show(call, message);
    }

    private static RestAnswer Delete(RestCall call)
    {
        var (interaction, message) = Target(call);
        if (interaction.Original == message) interaction.Original = null;
        call.World.DeleteMessage(message);
        Answered(call, interaction);
        return RestAnswer.NoContent;
    }

    private static (InteractionState Interaction, MessageState Message) Target(RestCall call)
    {
        var interaction = call.World.FindOpenInteraction(call.Id("application"), call.Value("token"));
        MessageState? message;
        if (call.Value("message") == "@original")
        {
            message = interaction.Original;
        }
        else
        {
            var id = call.Id("message");
            message = interaction.FollowUpList.Find(other => other.Id == id) ?? (interaction.Original?.Id == id ? interaction.Original : null);
        }
        return message is { Deleted: false } ? (interaction, message) : throw DiscordRefusal.NotFound(ErrorCode.UnknownMessage, "Message");
    }

    private static void Answered(RestCall call, InteractionState interaction)
    {
        interaction.Status = InteractionStatus.Answered;
        call.World.Settle(interaction);
    }

    private static RestAnswer Show(RestCall call, MessageState message) =>
        RestAnswer.Ok(writer => call.Payloads.Message(writer, message, new(message.Application ?? message.Interaction!.Application)));
}
