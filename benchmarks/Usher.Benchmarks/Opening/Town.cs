using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Discord.Model;
using Usher.Sandbox;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;

namespace Usher.Benchmarks.Opening;

/// <summary>As many guilds as the openings need within Discord's own limits: 1000 active threads, 500 channels, 50 of them in a category.</summary>
internal sealed class Town
{
    // Half of a guild's tickets are threads, half channels; a few channels are there already.
    private const int TicketsInGuild = 900;

    private const Permissions BotNeeds =
        Permissions.ViewChannel | Permissions.SendMessages | Permissions.SendMessagesInThreads | Permissions.CreatePrivateThreads | Permissions.ManageThreads
        | Permissions.ManageChannels | Permissions.ManageMessages | Permissions.ManageRoles | Permissions.ReadMessageHistory | Permissions.AttachFiles | Permissions.EmbedLinks
        | Permissions.MentionEveryone;

    private readonly Box _box;
    private readonly List<Place> _places = [];

    private Town(Box box) => _box = box;

    /// <summary>The desks of its guilds.</summary>
    internal IReadOnlyList<DeskSettings> Settings => [.. _places.Select(place => place.Desk)];

    /// <summary>Builds it, with a member for every two openings.</summary>
    internal static Town Build(Box box, int openings)
    {
        var town = new Town(box);
        for (var guild = 0; guild * TicketsInGuild < openings; guild++) town._places.Add(town.Found(guild));
        return town;
    }

    /// <summary>The opening of that number: people take turns over the guilds, so that none is busier than another.</summary>
    internal Task<Asked> ClickAsync(int number)
    {
        var place = _places[number % _places.Count];
        var turn = number / _places.Count;
        var panel = place.Panel ??= FindPanel(place);
        var button = Person.ComponentsOf(panel).Select(component => component.TryGetProperty("custom_id", out var id) ? id.GetString() : null).OfType<string>().ElementAt(turn % 2);
        return place.Members[turn / 2].Clicks(panel, button);
    }

    private static MessageState FindPanel(Place place) => place.Members[0].Sees(place.Help).Last(message => message.Author.IsBot);

    private Place Found(int number)
    {
        var (world, harbour) = (_box.World, _box.Harbour);
        var guild = world.AddGuild($"Town {number}", harbour.Guild.Owner);
        world.EditRole(guild.Everyone, permissions: harbour.Guild.Everyone.Permissions);
        var staff = world.AddRole(guild, "Staff");
        world.Install(harbour.Bot, guild, BotNeeds);
        for (var helper = 0; helper < 3; helper++) world.Join(guild, world.AddUser($"helper{number}x{helper}"), staff);
        var help = world.AddChannel(guild, "help");
        var support = world.AddChannel(guild, "support");
        var members = Enumerable.Range(0, TicketsInGuild / 2).Select(member => Member(guild, $"member{number}x{member}")).ToList();
        return new Place(help, members, Desk(guild, staff, help, support));
    }

    private Person Member(GuildState guild, string name)
    {
        var user = _box.World.AddUser(name);
        _box.World.Join(guild, user);
        return _box.Cast.Of(user);
    }

    private static DeskSettings Desk(GuildState guild, RoleState staff, ChannelState help, ChannelState support) => new()
    {
        Guild = new GuildId(guild.Id.Value),
        Departments =
        [
            Department("support", new HomeSettings(Usher.Desk.Settings.HomeKind.Thread, new ChannelId(support.Id.Value)), staff),
            Department("billing", new HomeSettings(Usher.Desk.Settings.HomeKind.Channel, null), staff),
        ],
        Panels = [new Panel { Key = "help", Channel = new ChannelId(help.Id.Value), Title = "How can we help?", Departments = ["support", "billing"] }],
    };

    private static Department Department(string key, HomeSettings home, RoleState staff) => new() { Key = key, Name = key, Home = home, Staff = [new RoleId(staff.Id.Value)] };

    private sealed record Place(ChannelState Help, IReadOnlyList<Person> Members, DeskSettings Desk)
    {
        internal MessageState? Panel { get; set; }
    }
}
