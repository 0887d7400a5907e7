using Microsoft.AspNetCore.Http;
using Usher.Desk.Texts;

namespace Usher.Web;

/// <summary>The language that whoever sends a request reads.</summary>
internal static class SpokenLanguage
{
    /// <summary>The best of those that they accept which the desk speaks; null when it speaks none of them.</summary>
    internal static Language? Of(HttpRequest request)
    {
        foreach (var entry in request.GetTypedHeaders().AcceptLanguage.OrderByDescending(entry => entry.Quality ?? 1))
        {
            var locale = entry.Value.ToString();
            if ((Languages.FromLocale(locale) ?? Languages.FromLocale(locale.Split('-')[0])) is { } language) return language;
        }
        return null;
    }
}
