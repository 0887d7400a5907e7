using Usher.Discord.Model;
using Xunit;
using static Usher.Discord.Model.Permissions;

namespace Usher.Discord.Tests.Model;

public sealed class PermissionMathTests
{
    private const Permissions Usual = ViewChannel | SendMessages | SendMessagesInThreads | EmbedLinks | AttachFiles | ReadMessageHistory | Connect | Speak;
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly Snowflake Everyone = new(1), Staff = new(2), Muted = new(3), Owner = new(10), Ada = new(11);

    private static readonly Guild AGuild = new()
    {
        Id = Everyone,
        OwnerId = Owner,
        Roles =
        [
            new() { Id = Everyone, Permissions = Usual },
            new() { Id = Staff, Permissions = ManageThreads },
            new() { Id = Muted, Permissions = Permissions.None },
            new() { Id = new(4), Permissions = Administrator },
        ],
    };

    public static TheoryData<string, Snowflake[], Overwrite[], Permissions> Channels => new()
    {
        { "no overwrites", [], [], Usual },
        { "roles add up", [Staff], [], Usual | ManageThreads },
        { "everyone is denied, so nothing is left", [], [Overwrite.ForRole(Everyone, deny: ViewChannel)], Permissions.None },
        { "a role brings back what everyone is denied", [Staff], [Overwrite.ForRole(Everyone, deny: ViewChannel), Overwrite.ForRole(Staff, ViewChannel)], Usual | ManageThreads },
        { "a role's grant beats another role's denial", [Staff, Muted], [Overwrite.ForRole(Muted, deny: AttachFiles), Overwrite.ForRole(Staff, AttachFiles)], Usual | ManageThreads },
        { "the member's own denial beats a role's grant", [Staff], [Overwrite.ForMember(Ada, deny: AttachFiles), Overwrite.ForRole(Staff, AttachFiles)], (Usual | ManageThreads) & ~AttachFiles },
        { "the member's own grant beats everyone's denial", [], [Overwrite.ForRole(Everyone, deny: ViewChannel), Overwrite.ForMember(Ada, ViewChannel)], Usual },
        { "another's overwrite does not count", [], [Overwrite.ForMember(Owner, deny: ViewChannel)], Usual },
        { "a role not held does not count", [], [Overwrite.ForRole(Staff, deny: ViewChannel)], Usual },
        { "a member with a role's id is no role", [Staff], [Overwrite.ForMember(Staff, deny: ViewChannel)], Usual | ManageThreads },
        { "who cannot send cannot attach or embed", [], [Overwrite.ForRole(Everyone, deny: SendMessages)], Usual & ~(SendMessages | AttachFiles | EmbedLinks) },
        { "an administrator may do all", [new(4)], [Overwrite.ForRole(Everyone, deny: ViewChannel), Overwrite.ForMember(Ada, deny: All)], All },
    };

    [Theory]
    [MemberData(nameof(Channels))]
    public void In_a_channel(string what, Snowflake[] roles, Overwrite[] overwrites, Permissions expected) =>
        Assert.Equal((what, expected), (what, PermissionMath.Compute(AGuild, Member(roles), Text(overwrites), null, Now)));

    [Fact]
    public void The_owner_may_do_all() =>
        Assert.Equal(All, PermissionMath.Compute(AGuild, new() { User = new() { Id = Owner } }, Text(Overwrite.ForRole(Everyone, deny: All)), null, Now));

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    public void Who_is_timed_out_may_only_see_and_read(int minutes, bool timedOut)
    {
        var member = Member(Staff) with { CommunicationDisabledUntil = Now.AddMinutes(minutes) };

        var expected = timedOut ? ViewChannel | ReadMessageHistory : Usual | ManageThreads;

        Assert.Equal(expected, PermissionMath.Compute(AGuild, member, Text(), null, Now));
        Assert.Equal(expected, PermissionMath.Compute(AGuild, member, Now));
    }

    [Fact]
    public void An_administrator_cannot_be_timed_out() =>
        Assert.Equal(All, PermissionMath.Compute(AGuild, Member(new Snowflake(4)) with { CommunicationDisabledUntil = Now.AddDays(1) }, Text(), null, Now));

    [Fact]
    public void In_a_thread_sending_is_what_the_parent_says_of_threads()
    {
        var announcements = Text(Overwrite.ForRole(Everyone, deny: SendMessages));
        var noThreads = Text(Overwrite.ForRole(Everyone, deny: SendMessagesInThreads));

        Assert.Equal(Usual, PermissionMath.Compute(AGuild, Member(), Thread(), announcements, Now));
        Assert.Equal(Usual & ~(SendMessages | SendMessagesInThreads | AttachFiles | EmbedLinks), PermissionMath.Compute(AGuild, Member(), Thread(), noThreads, Now));
    }

    [Fact]
    public void Who_does_not_see_the_parent_sees_no_thread() =>
        Assert.Equal(Permissions.None, PermissionMath.Compute(AGuild, Member(), Thread(), Text(Overwrite.ForRole(Everyone, deny: ViewChannel)), Now));

    [Fact]
    public void A_thread_without_its_parent_cannot_be_computed() =>
        Assert.Throws<ArgumentException>(() => PermissionMath.Compute(AGuild, Member(), Thread(), null, Now));

    [Theory]
    [InlineData(ChannelType.PublicThread, ViewChannel, false, true)]
    [InlineData(ChannelType.PrivateThread, ViewChannel, false, false)]
    [InlineData(ChannelType.PrivateThread, ViewChannel, true, true)]
    [InlineData(ChannelType.PrivateThread, ViewChannel | ManageThreads, false, true)]
    [InlineData(ChannelType.PrivateThread, ManageThreads, true, false)]
    public void A_private_thread_is_for_its_members_and_those_who_manage(ChannelType type, Permissions permissions, bool isMember, bool sees) =>
        Assert.Equal(sees, PermissionMath.CanSeeThread(permissions, Thread() with { Type = type }, isMember));

    [Fact]
    public void Who_cannot_connect_to_voice_cannot_speak_there() =>
        Assert.Equal(
            Usual & ~(Connect | Speak),
            PermissionMath.Compute(AGuild, Member(), Text(Overwrite.ForRole(Everyone, deny: Connect)) with { Type = ChannelType.GuildVoice }, null, Now));

    private static GuildMember Member(params Snowflake[] roles) => new() { User = new() { Id = Ada }, Roles = roles };

    private static Channel Text(params Overwrite[] overwrites) => new() { Id = new(20), Type = ChannelType.GuildText, PermissionOverwrites = overwrites };

    private static Channel Thread() => new() { Id = new(21), Type = ChannelType.PrivateThread, ParentId = new Snowflake(20) };
}
