using Usher.Desk.Engine;
using Usher.Desk.Features.Claiming;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Opening;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Engine.Importing;

/// <summary>A ticket that another system kept. What became of it is told by the same facts as if it had been opened here.</summary>
/// <param name="Home">Its thread or channel.</param>
/// <param name="Opener">Who opened it.</param>
/// <param name="Department">What that system called its kind.</param>
/// <param name="ClaimedBy">Who has it; null when nobody.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="Closed">Whether it is over.</param>
/// <param name="ClosedAt">When it ended; null when that system did not say.</param>
/// <param name="Answers">What its opener was asked.</param>
public sealed record ImportedTicket(
    ChannelId Home, UserId Opener, string Department, UserId? ClaimedBy, DateTimeOffset OpenedAt, bool Closed, DateTimeOffset? ClosedAt, ValueList<FormAnswer> Answers)
{
    /// <summary>The department that it belongs to here: by key, or by name; null when there is none.</summary>
    public Department? In(DeskSettings settings) =>
        settings.Department(Department) ?? settings.Departments.FirstOrDefault(department => department.Name.Equals(Department, StringComparison.OrdinalIgnoreCase));

    /// <summary>What it is made of here.</summary>
    /// <param name="department">Its department.</param>
    /// <param name="guild">Its guild.</param>
    /// <param name="number">The number that it gets.</param>
    /// <param name="others">Its opener's open tickets.</param>
    /// <param name="token">For its transcript's address.</param>
    public ValueList<Fact> Facts(Department department, GuildId guild, long number, IEnumerable<Ticket> others, string token)
    {
        // That system kept ids alone.
        var (opener, claimer) = (Opener.ToString(), ClaimedBy?.ToString());
        var slot = Slots.Free([.. others.Where(ticket => ticket.Department == department.Key)]);
        List<Fact> facts =
        [
            new TicketOpened(OpenedAt, guild, number, department.Key, Opener, opener, null, department.Home.Kind, HomeName.For(department, number, opener, token), token, slot, null, Answers),
            new HomeCreated(OpenedAt, Home),
        ];
        if (ClaimedBy is { } by) facts.Add(new TicketClaimed(OpenedAt, by, claimer!));
        if (Closed) facts.Add(new TicketClosed(ClosedAt ?? OpenedAt, ClosingKind.Closed, ClaimedBy ?? Opener, claimer ?? opener, null));
        return facts.ToValueList();
    }
}
