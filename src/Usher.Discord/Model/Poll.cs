using System.Text.Json.Serialization;

namespace Usher.Discord.Model;

/// <summary>A poll, as far as a transcript shows it. <see href="https://discord.com/developers/docs/resources/poll#poll-object"/></summary>
public sealed record Poll
{
    /// <summary>What is asked.</summary>
    public PollMedia Question { get => field ?? new(); init; }

    /// <summary>What can be answered.</summary>
    public IReadOnlyList<PollAnswer> Answers { get => field ?? []; init; }

    /// <summary>When it ends.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public DateTimeOffset? Expiry { get; init; }

    /// <summary>Several answers allowed.</summary>
    public bool AllowMultiselect { get; init; }

    /// <summary>1: the only layout there is.</summary>
    public int LayoutType { get; init; }

    /// <summary>The votes so far; absent when Discord did not count.</summary>
    public PollResults? Results { get; init; }
}

/// <summary>Text and emoji of a question or answer. <see href="https://discord.com/developers/docs/resources/poll#poll-media-object"/></summary>
/// <param name="Text">The text.</param>
/// <param name="Emoji">The emoji.</param>
public sealed record PollMedia(string? Text = null, Emoji? Emoji = null);

/// <summary>An answer that can be voted for. <see href="https://discord.com/developers/docs/resources/poll#poll-answer-object"/></summary>
/// <param name="AnswerId">Its number.</param>
/// <param name="PollMedia">Its text.</param>
public sealed record PollAnswer(int AnswerId, PollMedia PollMedia);

/// <summary>The votes of a poll. <see href="https://discord.com/developers/docs/resources/poll#poll-results-object"/></summary>
public sealed record PollResults
{
    /// <summary>Counted to the last vote.</summary>
    public bool IsFinalized { get; init; }

    /// <summary>Votes per answer; an answer without votes may be missing.</summary>
    public IReadOnlyList<PollAnswerCount> AnswerCounts { get => field ?? []; init; }
}

/// <summary>The votes of one answer. <see href="https://discord.com/developers/docs/resources/poll#poll-results-object-poll-answer-count-object-structure"/></summary>
/// <param name="Id">The answer's number.</param>
/// <param name="Count">Its votes.</param>
/// <param name="MeVoted">Whether the bot voted for it.</param>
public sealed record PollAnswerCount(int Id, int Count, bool MeVoted);
