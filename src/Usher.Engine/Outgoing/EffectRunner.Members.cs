using Usher.Desk.Effects;
using Usher.Desk.Settings;
using Usher.Desk.Values;
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
        await rest.EditOverwriteAsync(Id(show.Channel), Overwrite.ForMember(Id(show.User), allow: show.ToTalk ? Caller : Participant), "Usher", cancellation);
        return new Done();
    }

    // The channel's overwrites are changed as one: what an administrator gave to others by hand stays as it is.
    private async Task<Outcome> GuardChannelAsync(Run run, GuardChannel guard, CancellationToken cancellation)
    {
        var channel = await rest.GetChannelAsync(Id(guard.Channel), cancellation);
        var staff = RolesThere(run, guard.Staff).ToList();
        var members = new[] { guard.Claimer, guard.Former }.OfType<UserId>().Select(Id).ToList();
        var others = (channel.PermissionOverwrites ?? []).Where(overwrite => !(overwrite.Type == OverwriteType.Member ? members : staff).Contains(overwrite.Id));
        var colleagues = ColleaguesOf(guard);
        await rest.ModifyChannelAsync(
            Id(guard.Channel),
            new ModifyChannelRequest
            {
                PermissionOverwrites =
                [
                    .. others,
                    .. staff.Select(role => Overwrite.ForRole(role, colleagues.Allow, colleagues.Deny)),
                    .. guard.Claimer is { } claimer ? [Overwrite.ForMember(Id(claimer), allow: Participant)] : Array.Empty<Overwrite>(),
                ],
            },
            Reason(run), cancellation);
        return new Done();
    }

    // What the staff that does not have the ticket may do meanwhile.
    private static (Permissions Allow, Permissions Deny) ColleaguesOf(GuardChannel guard) => (guard.Claimer, guard.Mode) switch
    {
        (not null, ClaimMode.ClaimerSees) => (Permissions.None, Permissions.ViewChannel),
        (not null, ClaimMode.ClaimerWrites) => (Participant & ~Permissions.SendMessages, Permissions.SendMessages),
        _ => (Participant, Permissions.None),
    };
}
