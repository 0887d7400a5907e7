using System.Text.Json.Serialization;
using Usher.Desk.Effects;
using Usher.Desk.Values;

namespace Usher.Desk.Tickets;

/// <summary>A form that somebody is filling in before their ticket opens. Kept as a row, so that a restart in the middle loses nothing.</summary>
public sealed record Draft
{
    /// <summary>How long it may rest. Discord lets what only one person sees be changed for 15 minutes after their last click.</summary>
    public static readonly TimeSpan Life = InteractionRef.Life - TimeSpan.FromMinutes(1);

    /// <summary>The guild.</summary>
    public required GuildId Guild { get; init; }

    /// <summary>Who fills it in.</summary>
    public required UserId User { get; init; }

    /// <summary>The department's key; a person has at most one draft for each.</summary>
    public required string Department { get; init; }

    /// <summary>What was answered until now.</summary>
    public ValueList<FormAnswer> Answers { get; init; }

    /// <summary>The last click: what it answered shows the form, as long as Discord allows it.</summary>
    public InteractionRef? Last { get; init; }

    /// <summary>When it is given up.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>With further answers; a later one to the same question counts.</summary>
    public Draft With(IEnumerable<FormAnswer> answers) => this with { Answers = FormAnswer.Merge(Answers, answers) };
}

/// <summary>How drafts are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Draft))]
[JsonSerializable(typeof(FormAnswer))]
[JsonSerializable(typeof(FoundField))]
public sealed partial class DraftJson : JsonSerializerContext;
