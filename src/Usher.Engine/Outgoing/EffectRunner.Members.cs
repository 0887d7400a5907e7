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
        await rest.EditOverwriteAsync(Id(show.Channel), Overwrite.ForMember(Id(show.User), allow: Participant), "Usher", cancellation);
        return new Done();
    }
}
