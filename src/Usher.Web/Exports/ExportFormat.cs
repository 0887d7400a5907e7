namespace Usher.Web.Exports;

/// <summary>In which form tickets are given away.</summary>
public enum ExportFormat
{
    /// <summary>One JSON object: everything that is kept, also Discord's own objects.</summary>
    Json,

    /// <summary>A table with a row for each ticket, message and note, for spreadsheets.</summary>
    Csv,

    /// <summary>The conversation as a page that needs nothing beside itself; of a whole guild, an archive (ZIP) of such pages.</summary>
    Html,
}

/// <summary>What the forms are called.</summary>
public static class ExportFormats
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["json", "csv", "html"];

    /// <summary>The form of that name; null when there is none.</summary>
    public static ExportFormat? Named(string name) => Names.ToList().IndexOf(name) is var at and >= 0 ? (ExportFormat)at : null;

    /// <summary>The media type.</summary>
    public static string ContentType(this ExportFormat format, bool ofGuild) => format switch
    {
        ExportFormat.Json => "application/json; charset=utf-8",
        ExportFormat.Csv => "text/csv; charset=utf-8",
        _ => ofGuild ? "application/zip" : "text/html; charset=utf-8",
    };

    /// <summary>What files of it end in.</summary>
    public static string Ending(this ExportFormat format, bool ofGuild) => format == ExportFormat.Html && ofGuild ? "zip" : Names[(int)format];
}
