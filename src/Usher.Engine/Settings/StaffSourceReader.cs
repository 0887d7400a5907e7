using Usher.Desk.Settings;
using Usher.Desk.Values;

namespace Usher.Engine.Settings;

/// <summary>Reads where it stands who is staff, besides Discord's roles.</summary>
internal static class StaffSourceReader
{
    private const int LongestColumn = 63;
    private const int LongestName = 100;
    private const string Shape = "Write staff_from: with sql:, query:, column: and roles: below it.";
    private static readonly string[] Names = [SourceNames.Member, SourceNames.Guild];

    internal static StaffSourceSettings? Read(Section desk)
    {
        if (desk.Inner("staff_from", Shape) is not { } section) return null;
        section.Require("sql", "Write sql: ${NAME}, the address of a PostgreSQL database.");
        section.Require("query", "Write query:, such as select roles from staff where user_id = {member}.");
        section.Require("column", "Write column:, the one that holds the names.");
        section.Require("roles", "Write roles: { name: \"role id\" }.");
        var source = new StaffSourceSettings
        {
            Url = SourceReader.Database(section, "sql", "staff is told by Discord's roles alone."),
            Query = SourceReader.Query(section, "query", Names) ?? "",
            Column = section.Text("column", LongestColumn, oneLine: true) ?? "",
            Roles = Roles(section),
        };
        if (!source.Query.Contains($"{{{SourceNames.Member}}}", StringComparison.Ordinal)) section.Fault("query", "The query does not ask about anybody: everyone would be staff.", "Write {member} where the member's id belongs.");
        section.Finish();
        return source;
    }

    private static ValueList<NamedRole> Roles(Section section)
    {
        if (section.Inner("roles", "Write roles: { name: \"role id\" }; a * at a name's end stands for anything.") is not { } listed) return [];
        var roles = new List<NamedRole>();
        foreach (var entry in listed.Entries)
        {
            if (entry.Key.TrimEnd('*').Length is 0 or > LongestName) listed.Fault(entry.Key, $"«{entry.Key}» is no name.", "Write a name as it stands in the table.");
            if (listed.Id<RoleId>(entry.Key, "a role") is { } role) roles.Add(new NamedRole(entry.Key, role));
        }
        return roles.ToValueList();
    }
}
