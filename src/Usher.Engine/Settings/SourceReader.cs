using System.Text.RegularExpressions;
using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Engine.Lookups;
using Usher.Storage.Postgres;

namespace Usher.Engine.Settings;

/// <summary>Reads the places in which answers are looked up.</summary>
internal static partial class SourceReader
{
    private const int LongestUrl = 2000;
    private const int LongestQuery = 4000;
    private const int LongestColumn = 63;
    private const int LongestLabel = 80;
    private const int MostFields = 20;
    private const string Shape = "Write sources: with each source below it, under its own key with sql: or http: and show:.";
    private const string Down = "what this source knows cannot be looked up, and cards say so.";

    private static readonly string[] SqlOnly = ["query"];
    private static readonly string[] HttpOnly = ["headers", "rows", "private_redirects"];

    private static readonly Dictionary<string, FieldLook> Looks = new(StringComparer.Ordinal)
    {
        ["text"] = FieldLook.Text,
        ["code"] = FieldLook.Code,
        ["member"] = FieldLook.Member,
        ["role"] = FieldLook.Role,
        ["channel"] = FieldLook.Channel,
        ["time"] = FieldLook.Time,
    };

    internal static ValueList<SourceSettings> ReadAll(Section desk, Reading reading)
    {
        if (desk.Inner("sources", Shape) is not { } listed) return [];
        var sources = new List<SourceSettings>();
        foreach (var entry in listed.Entries)
        {
            Keys.Check(entry, listed, reading);
            if (entry.Key == SourceSettings.InviteKey) listed.Fault(entry.Key, "invite is Discord's own, which every desk has.", "Choose another key.");
            if (listed.Inner(entry.Key, Shape) is { } source && Read(entry.Key, source) is { } read) sources.Add(read);
        }
        return sources.ToValueList();
    }

    /// <summary>A query of the settings; null when absent or wrong.</summary>
    internal static string? Query(Section section, string key, IReadOnlyCollection<string>? known = null)
    {
        if (section.Text(key, LongestQuery)?.TrimEnd().TrimEnd(';') is not { } query) return null;
        foreach (var quoted in QuotedForm.Matches(query).Select(match => match.Value))
        {
            foreach (var name in SourceNames.In(quoted).Where(name => known?.Contains(name) ?? name is SourceNames.Answer or SourceNames.Opener or SourceNames.Guild))
                section.Fault(key, $"{{{name}}} stands in quotes.", "Leave the quotes out: the value is given apart from the query.");
        }
        foreach (var name in SourceNames.In(query).Where(name => known?.Contains(name) == false))
            section.Fault(key, $"{{{name}}} is not known.", $"Write one of {string.Join(", ", known!.Select(k => $"{{{k}}}"))}.");
        return query;
    }

    /// <summary>The address of a database; null when absent, wrong or not in the environment.</summary>
    internal static Secret? Database(Section section, string key, string without)
    {
        if (section.Secret(key, LongestUrl, without) is not { } url) return null;
        if (PostgresUrl.Read(url.Value, out var wrong) is not null) return url;
        section.Fault(key, wrong, PostgresUrl.Shape);
        return null;
    }

    private static SourceSettings? Read(string key, Section section)
    {
        var isSql = section.Piece("sql") is not null;
        var show = Fields(section);
        var option = Option(section);
        var isHttp = section.Piece("http") is not null;
        if (isSql == isHttp) section.Fault(isSql ? "http" : "sql", isSql ? "The source says both sql and http." : "The source says neither sql nor http.", "Write sql: ${NAME}, the address of a PostgreSQL database, or http: with a web address.");
        foreach (var other in (isHttp ? SqlOnly : HttpOnly).Where(other => section.Piece(other) is not null))
            section.Fault(other, $"{other} belongs to a source of the other kind.", $"Remove {other}.");
        SourceSettings? source = isHttp ? Http(key, section, show, option) : isSql ? Sql(key, section, show, option) : null;
        if (show.Count == 0 && option is null) section.Fault("show", "Nothing is shown of what is found.", "Write show: { column: Label }.");
        section.Finish();
        return source;
    }

    private static SqlSourceSettings Sql(string key, Section section, ValueList<ShownField> show, RowOption? option)
    {
        section.Require("query", "Write query:, such as select … from … where code = {answer}.");
        return new SqlSourceSettings { Key = key, Url = Database(section, "sql", Down), Query = Query(section, "query") ?? "", Show = show, Option = option };
    }

    private static HttpSourceSettings Http(string key, Section section, ValueList<ShownField> show, RowOption? option) => new()
    {
        Key = key,
        Url = WebAddress(section),
        Headers = Headers(section),
        Rows = section.Text("rows", LongestColumn, oneLine: true),
        PrivateRedirects = section.YesNo("private_redirects") ?? false,
        Show = show,
        Option = option,
    };

    // A value may stand in the path or the query alone: nobody's answer says who is asked.
    private static Secret? WebAddress(Section section)
    {
        if (section.Secret("http", LongestUrl, Down) is not { } url) return null;
        var server = url.Value.IndexOfAny(['/', '?', '#'], Math.Max(0, url.Value.IndexOf("://", StringComparison.Ordinal)) + 3) is > 0 and var end ? url.Value[..end] : url.Value;
        if (SourceNames.In(server).Any() || !Uri.TryCreate(SourceNames.Fill(url.Value, _ => "x"), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            section.Fault("http", "This is not a web address in whose path or query the values stand.", "Write it like https://api.example.org/orders/{answer}.");
        else
            return url;
        return null;
    }

    private static ValueList<HttpHeader> Headers(Section section)
    {
        if (section.Inner("headers", "Write headers: { Name: value }, best with ${NAME} for what is secret.") is not { } listed) return [];
        var headers = new List<HttpHeader>();
        foreach (var entry in listed.Entries)
        {
            if (!HeaderForm.IsMatch(entry.Key)) listed.Fault(entry.Key, $"«{entry.Key}» cannot be the name of a header.", "Write it like Authorization.");
            else if (listed.Text(entry.Key, LongestUrl, oneLine: true) is { } value) headers.Add(new HttpHeader(entry.Key, new Secret(value)));
        }
        return headers.ToValueList();
    }

    private static ValueList<ShownField> Fields(Section section)
    {
        if (section.Inner("show", "Write show: { column: Label }, in the order in which it is shown.") is not { } listed) return [];
        var fields = new List<ShownField>();
        foreach (var entry in listed.Entries)
        {
            if (entry.Key.Length > LongestColumn) listed.Fault(entry.Key, $"A name of more than {LongestColumn} characters is no column.", "Name a column of the query, or a path.");
            fields.Add(entry.Value is YamlMap ? Field(entry.Key, listed.Inner(entry.Key, "")!) : new ShownField(entry.Key, listed.Text(entry.Key, LongestLabel, oneLine: true) ?? entry.Key));
        }
        if (fields.Count > MostFields) section.Fault("show", $"There are {fields.Count} fields; a card has room for {MostFields}.", "Show what helps.");
        return fields.ToValueList();
    }

    private static ShownField Field(string name, Section section)
    {
        section.Require("label", "Write label:, what people read before it.");
        var look = FieldLook.Text;
        if (section.Text("as", LongestColumn) is { } written && !Looks.TryGetValue(written, out look))
            section.Fault("as", $"«{written}» is not known.", Nearest.To(written, Looks.Keys) is { } near ? $"Did you mean {near}?" : $"Write one of {string.Join(", ", Looks.Keys)}.");
        var field = new ShownField(name, section.Text("label", LongestLabel, oneLine: true) ?? name, look);
        section.Finish();
        return field;
    }

    private static RowOption? Option(Section section)
    {
        if (section.Inner("option", "Write option: { value: column, label: \"{column}\" }.") is not { } option) return null;
        option.Require("value", "Write value:, the column by which a row is known.");
        option.Require("label", "Write label:, such as \"{case_id}: {reason}\".");
        var read = new RowOption(option.Text("value", LongestColumn, oneLine: true) ?? "", option.Text("label", LongestLabel, oneLine: true) ?? "", option.Text("description", LongestLabel, oneLine: true));
        option.Finish();
        return read.Value.Length == 0 || read.Label.Length == 0 ? null : read;
    }

    [GeneratedRegex("^[A-Za-z0-9-]{1,64}$", RegexOptions.None, 1000)]
    private static partial Regex HeaderForm { get; }

    [GeneratedRegex(@"'[^']*'", RegexOptions.None, 1000)]
    private static partial Regex QuotedForm { get; }
}
