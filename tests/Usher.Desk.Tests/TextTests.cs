using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;

namespace Usher.Desk.Tests;

public sealed partial class TextTests
{
    public static TheoryData<Language> Every => [.. Languages.All];

    public static TheoryData<Language> Translated => [.. Languages.All.Where(language => language != Language.English)];

    [Theory]
    [MemberData(nameof(Every))]
    public void Every_language_has_the_same_texts(Language language) =>
        Assert.Equal(Catalogue.Keys.Order(StringComparer.Ordinal), Written(language).Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Every))]
    public void No_text_is_written_twice(Language language)
    {
        var path = Path.Combine(Sources.Root, "src", "Usher.Desk", "Texts", language.ToLocale() + ".json");
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        var names = json.RootElement.EnumerateObject().Select(p => p.Name).ToList();
        Assert.Equal(names.Distinct(), names);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Every_language_fills_the_same_places(Language language)
    {
        foreach (var key in Catalogue.Keys)
            Assert.Equal((key, Places(Language.English, key)), (key, Places(language, key)));
    }

    [Theory]
    [MemberData(nameof(Translated))]
    public void Nothing_is_left_in_English(Language language)
    {
        var same = Catalogue.Keys.Where(key => HasWords(key) && !IsUnit(key) && Catalogue.Find(language, key) == Catalogue.Find(Language.English, key));
        Assert.Empty(same);
    }

    // The symbols of hours, minutes and seconds are the same in most languages.
    private static bool IsUnit(string key) => key.StartsWith("length.", StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Every))]
    public void Every_text_fits_where_Discord_shows_it(Language language)
    {
        foreach (var key in Catalogue.Keys)
        {
            var text = language.Say(key, ("ticket", "#999999999999"));
            Assert.True(text.Length <= Room(key), $"{language} {key} has {text.Length} characters.");
            Assert.Equal(text.Trim(), text);
            Assert.NotEmpty(text);
        }
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Texts_hold_no_invisible_characters_but_the_spaces_of_their_language(Language language)
    {
        foreach (var key in Catalogue.Keys)
        {
            var odd = language.Say(key).EnumerateRunes().Where(rune => IsInvisible(rune) && !(language == Language.French && rune.Value is 0xA0 or 0x202F));
            Assert.True(!odd.Any(), $"{language} {key}");
        }
    }

    [Fact]
    public void French_puts_a_space_that_does_not_break_before_its_double_marks()
    {
        var wrong = Catalogue.Keys.Where(key => BreakingSpace().IsMatch(Language.French.Say(key)));
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_text_that_the_desk_says_exists()
    {
        var missing = Sources.SaidKeys("src/Usher.Desk").Concat(Sources.SaidKeys("src/Usher.Engine")).Where(said => !Catalogue.Keys.Any(key => Sources.Fits(key, said)));
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_text_is_said_somewhere()
    {
        var named = Sources.Keys("src");
        var unused = Catalogue.Keys.Where(key => !IsOfATrigger(key) && !named.Any(pattern => Sources.Fits(key, pattern)));
        Assert.Empty(unused);
    }

    [Fact]
    public void Families_of_texts_have_a_text_for_every_case()
    {
        string[] wanted =
        [
            .. Enum.GetNames<FailureReason>().SelectMany(reason => new[] { $"failure.opener.{reason}", $"failure.staff.{reason}" }),
            .. typeof(Effect).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Effect))).Select(type => $"effect.{type.Name}"),
            .. Enum.GetNames<ClosingKind>().SelectMany(kind => new[] { $"card.closed.{kind}", $"farewell.{kind}" }),
            "close.line.Closed",
            "close.line.Cancelled",
        ];
        Assert.Empty(wanted.Except(Catalogue.Keys));
    }

    [Fact]
    public void Every_command_and_option_is_described()
    {
        var wanted = All.Rules.Triggers.Where(trigger => trigger.Door is Door.Slash or Door.Typed).Select(trigger => $"command.{trigger.Name}")
            // Sub-commands stand under a command, which is described too.
            .Concat(All.Rules.Triggers.Where(trigger => trigger.Door is Door.Slash).Select(trigger => $"command.{trigger.Name.Split(' ')[0]}"))
            .Concat(All.Rules.Triggers.SelectMany(trigger => trigger.Options).Select(option => $"option.{option.Name}"))
            .ToHashSet();
        Assert.Equal(wanted.Order(), Catalogue.Keys.Where(IsOfATrigger).Order());
    }

    [Theory]
    [InlineData("Hello {name}", "Hello Bob")]
    [InlineData("{name}{name}", "BobBob")]
    [InlineData("{unknown} {name}", "{unknown} Bob")]
    [InlineData("{{name}}", "{Bob}")]
    [InlineData("{name", "{name")]
    [InlineData("}{", "}{")]
    [InlineData("{}", "{}")]
    [InlineData("no places", "no places")]
    public void Places_are_filled(string template, string filled)
    {
        var department = World.Support with { Naming = template.Replace("name", "opener", StringComparison.Ordinal) };
        Assert.Equal(filled.Replace("name", "opener", StringComparison.Ordinal), Usher.Desk.Features.Opening.HomeName.For(department, 1, "Bob", World.Letters));
    }

    [Fact]
    public void What_is_filled_in_is_not_filled_again() =>
        Assert.Equal("**Closed by** {when} noon", Language.English.Say("card.closed.Closed", ("by", "{when}"), ("when", "noon")));

    [Theory]
    [InlineData(Language.English, 0, "0 tickets that must stay follow")]
    [InlineData(Language.English, 1, "1 ticket that must stay follows")]
    [InlineData(Language.English, 2, "2 tickets that must stay follow")]
    [InlineData(Language.French, 0, "0 ticket qui doit rester suivra")]
    [InlineData(Language.French, 1, "1 ticket qui doit rester suivra")]
    [InlineData(Language.French, 2, "2 tickets qui doivent rester suivront")]
    [InlineData(Language.BrazilianPortuguese, 1, "1 ticket que precisa ficar segue")]
    [InlineData(Language.BrazilianPortuguese, 21, "21 tickets que precisam ficar seguem")]
    public void Words_go_with_their_number(Language language, int count, string begins) =>
        Assert.StartsWith(begins, language.Say("erase.rest", ("count", count.ToString(CultureInfo.InvariantCulture)), ("when", "noon")), StringComparison.Ordinal);

    [Fact]
    public void Words_for_a_number_stand_only_where_there_is_the_number()
    {
        foreach (var key in Catalogue.Keys)
        {
            foreach (Match word in PluralPlace().Matches(Catalogue.Find(Language.English, key)!))
                Assert.Contains($"{{{word.Groups[1].Value}}}", Catalogue.Find(Language.English, key)!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_key_that_nobody_wrote_is_a_fault_of_the_program() =>
        Assert.Throws<KeyNotFoundException>(() => Language.French.Say("no.such.text"));

    [Theory]
    [InlineData("en-US", Language.English)]
    [InlineData("en-GB", Language.English)]
    [InlineData("fr", Language.French)]
    [InlineData("pt-BR", Language.BrazilianPortuguese)]
    [InlineData("zh-TW", Language.TraditionalChinese)]
    [InlineData("zh-CN", null)]
    [InlineData("de", null)]
    [InlineData(null, null)]
    public void Discords_locales_lead_to_the_desks_languages(string? locale, Language? language) =>
        Assert.Equal(language, Languages.FromLocale(locale));

    [Theory]
    [MemberData(nameof(Every))]
    public void A_language_is_found_again_by_its_locale(Language language) =>
        Assert.Equal(language, Languages.FromLocale(language.ToLocale()));

    private static Dictionary<string, string> Written(Language language)
    {
        var path = Path.Combine(Sources.Root, "src", "Usher.Desk", "Texts", language.ToLocale() + ".json");
        return JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path))!;
    }

    // The words that go with a number are the language's own affair.
    private static string Places(Language language, string key) =>
        string.Join(' ', Place().Matches(PluralPlace().Replace(Catalogue.Find(language, key) ?? "", "")).Select(match => match.Value).Order(StringComparer.Ordinal));

    private static bool HasWords(string key) => Place().Replace(Catalogue.Find(Language.English, key)!, "").Any(char.IsLetter);

    private static bool IsOfATrigger(string key) => key.StartsWith("command.", StringComparison.Ordinal) || key.StartsWith("option.", StringComparison.Ordinal);

    private static bool IsInvisible(Rune rune) =>
        rune.Value is not ('\n' or ' ' or 0xFE0F)
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator;

    // Buttons could be longer, but five of them stand in a row on a telephone.
    private static int Room(string key) => key switch
    {
        _ when key.EndsWith(".form", StringComparison.Ordinal) || key.Contains(".form.", StringComparison.Ordinal) => 45,
        _ when key.StartsWith("button.", StringComparison.Ordinal) => 20,
        _ when IsOfATrigger(key) => 100,
        _ => 400,
    };

    [GeneratedRegex(@"\{[a-z_]+\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\{([a-z_]+)\|[^|{}]+\|[^|{}]+\}")]
    private static partial Regex PluralPlace();

    [GeneratedRegex("[ \\p{L}][?!;]| :(?![a-z_]+:)")]
    private static partial Regex BreakingSpace();
}
