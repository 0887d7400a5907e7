using System.Globalization;
using System.Text.Json.Serialization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;

namespace Usher.Desk.Features.Rating;

/// <summary>The opener says how content they are with how the ticket was handled; as long as it can be said, it can be changed.</summary>
/// <param name="Score">1 to 5, the more the better.</param>
/// <param name="Comment">Why, at most 1000 characters; null when not said.</param>
public sealed record RateTicket(int Score, string? Comment) : Command
{
    internal const int LongestComment = 1000;
    internal static readonly TimeSpan Within = TimeSpan.FromDays(30);

    internal static Decision Decide(RateTicket command, Ticket ticket, Context context)
    {
        var language = context.Private;
        if (command.Score is < TicketRating.Lowest or > TicketRating.Highest) return Decision.Refuse("rate.score", language.Say("rate.score"));
        if (command.Comment?.Length > LongestComment) return Decision.Refuse("rate.too_long", language.Say("rate.too_long", ("most", Text(LongestComment))));
        if (ticket.Closing is not { } closing) return Decision.Refuse("rate.open", language.Say("rate.open", ("ticket", ticket.Label)));
        if (context.Now > closing.At + Within) return Decision.Refuse("rate.too_late", language.Say("rate.too_late", ("ticket", ticket.Label), ("days", Text((int)Within.TotalDays))));
        var thanks = new Tell(Card.Saying(language.Say("rate.done", ("ticket", ticket.Label), ("stars", Stars(command.Score)), ("when", Moment.Full(closing.At + Within)))), Secret: true);
        // Said twice it is true once.
        if (ticket.Rating is { } rating && rating.Score == command.Score && rating.Comment == command.Comment) return Decision.Say(thanks);
        return Decision.That(new TicketRated(context.Now, command.Score, command.Comment)) with { Reply = thanks };
    }

    private static string Stars(int score) => new string('★', score) + new string('☆', TicketRating.Highest - score);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The opener said how content they are.</summary>
/// <param name="At">When.</param>
/// <param name="Score">1 to 5.</param>
/// <param name="Comment">Why; null when not said.</param>
public sealed record TicketRated(DateTimeOffset At, int Score, string? Comment) : Fact(At)
{
    // Whom it is for is kept with it: the ticket may go on, and to others.
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Rating = new TicketRating(Score, Comment, At, ticket.Department, ticket.Claim?.By) };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TicketRated))]
internal sealed partial class RatingJson : JsonSerializerContext;

internal static class RatingFeature
{
    internal static Feature Feature { get; } = new("Rating")
    {
        Commands = [CommandRule.OnTicket<RateTicket>(Permission.Opener, RateTicket.Decide)],
        Facts = [new FactKind("ticket_rated", RatingJson.Default.TicketRated) { IsAudited = false }],
        Triggers =
        [
            new Trigger(Door.Slash, "rate", input => new RateTicket(ScoreIn(input["stars"]), input["comment"]))
            {
                Options =
                [
                    new TriggerOption("stars", OptionKind.Words, Required: true, ["5", "4", "3", "2", "1"]),
                    new TriggerOption("ticket", OptionKind.Words, Required: false), new TriggerOption("comment", OptionKind.Words, Required: false),
                ],
                MayNameTicket = true,
            },
            // Always with its ticket: nobody writes in one that is closed, and the first number could be either.
            new Trigger(Door.Typed, "rate", Typed) { NamesTicket = true },
        ],
    };

    private static RateTicket Typed(Input input)
    {
        var words = input.Rest.Split([' ', '\n'], 2);
        return new RateTicket(ScoreIn(words[0]), words is [_, var comment] && comment.Trim() is { Length: > 0 } said ? said : null);
    }

    // What is no number is no score either, and the refusal says what is one.
    private static int ScoreIn(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var score) ? score : 0;
}
