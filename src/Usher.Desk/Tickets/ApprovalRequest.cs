using System.Text.Json.Serialization;
using Usher.Desk.Texts;
using Usher.Desk.Values;

namespace Usher.Desk.Tickets;

/// <summary>How far an approval is.</summary>
public enum ApprovalState
{
    /// <summary>Not enough people have decided.</summary>
    Open,

    /// <summary>Enough people agreed.</summary>
    Approved,

    /// <summary>Enough people disagreed.</summary>
    Denied,

    /// <summary>It could not be put before those who decide.</summary>
    Lost,
}

/// <summary>Something that somebody asked for in a ticket and that others decide. It keeps what held when it was asked, whatever becomes of the settings.</summary>
/// <param name="Number">Which of the ticket's, from 1.</param>
/// <param name="Key">The approval's key.</param>
/// <param name="Department">The key of the department that the ticket was in.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Emoji">The emoji before it.</param>
/// <param name="By">Who asked.</param>
/// <param name="At">When.</param>
/// <param name="Language">The language of whoever asked; null when unknown.</param>
/// <param name="Channel">Where it is decided.</param>
/// <param name="Needed">How many people must approve.</param>
/// <param name="Denials">How many people must deny.</param>
/// <param name="Answers">What was filled in.</param>
public sealed record ApprovalRequest(
    int Number, string Key, string Department, string Name, string? Emoji, UserId By, DateTimeOffset At, Language? Language, ChannelId Channel, int Needed, int Denials,
    ValueList<ApprovalAnswer> Answers)
{
    /// <summary>The message where it is decided; null until posted.</summary>
    public MessageId? Message { get; init; }

    /// <summary>Who decided, each person once, oldest first.</summary>
    public ValueList<ApprovalVote> Votes { get; init; }

    /// <summary>Whether its message could not be posted.</summary>
    public bool IsLost { get; init; }

    /// <summary>How far it is.</summary>
    [JsonIgnore]
    public ApprovalState State =>
        Votes.Count(vote => vote.Approves) >= Math.Max(1, Needed) ? ApprovalState.Approved
        : Votes.Count(vote => !vote.Approves) >= Math.Max(1, Denials) ? ApprovalState.Denied
        : IsLost ? ApprovalState.Lost
        : ApprovalState.Open;

    /// <summary>What people read: the emoji and the name.</summary>
    [JsonIgnore]
    public string Title => Emoji is { } emoji ? $"{emoji} {Name}" : Name;
}

/// <summary>One thing that was filled in.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Value">The answer, in Discord's markdown.</param>
public sealed record ApprovalAnswer(string Question, string Value);

/// <summary>What one person decided.</summary>
/// <param name="By">Who.</param>
/// <param name="Approves">Whether they agree.</param>
/// <param name="Reason">Why not; null when they did not say.</param>
/// <param name="At">When.</param>
public sealed record ApprovalVote(UserId By, bool Approves, string? Reason, DateTimeOffset At);
