using System.Text.Json.Serialization;
using Usher.Desk.Engine;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Inviting;

/// <summary>Somebody is being added.</summary>
/// <param name="At">When.</param>
/// <param name="User">Who.</param>
/// <param name="Name">Their name at the time.</param>
/// <param name="IsStaff">Whether they were staff of the ticket's department at the time.</param>
/// <param name="By">Who adds them.</param>
public sealed record MemberInvited(DateTimeOffset At, UserId User, string Name, bool IsStaff, UserId By) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with
    {
        Added = ticket.Added.Where(added => added.User != User).Append(new AddedMember(User, Name, IsStaff, By, At)).ToValueList(),
    };
}

/// <summary>Who was being added is in the thread or channel.</summary>
public sealed record MemberArrived(DateTimeOffset At, UserId User) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket.WithAdded(User, added => added with { IsIn = true });
}

/// <summary>Somebody who was added is being removed.</summary>
public sealed record RemovalWanted(DateTimeOffset At, UserId User, UserId By) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket.WithAdded(User, added => added with { LeavesBy = By });
}

/// <summary>Who was being removed could not be.</summary>
public sealed record RemovalFailed(DateTimeOffset At, UserId User) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket.WithAdded(User, added => added with { LeavesBy = null });
}

/// <summary>Who was added, or was to be, is not in the thread or channel.</summary>
public sealed record MemberGone(DateTimeOffset At, UserId User) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Added = ticket.Added.Where(added => added.User != User).ToValueList() };
}

/// <summary>Somebody of staff is about to mention whom they mean.</summary>
public sealed record MentionAwaited(DateTimeOffset At, UserId By, bool ToRemove, DateTimeOffset Until) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Awaited = new AwaitedMention(By, ToRemove, Until) };
}

/// <summary>The mention that was waited for came.</summary>
public sealed record MemberMentioned(DateTimeOffset At, Named Who, bool ToRemove) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Awaited = null };
}

/// <summary>The mention that was waited for did not come.</summary>
public sealed record MentionMissed(DateTimeOffset At) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Awaited = null };
}

internal static class AddedMembers
{
    internal static Ticket WithAdded(this Ticket ticket, UserId user, Func<AddedMember, AddedMember> change) =>
        ticket with { Added = ticket.Added.Select(added => added.User == user ? change(added) : added).ToValueList() };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MemberInvited))]
[JsonSerializable(typeof(MemberArrived))]
[JsonSerializable(typeof(RemovalWanted))]
[JsonSerializable(typeof(RemovalFailed))]
[JsonSerializable(typeof(MemberGone))]
[JsonSerializable(typeof(MentionAwaited))]
[JsonSerializable(typeof(MemberMentioned))]
[JsonSerializable(typeof(MentionMissed))]
[JsonSerializable(typeof(RoleId))]
internal sealed partial class InvitingJson : JsonSerializerContext;
