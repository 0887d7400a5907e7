using Usher.Desk.Values;

namespace Usher.Desk.Settings;

/// <summary>A value that is told to nobody: wherever it would be printed stands a dot.</summary>
/// <param name="Value">The value itself.</param>
public sealed record Secret(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => "•";
}

/// <summary>A place outside, in which answers are looked up or from which the options of a select come. What of it people see is listed; nothing else is ever fetched.</summary>
public abstract record SourceSettings
{
    /// <summary>The key of Discord's invite endpoint, which every desk has.</summary>
    public const string InviteKey = "invite";

    /// <summary>Discord's invite endpoint.</summary>
    public static SourceSettings Invites { get; } = new InviteSourceSettings { Key = InviteKey };

    /// <summary>What questions call it.</summary>
    public required string Key { get; init; }

    /// <summary>What is shown of a row, in this order.</summary>
    public ValueList<ShownField> Show { get; init; }

    /// <summary>How a row becomes an option of a select; null when it is for looking up only.</summary>
    public RowOption? Option { get; init; }

    /// <summary>What it wants to know when it is asked: <c>answer</c>, <c>opener</c>, <c>guild</c>, an earlier question, or what was found for one.</summary>
    public abstract IEnumerable<string> Asks { get; }

    /// <summary>The label of a field; null when it is not one of those shown.</summary>
    public string? LabelOf(string field) => Show.FirstOrDefault(shown => shown.Name == field)?.Label;
}

/// <summary>Discord's invite endpoint.</summary>
/// <remarks>https://discord.com/developers/docs/resources/invite#get-invite</remarks>
public sealed record InviteSourceSettings : SourceSettings
{
    /// <inheritdoc/>
    public override IEnumerable<string> Asks => [SourceNames.Answer];
}

/// <summary>A PostgreSQL database, which is only ever read.</summary>
public sealed record SqlSourceSettings : SourceSettings
{
    /// <summary>Where it is, as <c>postgres://user:password@host/database</c>; null when nobody said so: then it counts as down.</summary>
    public Secret? Url { get; init; }

    /// <summary>The query, with <c>{name}</c> where values are given apart from it.</summary>
    public required string Query { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<string> Asks => SourceNames.In(Query);
}

/// <summary>A web address that answers with JSON.</summary>
public sealed record HttpSourceSettings : SourceSettings
{
    /// <summary>The address, with <c>{name}</c> in its path or query where values are written in, escaped.</summary>
    public Secret? Url { get; init; }

    /// <summary>What is sent along.</summary>
    public ValueList<HttpHeader> Headers { get; init; }

    /// <summary>The path to the list of rows within the answer; null when the answer itself is the row, or the list.</summary>
    public string? Rows { get; init; }

    /// <summary>Whether a redirection may lead into a private network.</summary>
    public bool PrivateRedirects { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<string> Asks => Url is null ? [] : SourceNames.In(Url.Value);
}

/// <summary>A header of a request.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
public sealed record HttpHeader(string Name, Secret Value);

/// <summary>Something that is shown of a row.</summary>
/// <param name="Name">The column, or the path within the JSON.</param>
/// <param name="Label">What people read before it.</param>
/// <param name="Look">How it is written.</param>
public sealed record ShownField(string Name, string Label, FieldLook Look = FieldLook.Text);

/// <summary>How a value is written.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<FieldLook>))]
public enum FieldLook
{
    /// <summary>As words; a time as a time.</summary>
    Text,

    /// <summary>As code.</summary>
    Code,

    /// <summary>As the member with that id.</summary>
    Member,

    /// <summary>As the role with that id.</summary>
    Role,

    /// <summary>As the channel with that id.</summary>
    Channel,

    /// <summary>As a time in each reader's own time zone.</summary>
    Time,
}

/// <summary>How a row becomes an option of a select. Columns are filled in by <c>{name}</c>.</summary>
/// <param name="Value">The column by which the row is known.</param>
/// <param name="Label">What the option says.</param>
/// <param name="Description">A line below it.</param>
public sealed record RowOption(string Value, string Label, string? Description = null);

/// <summary>A table outside that says who is staff, besides Discord's roles.</summary>
public sealed record StaffSourceSettings
{
    /// <summary>Where it is; null when nobody said so: then Discord's roles are all that counts.</summary>
    public Secret? Url { get; init; }

    /// <summary>The query, with <c>{member}</c> for whom it is asked and <c>{guild}</c>.</summary>
    public required string Query { get; init; }

    /// <summary>The column with the names: one name, a list, JSON, or JSON in a text.</summary>
    public required string Column { get; init; }

    /// <summary>Which names stand for which roles of the guild.</summary>
    public ValueList<NamedRole> Roles { get; init; }

    /// <summary>The roles that these names stand for.</summary>
    public ValueList<RoleId> RolesOf(IEnumerable<string> names)
    {
        var known = Roles;
        return names.SelectMany(name => known.Where(role => role.Covers(name)).Select(role => role.Role)).Distinct().ToValueList();
    }
}

/// <summary>A name outside that stands for a role of the guild.</summary>
/// <param name="Name">The name; a <c>*</c> at its end stands for anything.</param>
/// <param name="Role">The role.</param>
public sealed record NamedRole(string Name, RoleId Role)
{
    /// <summary>Whether a name is this one, letter for letter.</summary>
    public bool Covers(string name) => Name.EndsWith('*') ? name.StartsWith(Name[..^1], StringComparison.Ordinal) : name == Name;
}
