using Microsoft.AspNetCore.Http;
using Usher.Desk.Features.Asking;
using Usher.Desk.Features.Opening;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Web.Api.Wire;

namespace Usher.Web.Api.Tickets;

/// <summary>How tickets begin.</summary>
internal static class OpeningRoutes
{
    internal static IReadOnlyList<ApiRoute> All { get; } =
    [
        new("POST", "/api/tickets", "createTicket", Scopes.Open, "Opens a ticket: for the caller, or for a member of the guild by staff.", ApiJson.Default.TicketView, CreateAsync)
        {
            Body = ApiJson.Default.CreateTicketBody,
            Status = StatusCodes.Status201Created,
            Command = typeof(AskInWriting),
        },
    ];

    private static async Task<ApiAnswer> CreateAsync(ApiCall call)
    {
        var body = call.Body(ApiJson.Default.CreateTicketBody);
        if (body.Department is not null && body.Category is not null && body.Department != body.Category) throw Problems.FaultyField("category", "is another department than department").AsException();
        var department = body.Department ?? body.Category ?? throw Problems.FaultyField("category", "is missing: the key of a department").AsException();
        var priority = body.Priority is { } level ? Priorities.Named(level) ?? throw Problems.FaultyField("priority", "is none of low, medium, high, critical").AsException() : (Priority?)null;
        var said = new Writing(Words(body.Subject), Words(body.Description), priority);
        var answers = (body.Answers ?? []).Select(answer => new FormAnswer(answer.Key, answer.Value.Trim())).ToValueList();
        var command = new AskInWriting(department, said, answers, await ForAsync(call, body.UserId));
        var accepted = await call.GiveAsync(command, command.For?.Who);
        if (accepted.Ticket is not { } ticket) throw new Problem(409, "open.waiting", "There is such a ticket already: it waits for room.").AsException();
        return ReadingRoutes.Show(ticket, call, StatusCodes.Status201Created) with { Location = $"{call.Host.PublicAddress}/api/tickets/{TicketIds.Of(ticket)}" };
    }

    // For oneself it is one's own; a program is nobody who could need help.
    private static async Task<Referral?> ForAsync(ApiCall call, UserId? user)
    {
        var caller = call.Caller.Actor;
        if (user is null && caller.User == call.Host.Guilds.Self) throw Problems.FaultyField("user_id", "is missing: whom is the ticket for?").AsException();
        return user is { } who && who != caller.User ? new Referral(who, await call.MemberAsync(who)) : null;
    }

    private static string? Words(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
