using Usher.Discord.Model;
using Usher.Sandbox.World;
using Usher.Sandbox.World.Rules;
using Usher.Testing;

namespace Usher.Sandbox.Tests;

public sealed class PermissionTests
{
    private const Permissions View = Permissions.ViewChannel;
    private const Permissions Send = Permissions.SendMessages;
    private const Permissions Attach = Permissions.AttachFiles;

    private static readonly ManualTimeProvider Clock = new();

    [Theory]
    // everyone's role, the member's role, overwrite of everyone, of the role, of the member → what is left
    [InlineData(View | Send, Permissions.None, Permissions.None, Permissions.None, Permissions.None, Permissions.None, Permissions.None, Permissions.None, View | Send)]
    [InlineData(View, Send, Permissions.None, Permissions.None, Permissions.None, Permissions.None, Permissions.None, Permissions.None, View | Send)]
    [InlineData(View | Send, Permissions.None, Permissions.None, Send, Permissions.None, Permissions.None, Permissions.None, Permissions.None, View)]
    [InlineData(View | Send, Permissions.None, Permissions.None, Send, Send, Permissions.None, Permissions.None, Permissions.None, View | Send)]
    [InlineData(View | Send, Permissions.None, Permissions.None, Permissions.None, Send, Permissions.None, Permissions.None, Send, View)]
    [InlineData(View, Permissions.None, Permissions.None, Send, Permissions.None, Send, Send, Permissions.None, View | Send)]
    [InlineData(View | Send, Permissions.None, Permissions.None, View, Permissions.None, Permissions.None, Permissions.None, Permissions.None, Permissions.None)]
    [InlineData(View | Send | Attach, Permissions.None, Permissions.None, Send, Permissions.None, Permissions.None, Permissions.None, Permissions.None, View)]
    [InlineData(Permissions.None, Permissions.Administrator, Permissions.None, View, Permissions.None, View, Permissions.None, View, Permissions.All)]
    public void What_a_member_may_do_is_roles_then_everyone_then_role_then_member(
        Permissions everyone, Permissions role, Permissions everyoneAllow, Permissions everyoneDeny,
        Permissions roleAllow, Permissions roleDeny, Permissions memberAllow, Permissions memberDeny, Permissions left)
    {
        using var world = new DiscordWorld(Clock);
        var guild = world.AddGuild("g", world.AddUser("owner"));
        world.EditRole(guild.Everyone, permissions: everyone);
        var given = world.AddRole(guild, "r", role);
        var member = world.Join(guild, world.AddUser("m"), given);
        var channel = world.AddChannel(guild, "c", overwrites:
        [
            new(guild.Id, IsMember: false, everyoneAllow, everyoneDeny), new(given.Id, IsMember: false, roleAllow, roleDeny), new(member.User.Id, IsMember: true, memberAllow, memberDeny),
        ]);
        Assert.Equal(left, EffectivePermissions.In(channel, member, Clock.GetUtcNow()));
    }

    [Fact]
    public void The_owner_may_everything_and_who_is_timed_out_may_only_read()
    {
        using var world = new DiscordWorld(Clock);
        var owner = world.AddUser("owner");
        var guild = world.AddGuild("g", owner);
        var channel = world.AddChannel(guild, "c", overwrites: [new(guild.Id, IsMember: false, Permissions.None, View)]);
        Assert.Equal(Permissions.All, world.PermissionsOf(owner, channel));

        var open = world.AddChannel(guild, "open");
        var member = world.Join(guild, world.AddUser("m"));
        world.TimeOut(member, Clock.GetUtcNow().AddMinutes(5));
        Assert.Equal(View | Permissions.ReadMessageHistory, world.PermissionsOf(member.User, open));
        Assert.Equal(Permissions.None, world.PermissionsOf(world.AddUser("stranger"), open));
    }
}
