namespace Usher.Web.Api;

/// <summary>Why a request is not done, as RFC 9457 writes it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">A stable name for programs; for what the desk refuses, the desk's own.</param>
/// <param name="Detail">Why, in plain words, and what helps.</param>
internal sealed record Problem(int Status, string Code, string Detail)
{
    /// <summary>What is wrong with which field.</summary>
    public IReadOnlyList<FieldFault> Errors { get; init; } = [];

    /// <summary>When it is worth another attempt; null when it is never.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The exception that ends a request with this.</summary>
    public ProblemException AsException() => new(this);
}

/// <summary>What is wrong with a field or a parameter.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Detail">What is wrong with it.</param>
internal sealed record FieldFault(string Field, string Detail);

/// <summary>Ends a request with a problem, from wherever it is found.</summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem => problem;
}

/// <summary>The problems that have nothing to do with what the desk decides.</summary>
internal static class Problems
{
    public static Problem NotFound { get; } = new(404, "ticket.none", "There is no such ticket, or it is not yours to see.");

    public static Problem Starting { get; } = new(503, "desk.starting", "Usher is starting. Try again in a moment.") { RetryAfter = TimeSpan.FromSeconds(2) };

    public static Problem AnswerLost { get; } = new(409, "idempotency.answer_lost", "This was done before, but its answer was lost. Look at what there is now to see what came of it.");

    public static Problem NoDatabase { get; } = new(503, "database.unavailable", "The database cannot be used now, and nothing was done. Try again in a moment.") { RetryAfter = TimeSpan.FromSeconds(5) };

    public static Problem NoDiscord { get; } =
        new(503, "discord.unavailable", "Discord cannot be asked now, so it is not known who this is about. Nothing was done; try again in a moment.") { RetryAfter = TimeSpan.FromSeconds(10) };

    public static Problem TooSlow { get; } =
        new(503, "request.timeout", "This took too long and was given up. It may have been done: look, or send it again with the same Idempotency-Key.") { RetryAfter = TimeSpan.FromSeconds(5) };

    public static Problem Unforeseen { get; } = new(500, "internal", "Something went wrong that nobody foresaw. It stands in Usher's log.");

    public static Problem Unknown(string what) => new(404, "route.none", what);

    public static Problem FaultyField(string field, string detail) => new(422, "body.fields", $"The field {field} {detail}.") { Errors = [new FieldFault(field, detail)] };

    public static Problem BadRequest(string code, string detail, params FieldFault[] errors) => new(400, code, detail) { Errors = errors };
}
