using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Engine;
using Usher.Engine.Deciding;
using Usher.Storage;
using Usher.Web.Api.Callers;
using Usher.Web.Api.Tickets;
using Usher.Web.Api.Wire;

namespace Usher.Web.Api;

/// <summary>One request of somebody who is known, and what handlers do with it.</summary>
/// <param name="Http">The request.</param>
/// <param name="Host">The running desk.</param>
/// <param name="Caller">Who calls.</param>
/// <param name="Content">The body.</param>
/// <param name="Stop">Ends when the caller is gone or the time is up.</param>
internal sealed record ApiCall(HttpContext Http, DeskHost Host, Caller Caller, ReadOnlyMemory<byte> Content, CancellationToken Stop)
{
    /// <summary>What makes a second delivery recognisable; null when the caller gave no key for that.</summary>
    public string? InboxKey { get; init; }

    /// <summary>The store as the caller may see it: whoever is no staff reads in their own name, and the database itself shows them nothing else.</summary>
    public DeskStore Store => Caller.IsStaff ? Host.Store : Host.Store.InNameOf(Caller.Guild, Caller.Actor.User);

    /// <summary>The body as what it means.</summary>
    public T Body<T>(JsonTypeInfo<T> type) where T : class => Bodies.Read(Content, type);

    /// <summary>A parameter of the query; null when it was not given.</summary>
    /// <exception cref="ProblemException">It was given twice, or without a value, which would list what nobody asked for, or holds what no text holds.</exception>
    public string? Query(string name)
    {
        var values = Http.Request.Query[name];
        if (values.Count > 1) throw Faulty(name, "was given twice");
        if (values.Count == 0) return null;
        if (string.IsNullOrWhiteSpace(values[0])) throw Faulty(name, "has no value");
        return values[0]!.Contains('\0', StringComparison.Ordinal) ? throw Faulty(name, "holds the character U+0000") : values[0];
    }

    /// <summary>Who calls, as the audit log signs what is done beside the desk's commands.</summary>
    public AuditSignature Signature => new(Host.Time.GetUtcNow(), Caller.Actor.User, Caller.Actor.Standing is null ? null : Caller.Actor.Name);

    /// <summary>A user's id in the query; <c>me</c> is the caller.</summary>
    public UserId? UserIn(string name) => Query(name) switch
    {
        null => null,
        "me" => Caller.Actor.User,
        var text when ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 => new UserId(id),
        _ => throw Faulty(name, "is no user's id"),
    };

    /// <summary>The ticket that the address names, if the caller may see it.</summary>
    /// <exception cref="ProblemException">There is none that they may see.</exception>
    public async Task<Ticket> TicketAsync()
    {
        if (TicketIds.NumberOf(Http.Request.RouteValues["id"] as string ?? "") is not { } number) throw Problems.NotFound.AsException();
        var ticket = await Store.FindTicketAsync(new TicketKey(Caller.Guild, number), Stop);
        return ticket is not null && Caller.Sees(ticket) ? ticket : throw Problems.NotFound.AsException();
    }

    /// <summary>A member of the guild, as Discord tells of them; null when there is none.</summary>
    public Task<Actor?> MemberAsync(UserId user) => Host.Members.FindAsync(Caller.Guild, user, Stop);

    /// <summary>Gives a command to the desk, and has its ticket as it is then.</summary>
    /// <exception cref="ProblemException">The desk refuses it.</exception>
    public async Task<Ticket> GiveAsync(Command command, Ticket ticket)
    {
        var given = await DecideAsync(command, new Subject.ToTicket(ticket.Key), ExpectedVersion);
        // Done before the program ended, whose answer nobody has: the ticket is as it was left.
        return (given is null ? await Host.Store.FindTicketAsync(ticket.Key, Stop) : given.Ticket) ?? throw Problems.NotFound.AsException();
    }

    /// <summary>Gives a command to the desk as a whole.</summary>
    /// <exception cref="ProblemException">The desk refuses it.</exception>
    public async Task<Result.Accepted> GiveAsync(Command command, UserId? concerning = null) =>
        await DecideAsync(command, new Subject.ToDesk(), expected: null, concerning) ?? throw Problems.AnswerLost.AsException();

    // Null when it was done before.
    private async Task<Result.Accepted?> DecideAsync(Command command, Subject subject, int? expected, UserId? concerning = null)
    {
        var order = new Order
        {
            Guild = Caller.Guild,
            Command = command,
            Subject = subject,
            Actor = Caller.Actor,
            InboxKey = InboxKey,
            ExpectedVersion = expected,
            Concerning = concerning,
        };
        return await Host.DecideAsync(order, Stop) switch
        {
            Result.Accepted accepted => accepted,
            Result.Refused refused => throw Refusals.ProblemOf(refused.Refusal, Host.Guilds.Find(Caller.Guild)).AsException(),
            _ => null,
        };
    }

    // If-Match: the change is meant for the ticket as it was seen.
    private int? ExpectedVersion
    {
        get
        {
            var header = Http.Request.Headers.IfMatch.ToString();
            if (header.Length == 0 || header == "*") return null;
            return ETags.VersionIn(header) ?? throw Problems.BadRequest("if_match.unreadable", "If-Match has the form of one ETag of a ticket, such as \"12\".").AsException();
        }
    }

    /// <summary>Ends the request: a parameter cannot be taken as it is.</summary>
    public static ProblemException Faulty(string name, string detail) => Problems.BadRequest("query.faulty", $"The parameter {name} {detail}.", new FieldFault(name, detail)).AsException();
}
