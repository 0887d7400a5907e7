using Usher.Sandbox.World;

namespace Usher.Sandbox.Cast;

/// <summary>The people of the box, by name: <c>cast["Alice"]</c>.</summary>
public sealed class Troupe(DiscordWorld world)
{
    private readonly Dictionary<UserState, Person> _people = [];

    /// <summary>Everybody who is no bot.</summary>
    public IReadOnlyList<Person> People => world.Users.Where(user => !user.IsBot).Select(Of).ToList();

    /// <summary>The person shown under that name.</summary>
    /// <exception cref="KeyNotFoundException">There is nobody of that name.</exception>
    public Person this[string name] =>
        Of(world.Users.FirstOrDefault(user => !user.IsBot && string.Equals(user.DisplayName, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new KeyNotFoundException($"There is nobody called “{name}” in the box."));

    /// <summary>That user as somebody who acts.</summary>
    public Person Of(UserState user)
    {
        lock (_people)
        {
            if (_people.TryGetValue(user, out var person)) return person;
            return _people[user] = new Person(world, user);
        }
    }
}
