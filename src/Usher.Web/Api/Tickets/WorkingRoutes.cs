using System.Text.Json.Serialization.Metadata;
using Usher.Desk.Engine;
using Usher.Desk.Features.Assigning;
using Usher.Desk.Features.Claiming;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Noting;
using Usher.Desk.Features.Prioritising;
using Usher.Desk.Features.Rating;
using Usher.Desk.Features.Redacting;
using Usher.Desk.Features.Reopening;
using Usher.Desk.Features.Replying;
using Usher.Desk.Features.Tagging;
using Usher.Desk.Features.Transferring;
using Usher.Desk.Tickets;
using Usher.Web.Api.Wire;

namespace Usher.Web.Api.Tickets;

/// <summary>What is done to tickets: each route is one of the desk's commands, which decides who may.</summary>
internal static class WorkingRoutes
{
    internal static IReadOnlyList<ApiRoute> All { get; } =
    [
        Route("reply", "replyToTicket", Scopes.Reply, "Replies: as staff to the opener, as the opener to staff, or with internal_note as a note.", ApiJson.Default.ReplyBody, typeof(AnswerTicket), Reply),
        Route("notes", "writeNote", Scopes.Notes, "Notes something that the opener must not read. For staff.", ApiJson.Default.NoteBody, typeof(WriteNote), (_, body, _) => Given(new WriteNote(Said(body.Text, "text")))),
        Route("close", "closeTicket", Scopes.Work, "Closes a ticket. For staff.", ApiJson.Default.CloseBody, typeof(CloseTicket), (_, body, _) => Given(new CloseTicket(body.Resolution) { Quietly = !body.NotifyUser })) with { BodyIsOptional = true },
        Route("cancel", "cancelTicket", Scopes.Work, "Takes a ticket back. For its opener.", typeof(CancelTicket), (_, _) => Given(new CancelTicket())),
        Route("reopen", "reopenTicket", Scopes.Work, "Goes on with a closed ticket whose thread is still there, or that has no home in the guild.", typeof(ReopenTicket), (_, _) => Given(new ReopenTicket())),
        Route("claim", "claimTicket", Scopes.Work, "Takes a ticket on. For staff.", typeof(ClaimTicket), (_, _) => Given(new ClaimTicket())),
        Route("unclaim", "unclaimTicket", Scopes.Work, "Gives a ticket back to everybody. For whoever has it, and managers.", typeof(UnclaimTicket), (_, _) => Given(new UnclaimTicket())),
        Route("assign", "assignTicket", Scopes.Work, "Gives a ticket to somebody of its staff. For staff.", ApiJson.Default.AssignBody, typeof(AssignTicket), async (call, body, _) => new AssignTicket(body.UserId, await call.MemberAsync(body.UserId))),
        Route("transfer", "transferTicket", Scopes.Work, "Gives a ticket to another department. For staff.", ApiJson.Default.TransferBody, typeof(TransferTicket), (_, body, _) => Given(new TransferTicket(Said(body.Department, "department")))),
        Route("rate", "rateTicket", Scopes.Reply, "Says how content the opener is with a closed ticket, from 1 to 5, or says it anew. For its opener.", ApiJson.Default.RateBody, typeof(RateTicket), (_, body, _) => Given(new RateTicket(body.Rating, string.IsNullOrWhiteSpace(body.Comment) ? null : body.Comment.Trim()))),
        Route("redact", "redactMessage", Scopes.Privacy, "Takes away what a message says: words, earlier versions and files, here and on Discord. For staff.", ApiJson.Default.RedactBody, typeof(RedactMessage), (_, body, _) => Given(new RedactMessage(body.MessageId, body.Reason))),
        Route("priority", "setPriority", Scopes.Work, "Says how urgent a ticket is. For staff.", ApiJson.Default.PriorityBody, typeof(SetPriority), (_, body, _) => Given(new SetPriority(body.Priority))) with { Method = "PUT" },
        Route("tags", "setTags", Scopes.Work, "Says what a ticket is sorted under. For staff.", ApiJson.Default.TagsBody, typeof(SetTags), (_, body, _) => Given(new SetTags(Joined(body.Tags)))) with { Method = "PUT" },
    ];

    private static ApiRoute Route<T>(string verb, string name, string scope, string summary, JsonTypeInfo<T> body, Type command, Func<ApiCall, T, Ticket, Task<Command>> make) where T : class =>
        Route(verb, name, scope, summary, command, (call, ticket) => make(call, call.Body(body), ticket)) with { Body = body };

    private static ApiRoute Route(string verb, string name, string scope, string summary, Type command, Func<ApiCall, Ticket, Task<Command>> make) =>
        new("POST", "/api/tickets/{id}/" + verb, name, scope, summary, ApiJson.Default.TicketView, async call =>
        {
            var ticket = await call.TicketAsync();
            return ReadingRoutes.Show(await call.GiveAsync(await make(call, ticket), ticket), call);
        })
        {
            Command = command,
        };

    private static Task<Command> Reply(ApiCall call, ReplyBody body, Ticket _)
    {
        var words = Said(body.Message, "message");
        if (!body.InternalNote) return Given(new AnswerTicket(words));
        if (!call.Caller.Has(Scopes.Notes)) throw ApiDoor.WithoutScope(Scopes.Notes);
        return Given(new WriteNote(words));
    }

    private static Task<Command> Given(Command command) => Task.FromResult(command);

    private static string Said(string text, string field) => !string.IsNullOrWhiteSpace(text)
        ? text.Trim()
        : throw Problems.FaultyField(field, "says nothing").AsException();

    // The command takes what people type, parted by commas; a comma within one would make two of it.
    private static string Joined(string[] tags) => !tags.Any(tag => tag is null || tag.Contains(',', StringComparison.Ordinal))
        ? string.Join(", ", tags)
        : throw Problems.FaultyField("tags", "has a comma in one of them").AsException();
}
