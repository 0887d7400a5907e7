using System.Security.Cryptography;
using System.Text.Json;
using Usher.Desk.Effects;
using Usher.Desk.Features.Posting;
using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Discord.Components;
using Usher.Discord.Json;
using Usher.Discord.Model;
using Usher.Discord.Rest;
using Usher.Storage;

namespace Usher.Engine.Outgoing;

// Panels: edited in place when they stand, posted when they do not.
public sealed partial class EffectRunner
{
    private async Task<Outcome> PostPanelAsync(Run run, PostPanel post, CancellationToken cancellation)
    {
        if (run.Settings.Panel(post.Panel) is not { } panel) return new Done();
        var components = CardRenderer.Draw(PanelCard.Of(panel, run.Settings));
        var fingerprint = FingerprintOf(components);
        var standing = await store.FindPanelAsync(run.Row.Guild, panel.Key, cancellation);
        if (!post.Anew && standing?.Channel == panel.Channel && await KeepAsync(standing, components, fingerprint, cancellation) is { } kept)
        {
            await store.SavePanelAsync(kept, cancellation);
            return new Done(Message: kept.Message);
        }
        var message = await PostOnceAsync(run, Id(panel.Channel), PanelCard.Of(panel, run.Settings), Usher.Desk.Cards.Mentions.None, withTranscript: false, cancellation);
        await store.SavePanelAsync(new PostedPanel(run.Row.Guild, panel.Key, panel.Channel, new MessageId(message.Id.Value), fingerprint), cancellation);
        if (standing is not null && standing.Message.Value != message.Id.Value) await RemoveAsync(standing, "Usher: the panel was posted anew", cancellation);
        return new Done(Message: new MessageId(message.Id.Value));
    }

    private async Task<Outcome> TakeDownPanelsAsync(Run run, CancellationToken cancellation)
    {
        foreach (var panel in await store.PanelsAsync(run.Row.Guild, cancellation))
        {
            if (run.Settings.Panel(panel.Key) is not null) continue;
            await RemoveAsync(panel, "Usher: the panel is in the settings no more", cancellation);
            await store.ForgetPanelAsync(panel, cancellation);
        }
        return new Done();
    }

    // The panel as it stands, edited if need be; null when it no longer stands.
    private async Task<PostedPanel?> KeepAsync(PostedPanel standing, IReadOnlyList<Component> components, string fingerprint, CancellationToken cancellation)
    {
        try
        {
            if (standing.Fingerprint == fingerprint)
                await rest.GetMessageAsync(Id(standing.Channel), new Snowflake(standing.Message.Value), cancellation);
            else
                await rest.EditMessageAsync(Id(standing.Channel), new Snowflake(standing.Message.Value), new EditMessageRequest { Components = components }, cancellationToken: cancellation);
            return standing with { Fingerprint = fingerprint };
        }
        catch (DiscordApiException refused) when (refused.Code is ErrorCode.UnknownMessage or ErrorCode.UnknownChannel)
        {
            return null;
        }
    }

    private async Task RemoveAsync(PostedPanel panel, string why, CancellationToken cancellation)
    {
        try
        {
            await rest.DeleteMessageAsync(Id(panel.Channel), new Snowflake(panel.Message.Value), why, cancellation);
        }
        catch (DiscordApiException refused) when (!Failures.IsPassing(refused))
        {
            // It was deleted by hand, or may not be. Its buttons work, or say plainly that there is no such department.
        }
    }

    private static string FingerprintOf(IReadOnlyList<Component> components) =>
        Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(components, DiscordJson.Default.IReadOnlyListComponent)));
}
