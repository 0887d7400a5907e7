namespace Usher.Desk.Settings;

/// <summary>How long is kept what is closed. Zero means for ever, against what the guild says.</summary>
/// <param name="Content">What was said in a ticket: messages, files, answers, notes; null when not said.</param>
/// <param name="Ticket">The ticket as a whole; null when not said.</param>
public sealed record RetentionSettings(TimeSpan? Content = null, TimeSpan? Ticket = null)
{
    /// <summary>For ever.</summary>
    public static readonly TimeSpan Never = TimeSpan.Zero;

    /// <summary>What holds where this says nothing.</summary>
    public RetentionSettings Or(RetentionSettings other) => new(Content ?? other.Content, Ticket ?? other.Ticket);
}
