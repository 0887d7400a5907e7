using System.Text.Json.Serialization;

namespace Usher.Desk.Texts;

/// <summary>A language that the desk speaks.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Language>))]
public enum Language
{
    /// <summary>English, and the language of last resort.</summary>
    English,

    /// <summary>French.</summary>
    French,

    /// <summary>Brazilian Portuguese.</summary>
    BrazilianPortuguese,

    /// <summary>Traditional Chinese.</summary>
    TraditionalChinese,
}

/// <summary>Finds the desk's language for one of Discord's locales.</summary>
public static class Languages
{
    /// <summary>Every language, in the order of the enumeration.</summary>
    public static IReadOnlyList<Language> All { get; } = Enum.GetValues<Language>();

    /// <summary>The desk's language for a locale of Discord's (<c>pt-BR</c>); null when the desk does not speak it.</summary>
    /// <remarks>https://discord.com/developers/docs/reference#locales</remarks>
    public static Language? FromLocale(string? locale) => locale switch
    {
        "en-US" or "en-GB" or "en" => Language.English,
        "fr" => Language.French,
        "pt-BR" or "pt" => Language.BrazilianPortuguese,
        "zh-TW" => Language.TraditionalChinese,
        _ => null,
    };

    /// <summary>Discord's locale for a language of the desk.</summary>
    public static string ToLocale(this Language language) => language switch
    {
        Language.French => "fr",
        Language.BrazilianPortuguese => "pt-BR",
        Language.TraditionalChinese => "zh-TW",
        _ => "en-US",
    };

    /// <summary>Whether a number takes the singular.</summary>
    /// <remarks>https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html</remarks>
    internal static bool IsOne(this Language language, long number) => language is Language.French or Language.BrazilianPortuguese ? number is 0 or 1 : number == 1;
}
