using Usher.Desk.Effects;
using Usher.Discord.Model;
using Usher.Discord.Rest;

namespace Usher.Engine.Outgoing;

// Who is in a home.
public sealed partial class EffectRunner
{
    private async Task<Outcome> AddThreadMemberAsync(Run run, AddThreadMember add, CancellationToken cancellation)
    {
        await AwakeAsync(run, add.Thread, () => rest.AddThreadMemberAsync(Id(add.Thread), Id(add.User), cancellation), cancellation);
        return new Done();
    }

    private async Task<Outcome> RemoveThreadMemberAsync(Run run, RemoveThreadMember remove, CancellationToken cancellation)
    {
        try
        {
            await AwakeAsync(run, remove.Thread, () => rest.RemoveThreadMemberAsync(Id(remove.Thread), Id(remove.User), cancellation), cancellation);
        }
        catch (DiscordApiException refused) when (refused.Code is ErrorCode.UnknownMember or ErrorCode.UnknownUser)
        {
            // They left by themselves.
        }
        return new Done();
    }

    private async Task<Outcome> HideChannelAsync(Run run, HideChannelFrom hide, CancellationToken cancellation)
    {
        try
        {
            await rest.DeleteOverwriteAsync(Id(hide.Channel), Id(hide.User), Reason(run), cancellation);
        }
        catch (DiscordApiException refused) when (refused.Code == ErrorCode.UnknownOverwrite)
        {
            // Taken away by hand.
        }
        return new Done();
    }

    private async Task<Outcome> ShowChannelAsync(ShowChannelTo show, CancellationToken cancellation)
    {
        await rest.EditOverwriteAsync(Id(show.Channel), Overwrite.ForMember(Id(show.User), allow: Participant), "Usher", cancellation);
        return new Done();
    }
}
