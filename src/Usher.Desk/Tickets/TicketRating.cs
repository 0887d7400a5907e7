using Usher.Desk.Values;

namespace Usher.Desk.Tickets;

/// <summary>How content the opener is with how the ticket was handled.</summary>
/// <param name="Score">1 to 5, the more the better.</param>
/// <param name="Comment">Why; null when not said.</param>
/// <param name="At">When it was last said.</param>
/// <param name="Department">The key of the department that had the ticket then.</param>
/// <param name="Staff">Who had it then; null when nobody.</param>
public sealed record TicketRating(int Score, string? Comment, DateTimeOffset At, string Department, UserId? Staff)
{
    /// <summary>Not content at all.</summary>
    public const int Lowest = 1;

    /// <summary>As content as can be.</summary>
    public const int Highest = 5;
}
