using System.Text.Json.Serialization;
using Usher.Desk.Values;

namespace Usher.Desk.Tickets;

/// <summary>What somebody answered to a question of a form.</summary>
/// <param name="Question">The question's key.</param>
/// <param name="Value">The answer; several choices one on a line; empty when it was passed over.</param>
/// <param name="Refused">Whether it cannot be taken as it is: it is asked again, with this to begin from.</param>
/// <param name="Found">What looking it up came to; null when it is not looked up.</param>
public sealed record FormAnswer(string Question, string Value, bool Refused = false, Finding? Found = null)
{
    /// <summary>The choices.</summary>
    [JsonIgnore]
    public string[] Values => Value.Length == 0 ? [] : Value.Split('\n');

    /// <summary>The answers with further ones; a later one to the same question counts.</summary>
    internal static ValueList<FormAnswer> Merge(ValueList<FormAnswer> answers, IEnumerable<FormAnswer> further)
    {
        var merged = answers.ToList();
        foreach (var answer in further)
        {
            var at = merged.FindIndex(earlier => earlier.Question == answer.Question);
            if (at < 0) merged.Add(answer);
            else merged[at] = answer;
        }
        return merged.ToValueList();
    }
}

/// <summary>How a lookup ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingState>))]
public enum FindingState
{
    /// <summary>It was found.</summary>
    Found,

    /// <summary>There is no such thing.</summary>
    NotFound,

    /// <summary>The source could not be asked: staff can try again.</summary>
    Unavailable,
}

/// <summary>What a lookup came to.</summary>
/// <param name="State">How it ended.</param>
/// <param name="Fields">What is shown of it, name and value.</param>
/// <param name="Label">What the answer is called there; null for the answer's own words.</param>
public sealed record Finding(FindingState State, Values.ValueList<FoundField> Fields = default, string? Label = null);

/// <summary>One thing that a lookup found.</summary>
/// <param name="Name">The source's name for it; people read the label that the settings give it, else the text <c>found.NAME</c>, else the name itself.</param>
/// <param name="Value">In Discord's markdown.</param>
/// <param name="Plain">The value itself, for other lookups; null when it is the same.</param>
public sealed record FoundField(string Name, string Value, string? Plain = null);
