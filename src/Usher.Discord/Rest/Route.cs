using System.Text;
using Usher.Discord.Model;

namespace Usher.Discord.Rest;

/// <summary>
/// A method with a path and its template. The template names the call in limits, errors and metrics, and holds no id and no token.
/// <see href="https://discord.com/developers/docs/topics/rate-limits"/>
/// </summary>
internal sealed record Route
{
    private Route(HttpMethod method, string template, string path, string major, bool isBeyondGlobal)
    {
        Method = method;
        Path = path;
        Major = major;
        IsBeyondGlobal = isBeyondGlobal;
        Template = "/" + template;
        Label = $"{method} {Template}";
    }

    public HttpMethod Method { get; }

    /// <summary>Relative to the API's address, query included.</summary>
    public string Path { get; private init; }

    /// <summary>The parameters that make limits of their own: a channel, a guild, a webhook with its token, an interaction.</summary>
    public string Major { get; }

    /// <summary>Authorised by an interaction's token instead of the bot's, and outside the global limit.</summary>
    public bool IsBeyondGlobal { get; }

    /// <summary>The path with the names of its values.</summary>
    public string Template { get; }

    /// <summary>Method and template.</summary>
    public string Label { get; }

    public static Route Get(string template, params ReadOnlySpan<object> values) => Of(HttpMethod.Get, template, values);

    public static Route Post(string template, params ReadOnlySpan<object> values) => Of(HttpMethod.Post, template, values);

    public static Route Put(string template, params ReadOnlySpan<object> values) => Of(HttpMethod.Put, template, values);

    public static Route Patch(string template, params ReadOnlySpan<object> values) => Of(HttpMethod.Patch, template, values);

    public static Route Delete(string template, params ReadOnlySpan<object> values) => Of(HttpMethod.Delete, template, values);

    /// <summary>The route with a query; null values are left out.</summary>
    public Route Asking(params ReadOnlySpan<(string Name, object? Value)> query)
    {
        var path = new StringBuilder(Path);
        var sign = '?';
        foreach (var (name, value) in query)
        {
            if (value is null) continue;
            path.Append(sign).Append(name).Append('=').Append(Uri.EscapeDataString(Written(value)));
            sign = '&';
        }
        return this with { Path = path.ToString() };
    }

    private static Route Of(HttpMethod method, string template, ReadOnlySpan<object> values)
    {
        var path = new StringBuilder();
        var next = 0;
        foreach (var part in template.Split('/'))
        {
            if (path.Length > 0) path.Append('/');
            path.Append(part[0] == '{' ? Uri.EscapeDataString(Written(values[next++])) : part);
        }
        return new(method, template, path.ToString(), MajorOf(template, values), IsByToken(template));
    }

    private static string MajorOf(string template, ReadOnlySpan<object> values)
    {
        if (IsByToken(template)) return $"{Written(values[0])}/{Written(values[1])}";
        return template.StartsWith("channels/{", StringComparison.Ordinal) || template.StartsWith("guilds/{", StringComparison.Ordinal) ? Written(values[0]) : "";
    }

    private static bool IsByToken(string template) =>
        template.StartsWith("webhooks/", StringComparison.Ordinal) || template.StartsWith("interactions/", StringComparison.Ordinal);

    private static string Written(object value) => value switch
    {
        Snowflake id => id.ToString(),
        DateTimeOffset moment => moment.UtcDateTime.ToString("O"),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
