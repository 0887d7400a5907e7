using System.Text.RegularExpressions;
using Usher.Desk.Settings;
using Usher.Desk.Values;

namespace Usher.Engine.Settings;

/// <summary>Reads what a department asks.</summary>
internal static class FormReader
{
    private const int MostQuestions = 25;
    private const int LongestKey = 24;
    private const int LongestSource = 32;

    // The label of a field: https://discord.com/developers/docs/components/reference#label
    private const int LongestInModal = 45;
    private const int LongestInMessage = 300;
    private const int LongestDescription = 100;
    private const int LongestHint = 100;
    private const int LongestLabel = 80;
    private const int MostCharacters = 4000;
    private const string Shape = "Write form: with questions: below it, each under its own key with ask: and as:.";

    private static readonly Dictionary<string, QuestionKind> Kinds = new(StringComparer.Ordinal)
    {
        ["line"] = QuestionKind.Line,
        ["paragraph"] = QuestionKind.Paragraph,
        ["buttons"] = QuestionKind.Buttons,
        ["select"] = QuestionKind.Select,
        ["members"] = QuestionKind.Members,
        ["roles"] = QuestionKind.Roles,
        ["channels"] = QuestionKind.Channels,
        ["radio"] = QuestionKind.Radio,
        ["checkboxes"] = QuestionKind.Checkboxes,
        ["checkbox"] = QuestionKind.Checkbox,
        ["files"] = QuestionKind.Files,
    };

    private static readonly Dictionary<string, FormPlace> Places = new(StringComparer.Ordinal) { ["before"] = FormPlace.BeforeOpening, ["inside"] = FormPlace.InTicket };

    private static readonly Dictionary<string, AnswerFormat> Formats = new(StringComparer.Ordinal)
    {
        ["any"] = AnswerFormat.Any,
        ["number"] = AnswerFormat.Number,
        ["url"] = AnswerFormat.Url,
        ["invite"] = AnswerFormat.Invite,
    };

    private static readonly Dictionary<string, bool> YesNo = new(StringComparer.Ordinal) { ["true"] = true, ["yes"] = true, ["false"] = false, ["no"] = false };

    internal static FormSettings? Read(Section department, ValueList<SourceSettings> sources)
    {
        if (department.Inner("form", Shape) is not { } form) return null;
        var place = OneOf(form, "place", Places) ?? FormPlace.BeforeOpening;
        form.Require("questions", Shape);
        var questions = new List<Question>();
        if (form.Inner("questions", Shape) is { } asked)
        {
            foreach (var entry in asked.Entries)
            {
                CheckKey(entry.Key, asked, entry.Key);
                if (asked.Inner(entry.Key, "Give the question at least ask: and as:.") is { } question) questions.Add(ReadQuestion(entry.Key, question, questions, sources));
            }
            if (questions.Count == 0) form.Fault("questions", "There is no question.", Shape);
            if (questions.Count > MostQuestions) form.Fault("questions", $"There are {questions.Count} questions; a form has at most {MostQuestions}.", "Ask fewer, or use several departments.");
        }
        form.Finish();
        return questions.Count == 0 ? null : new FormSettings { Place = place, Questions = questions.ToValueList() };
    }

    private static Question ReadQuestion(string key, Section section, List<Question> before, ValueList<SourceSettings> sources)
    {
        section.Require("ask", "Write ask:, the question itself.");
        var kind = OneOf(section, "as", Kinds) ?? QuestionKind.Line;
        var question = new Question { Key = key, Text = key, Kind = kind };
        question = question with
        {
            Text = section.Text("ask", question.IsMessage ? LongestInMessage : LongestInModal, oneLine: true) ?? key,
            Description = section.Text("description", LongestDescription, oneLine: true),
            Options = Options(section, kind, OptionsFrom(section, kind, before, sources) is not null),
            Required = OneOf(section, "required", YesNo) ?? true,
            Least = section.Number("least", 0, MostCharacters),
            Most = section.Number("most", 1, MostCharacters),
            Pattern = Pattern(section),
            PatternSays = section.Text("pattern_says", LongestInMessage),
            Format = OneOf(section, "format", Formats) ?? AnswerFormat.Any,
            Hint = section.Text("hint", LongestHint, oneLine: true),
            Prefilled = section.Text("prefilled", MostCharacters),
            When = Conditions(section, before),
            Lookup = Lookup(section, before, sources),
            OptionsFrom = section.Text("options_from", LongestSource),
            None = section.Text("none", LongestInMessage),
        };
        CheckBounds(section, question);
        section.Finish();
        return question;
    }

    private static ValueList<QuestionOption> Options(Section section, QuestionKind kind, bool fromSource)
    {
        var (least, most) = kind switch
        {
            QuestionKind.Buttons => (1, 20),
            QuestionKind.Select => (1, 25),
            QuestionKind.Radio => (2, 10),
            QuestionKind.Checkboxes => (1, 10),
            _ => (0, 0),
        };
        const string shape = "Write options: { key: Label, other_key: Other label }.";
        var options = new List<QuestionOption>();
        if (section.Inner("options", shape) is { } listed)
        {
            foreach (var entry in listed.Entries)
            {
                CheckKey(entry.Key, listed, entry.Key);
                options.Add(Option(entry, listed));
            }
        }
        if (fromSource)
        {
            if (options.Count > 0) section.Fault("options", "The options come from the source.", "Keep options or options_from.");
            return [];
        }
        if (most == 0 && options.Count > 0) section.Fault("options", "There is nothing to choose from in a question of this kind.", "Remove options:, or write as: buttons, select, radio or checkboxes.");
        else if (options.Count < least) section.Fault("options", $"Here must stand at least {least} option{(least == 1 ? "" : "s")}.", shape);
        else if (most > 0 && options.Count > most) section.Fault("options", $"There are {options.Count} options; Discord takes {most} there.", most == 25 ? "Ask in two steps." : "Use as: select, which takes 25.");
        return options.ToValueList();
    }

    private static QuestionOption Option(YamlEntry entry, Section listed)
    {
        if (entry.Value is not YamlMap) return new QuestionOption(entry.Key, listed.Text(entry.Key, LongestLabel, oneLine: true) ?? entry.Key);
        var option = listed.Inner(entry.Key, "")!;
        option.Require("label", "Write label:, what the option says.");
        var emoji = option.Text("emoji", LongestLabel);
        if (emoji is not null && !Written.IsEmoji(emoji))
        {
            option.Fault("emoji", $"«{emoji}» is not an emoji.", "Write the character itself, or a guild's own as \"<:name:id>\".");
            emoji = null;
        }
        var read = new QuestionOption(entry.Key, option.Text("label", LongestLabel, oneLine: true) ?? entry.Key, option.Text("description", LongestDescription, oneLine: true), emoji);
        option.Finish();
        return read;
    }

    private static ValueList<AnswerCondition> Conditions(Section section, List<Question> before)
    {
        var conditions = new List<AnswerCondition>();
        if (section.Inner("when", "Write when: { earlier_question: option } or when: { earlier_question: [option, option] }.") is not { } when) return [];
        foreach (var entry in when.Entries)
        {
            var values = entry.Value is YamlList ? when.WordList(entry.Key).Select(word => word.Text).ToValueList() : when.Text(entry.Key, LongestLabel) is { } one ? [one] : [];
            if (before.Find(question => question.Key == entry.Key) is not { } earlier)
            {
                when.Fault(entry.Key, $"{entry.Key} is no earlier question.", Nearest.To(entry.Key, before.Select(question => question.Key)) is { } near ? $"Did you mean {near}?" : "Name a question that stands above this one.");
                continue;
            }
            foreach (var value in values.Where(value => earlier.Options.Count > 0 && earlier.Options.All(option => option.Value != value)))
                when.Fault(entry.Key, $"{entry.Key} has no option {value}.", $"Write one of {string.Join(", ", earlier.Options.Select(option => option.Value))}.");
            conditions.Add(new AnswerCondition(entry.Key, values));
        }
        return conditions.ToValueList();
    }

    private static string? Pattern(Section section)
    {
        if (section.Text("pattern", LongestInMessage) is not { } pattern) return null;
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return pattern;
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            section.Fault("pattern", $"The pattern cannot be used: {fault.Message}", "Write a regular expression without look-around and back-references, such as [0-9A-F]{8}.");
            return null;
        }
    }

    private static string? Lookup(Section section, List<Question> before, ValueList<SourceSettings> sources)
    {
        if (section.Text("lookup", LongestSource) is not { } key) return null;
        if (Source(section, "lookup", key, sources) is { } source) CheckAsked(section, "lookup", source, before, answer: true);
        return key;
    }

    private static string? OptionsFrom(Section section, QuestionKind kind, List<Question> before, ValueList<SourceSettings> sources)
    {
        if (section.Text("options_from", LongestSource) is not { } key) return null;
        if (kind != QuestionKind.Select) section.Fault("options_from", "Only a select takes its options from a source.", "Write as: select.");
        if (section.Has("lookup")) section.Fault("lookup", "What is chosen from a source is known from there.", "Remove lookup.");
        if (Source(section, "options_from", key, sources) is not { } source) return key;
        if (source.Option is null) section.Fault("options_from", $"The source {key} does not say how a row becomes an option.", $"Write option: {{ value: column, label: \"{{column}}\" }} in sources.{key}.");
        CheckAsked(section, "options_from", source, before, answer: false);
        return key;
    }

    private static SourceSettings? Source(Section section, string at, string key, ValueList<SourceSettings> sources)
    {
        if (key == SourceSettings.InviteKey) return SourceSettings.Invites;
        if (sources.FirstOrDefault(source => source.Key == key) is { } found) return found;
        var known = sources.Select(source => source.Key).Prepend(SourceSettings.InviteKey).ToList();
        section.Fault(at, $"There is no source {key}.", Nearest.To(key, known) is { } near ? $"Did you mean {near}?" : $"Write one of {string.Join(", ", known)}, or describe it in sources.");
        return null;
    }

    // «question.field» is what was found for an earlier question.
    private static void CheckAsked(Section section, string at, SourceSettings source, List<Question> before, bool answer)
    {
        foreach (var name in source.Asks.Where(name => name is not (SourceNames.Opener or SourceNames.Guild)))
        {
            if (name == SourceNames.Answer)
            {
                if (!answer) section.Fault(at, $"The source {source.Key} asks for {{answer}}, and there is none before one is chosen.", "Name opener, guild or an earlier question in its query.");
                continue;
            }
            if (before.All(question => question.Key != name.Split('.')[0]))
                section.Fault(at, $"The source {source.Key} asks for {{{name}}}, and no earlier question of this form is called {name.Split('.')[0]}.", "Ask that first, or write answer, opener or guild.");
        }
    }

    private static void CheckBounds(Section section, Question question)
    {
        if (question is { Least: { } least, Most: { } most } && least > most) section.Fault("least", "least is more than most.", "Exchange them.");
        var choices = question.Kind is not (QuestionKind.Line or QuestionKind.Paragraph);
        if (choices && question.Most > 25) section.Fault("most", "Nobody can choose more than 25.", "Write 25 or less.");
        if (question.Kind == QuestionKind.Buttons && (question.Least ?? question.Most ?? 1) != 1) section.Fault("as", "A button is one choice.", "Use as: select to let people choose several.");
        if (choices && question.Pattern is not null) section.Fault("pattern", "Only text has a pattern.", "Remove it, or write as: line.");
        if (choices && question.Format != AnswerFormat.Any) section.Fault("format", "Only text has a format.", "Remove it, or write as: line.");
    }

    private static T? OneOf<T>(Section section, string key, IReadOnlyDictionary<string, T> values) where T : struct
    {
        if (section.Text(key, LongestKey) is not { } text) return null;
        if (values.TryGetValue(text, out var value)) return value;
        section.Fault(key, $"«{text}» is not known.", Nearest.To(text, values.Keys) is { } near ? $"Did you mean {near}?" : $"Write one of {string.Join(", ", values.Keys)}.");
        return null;
    }

    private static void CheckKey(string key, Section section, string at)
    {
        if (key.Length is > 0 and <= LongestKey && key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_')) return;
        section.Fault(at, $"«{key}» cannot be a key.", $"Use lower-case letters, digits, - and _, at most {LongestKey}; what people read goes into ask or label.");
    }
}
