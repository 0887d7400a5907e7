using System.Text.Json;
using System.Text.RegularExpressions;
using Usher.Discord.Model;

namespace Usher.Sandbox.World.Rules;

/// <summary>
/// Which mentions a sender lets count; null lists are "all of them".
/// <see href="https://discord.com/developers/docs/resources/message#allowed-mentions-object"/>
/// </summary>
internal sealed record MentionFilter(bool AllUsers, bool AllRoles, bool Everyone, IReadOnlySet<Snowflake> Users, IReadOnlySet<Snowflake> Roles, bool RepliedUser)
{
    private static readonly HashSet<Snowflake> NoIds = [];

    public static MentionFilter All { get; } = new(true, true, true, NoIds, NoIds, true);

    public static MentionFilter None { get; } = new(false, false, false, NoIds, NoIds, false);

    public bool Allows(UserState user) => AllUsers || Users.Contains(user.Id);

    public bool Allows(RoleState role) => AllRoles || Roles.Contains(role.Id);
}

/// <summary>Reads the mentions of a text and decides which of them ping.</summary>
internal static partial class Mentions
{
    /// <summary>Larger roles are not added to a private thread by mentioning them.</summary>
    public const int LargestRoleThatJoinsThreads = 100;

    public static MentionOutcome Resolve(DiscordWorld world, ChannelState channel, UserState author, string text, MentionFilter filter, UserState? repliedTo)
    {
        if (text.Length == 0 && repliedTo is null) return MentionOutcome.Nothing;

        var users = new List<UserState>();
        var roles = new List<RoleState>();
        foreach (Match match in Mention().Matches(text))
        {
            if (!Snowflake.TryParse(match.Groups["id"].Value, out var id)) continue;
            if (!match.Groups["role"].Success)
            {
                if (world.FindUser(id) is { } user && filter.Allows(user) && !users.Contains(user)) users.Add(user);
            }
            else if (channel.Guild?.RoleIndex.GetValueOrDefault(id) is { } role && filter.Allows(role) && !roles.Contains(role))
            {
                roles.Add(role);
            }
        }
        if (repliedTo is not null && filter.RepliedUser && !users.Contains(repliedTo)) users.Add(repliedTo);

        var mayPingAll = channel.Guild is not null && world.PermissionsOf(author, channel).HasFlag(Permissions.MentionEveryone);
        var everyone = filter.Everyone && mayPingAll && Everyone().IsMatch(text);
        return new(users, roles, everyone, roles.Where(role => mayPingAll || role.Mentionable).ToList());
    }

    /// <summary>The text of a message that is searched for mentions: its content, and each text display of Components V2.</summary>
    public static string TextOf(string content, JsonElement components)
    {
        if (components.ValueKind != JsonValueKind.Array || components.GetArrayLength() == 0) return content;
        var texts = ComponentTree.Walk(components)
            .Where(component => ComponentTree.TypeOf(component) == 10)
            .Select(component => component.GetProperty("content").GetString());
        return string.Join('\n', texts.Prepend(content));
    }

    [GeneratedRegex("<@(?:!|(?<role>&))?(?<id>[0-9]{1,20})>", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Mention();

    [GeneratedRegex("@(everyone|here)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Everyone();
}

/// <summary>What a text's mentions come to.</summary>
/// <param name="Users">The users mentioned.</param>
/// <param name="Roles">The roles mentioned.</param>
/// <param name="Everyone">Whether everyone is pinged.</param>
/// <param name="PingedRoles">Those of the roles whose holders are pinged.</param>
internal sealed record MentionOutcome(IReadOnlyList<UserState> Users, IReadOnlyList<RoleState> Roles, bool Everyone, IReadOnlyList<RoleState> PingedRoles)
{
    public static MentionOutcome Nothing { get; } = new([], [], false, []);
}
