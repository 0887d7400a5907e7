using Usher.Discord.Model;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Pages;

/// <summary>Who one can be on the page, and the word that says what they are.</summary>
internal sealed class People(DiscordWorld world)
{
    /// <summary>So many fit the bar at the top; a world of a benchmark has thousands.</summary>
    private const int MostOffered = 6;

    /// <summary>The person of that user name or identifier; the first of all when nobody is named or nobody is called so.</summary>
    public UserState? Find(string? nameOrId)
    {
        lock (world.Gate)
        {
            var persons = world.Users.Where(user => !user.IsBot);
            var named = Snowflake.TryParse(nameOrId, out var id) && world.FindUser(id) is { IsBot: false } found
                ? found
                : persons.FirstOrDefault(user => string.Equals(user.Username, nameOrId, StringComparison.OrdinalIgnoreCase));
            return named ?? Cast().FirstOrDefault() ?? persons.FirstOrDefault();
        }
    }

    /// <summary>Those offered in the bar, the plainest first: members, then staff, then who runs the place. The viewer is always among them.</summary>
    public IReadOnlyList<UserState> Offered(UserState viewer)
    {
        var offered = Cast().Take(MostOffered).ToList();
        if (!offered.Contains(viewer)) offered.Insert(0, viewer);
        return offered;
    }

    /// <summary>"administrator", the name of their highest role in small letters, or "member".</summary>
    public string LabelOf(UserState user)
    {
        if (MemberOf(user) is not { } member) return "not a member";
        if (world.PermissionsOf(user, member.Guild).HasFlag(Permissions.Administrator)) return "administrator";
        return HighestRole(member)?.Name.ToLowerInvariant() ?? "member";
    }

    /// <summary>People in the order of their identifiers; an owner without a role only lends a name.</summary>
    private IEnumerable<UserState> Cast() =>
        world.Users.Where(user => !user.IsBot && !world.Guilds.Any(guild => guild.Owner == user && guild.MemberIndex.GetValueOrDefault(user.Id) is { Roles.Count: 0 })).OrderBy(user => user.Id);

    private static RoleState? HighestRole(MemberState member) => member.Roles.MaxBy(role => role.Position);

    private MemberState? MemberOf(UserState user) =>
        world.Guilds.Select(guild => guild.MemberIndex.GetValueOrDefault(user.Id)).FirstOrDefault(member => member is not null);
}
