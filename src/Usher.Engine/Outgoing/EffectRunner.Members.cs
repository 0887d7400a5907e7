using Usher.Desk.Effects;
using Usher.Discord.Model;

namespace Usher.Engine.Outgoing;

// Who is in a home.
public sealed partial class EffectRunner
{
    private async Task<Outcome> AddThreadMemberAsync(AddThreadMember add, CancellationToken cancellation)
    {
        await rest.AddThreadMemberAsync(Id(add.Thread), Id(add.User), cancellation);
        return new Done();
    }

    private async Task<Outcome> ShowChannelAsync(ShowChannelTo show, CancellationToken cancellation)
    {
        var request = new EditOverwriteRequest(OverwriteType.Member, Participant, Permissions.None);
        await rest.EditChannelPermissionsAsync(Id(show.Channel), Id(show.User), request, "Usher", cancellation);
        return new Done();
    }
}
