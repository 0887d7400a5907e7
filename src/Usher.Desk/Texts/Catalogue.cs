using System.Collections.Frozen;
using System.Text.Json;

namespace Usher.Desk.Texts;

/// <summary>Every sentence that a person reads, in four languages. A text that a language lacks is said in English.</summary>
public static class Catalogue
{
    private static readonly FrozenDictionary<Language, FrozenDictionary<string, string>> Texts =
        Languages.All.ToFrozenDictionary(language => language, Load);

    /// <summary>The keys that English has; every other language must have the same.</summary>
    public static IReadOnlyCollection<string> Keys => Texts[Language.English].Keys;

    /// <summary>Says a text, its <c>{name}</c> places filled in; <c>{name|one|other}</c> is the word that goes with a number in this language.</summary>
    /// <param name="language">In which language.</param>
    /// <param name="key">Which text, such as <c>claim.done</c>.</param>
    /// <param name="values">What to fill in, by name.</param>
    /// <exception cref="KeyNotFoundException">No language has this key.</exception>
    public static string Say(this Language language, string key, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var text = Find(language, key) ?? Find(Language.English, key) ?? throw new KeyNotFoundException($"The catalogue has no text '{key}'.");
        return Placeholders.Fill(text, values, number => language.IsOne(number));
    }

    /// <summary>The text as written, or null when the language lacks it.</summary>
    public static string? Find(Language language, string key) => Texts[language].GetValueOrDefault(key);

    private static FrozenDictionary<string, string> Load(Language language)
    {
        var name = $"Texts.{language.ToLocale()}.json";
        using var stream = typeof(Catalogue).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The resource {name} is missing.");
        using var json = JsonDocument.Parse(stream);
        return json.RootElement.EnumerateObject().ToFrozenDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal);
    }
}
