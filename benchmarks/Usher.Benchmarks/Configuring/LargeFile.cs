using System.Globalization;
using System.Text;

namespace Usher.Benchmarks.Configuring;

/// <summary>Large settings: one guild with many departments, or many guilds with a few each. No two say the same.</summary>
internal static class LargeFile
{
    /// <summary>One guild.</summary>
    internal static string OfDepartments(int count)
    {
        var text = new StringBuilder("guild: \"100000000000000100\"\nlog_channel: \"100000000000000305\"\nmanagers: [\"100000000000000202\"]\ndepartments:\n");
        for (var number = 0; number < count; number++) Department(text, "", number, 100_000_000_000_000_203, 100_000_000_000_000_303);
        text.Append("panels:\n");
        for (var panel = 0; panel * 25 < count; panel++)
        {
            var keys = string.Join(", ", Enumerable.Range(panel * 25, Math.Min(25, count - panel * 25)).Select(number => string.Create(CultureInfo.InvariantCulture, $"kind_{number}")));
            text.Append(CultureInfo.InvariantCulture, $"  panel_{panel}: {{ channel: \"100000000000000302\", title: \"Panel {panel}\", departments: [{keys}] }}\n");
        }
        return text.ToString();
    }

    /// <summary>Many guilds, each with three departments, a form in each, and a panel.</summary>
    /// <param name="guilds">Each guild's id with its staff role, the channel of its threads and that of its panel.</param>
    internal static string OfGuilds(IReadOnlyList<(ulong Guild, ulong Staff, ulong Threads, ulong Panel)> guilds)
    {
        var text = new StringBuilder("guilds:\n");
        foreach (var (guild, staff, threads, panel) in guilds)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - guild: \"{guild}\"\n    managers: [\"{staff}\"]\n    departments:\n");
            for (var number = 0; number < 3; number++) Department(text, "    ", number, staff, threads, guild);
            text.Append(CultureInfo.InvariantCulture, $"    panels:\n      help: {{ channel: \"{panel}\", title: \"How can guild {guild} help?\" }}\n");
        }
        return text.ToString();
    }

    private static void Department(StringBuilder text, string indent, int number, ulong staff, ulong threads, ulong guild = 0)
    {
        string[] lines =
        [
            $"  kind_{number}:",
            $"    name: Kind {number}",
            "    emoji: \"🛟\"",
            $"    description: What guild {guild} does about kind {number}",
            $"    staff: [\"{staff}\"]",
            $"    home: {{ thread: \"{threads}\" }}",
            "    naming: \"{department}-{opener}-{number}\"",
            $"    welcome: \"Tell the crew of guild {guild} what happened in kind {number}, and add a picture if it helps. Somebody will be with you soon.\"",
            "    colour: \"#5865F2\"",
            "    form:",
            "      questions:",
            $"        about: {{ ask: \"What is kind {number} about?\", as: buttons, options: {{ server: A server, other: Something else }} }}",
            $"        what: {{ ask: \"What happened to guild {guild}?\", as: paragraph, least: 10, most: 1000, when: {{ about: other }} }}",
        ];
        foreach (var line in lines) text.Append(indent).Append(line).Append('\n');
    }
}
