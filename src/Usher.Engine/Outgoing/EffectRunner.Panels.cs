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
        var card = PanelCard.Of(panel, run.Settings);
        var fingerprint = FingerprintOf(CardRenderer.Draw(card));
        try
        {
            return await StandAsync(run, post, panel, card, fingerprint, cancellation);
        }
        // An emoji was deleted, or is of a guild that the bot is not in: a panel without pictures is better than none.
        catch (DiscordApiException refused) when (refused.Faults.Any(fault => fault.Contains("emoji", StringComparison.OrdinalIgnoreCase)))
        {
            return await StandAsync(run, post, panel, WithoutPictures(card), fingerprint, cancellation);
        }
    }

    private async Task<Outcome> StandAsync(Run run, PostPanel post, Panel panel, Desk.Cards.Card card, string fingerprint, CancellationToken cancellation)
    {
        var components = CardRenderer.Draw(card);
        var standing = await store.FindPanelAsync(run.Row.Guild, panel.Key, cancellation);
        if (!post.Anew && standing?.Channel == panel.Channel && await KeepAsync(standing, components, fingerprint, cancellation) is { } kept)
        {
            await store.SavePanelAsync(kept, cancellation);
            return new Done(Message: kept.Message);
        }
        if (await IsElsewhereAsync(run, panel.Channel, cancellation)) return new CannotBeDone(FailureReason.ChannelGone, "The channel is another guild's.");
        var message = await PostOnceAsync(run, Id(panel.Channel), card, Usher.Desk.Cards.Mentions.None, withTranscript: false, cancellation);
        await store.SavePanelAsync(new PostedPanel(run.Row.Guild, panel.Key, panel.Channel, new MessageId(message.Id.Value), fingerprint), cancellation);
        if (standing is not null && standing.Message.Value != message.Id.Value) await RemoveAsync(standing, "Usher: the panel was posted anew", cancellation);
        return new Done(Message: new MessageId(message.Id.Value));
    }

    // An id that somebody typed may be of any guild that the bot is in.
    private async Task<bool> IsElsewhereAsync(Run run, ChannelId channel, CancellationToken cancellation)
    {
        if (guilds.Find(run.Row.Guild)?.Channels.ContainsKey(channel.Value) == true) return false;
        return (await rest.GetChannelAsync(Id(channel), cancellation)).GuildId?.Value != run.Row.Guild.Value;
    }

    private static Desk.Cards.Card WithoutPictures(Desk.Cards.Card card) => card with
    {
        Parts = card.Parts.Select(part => part switch
        {
            Desk.Cards.Buttons buttons => new Desk.Cards.Buttons(buttons.Row.Select(button => button with { Emoji = null }).ToValueList()),
            Desk.Cards.Choice choice => choice with { Options = choice.Options.Select(option => option with { Emoji = null }).ToValueList() },
            _ => part,
        }).ToValueList(),
    };

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
