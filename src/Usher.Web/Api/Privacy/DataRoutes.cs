using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Usher.Desk.Engine;
using Usher.Desk.Features.Disclosing;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Web.Api.Wire;

namespace Usher.Web.Api.Privacy;

/// <summary>What is kept of somebody is handed over: to them, or to those who answer a legal request of theirs.</summary>
internal static class DataRoutes
{
    private const string Zip = "application/zip";
    private const string What = ": a ZIP file with tickets, answers, messages and files; docs/privacy.md tells what is in it.";
    private const string ForWhom = " For managers, and roles that the settings entrust with privacy; it stands in the audit log.";

    internal static IReadOnlyList<ApiRoute> All { get; } =
    [
        new("GET", "/api/me/data", "getMyData", Scopes.Privacy, "Gives " + Of("the caller"), Answer: null, OwnAsync) { Group = "Privacy", Files = [Zip] },
        new("POST", "/api/me/data", "linkMyData", Scopes.Privacy, "Makes a link to " + Of("the caller") + " An earlier one ends.", ApiJson.Default.DataLinkView, LinkOwnAsync)
        {
            Group = "Privacy", Status = StatusCodes.Status201Created, Command = typeof(GiveOwnData),
        },
        new("POST", "/api/me/data/revoke", "revokeMyDataLink", Scopes.Privacy, "Takes that link back.", ApiJson.Default.DataLinkView, EndOwnAsync)
        {
            Group = "Privacy", Command = typeof(TakeBackOwnData),
        },
        new("GET", "/api/privacy/members/{user}/data", "getMemberData", Scopes.Privacy, "Gives " + Of("a member") + ForWhom, Answer: null, OfMemberAsync) { Group = "Privacy", Files = [Zip] },
        new("POST", "/api/privacy/members/{user}/data", "linkMemberData", Scopes.Privacy, "Makes a link to " + Of("a member") + ForWhom, ApiJson.Default.DataLinkView, LinkMemberAsync)
        {
            Group = "Privacy", Status = StatusCodes.Status201Created, Command = typeof(GiveMemberData),
        },
        new("POST", "/api/privacy/members/{user}/data/revoke", "revokeMemberDataLinks", Scopes.Privacy, "Takes every link to it back, their own too." + ForWhom, ApiJson.Default.DataLinkView, EndMemberAsync)
        {
            Group = "Privacy", Command = typeof(TakeBackMemberData),
        },
    ];

    private static string Of(string whom) => "everything that is kept of " + whom + What;

    private static Task<ApiAnswer> OwnAsync(ApiCall call) => Task.FromResult(FileOf(call, Caller(call)));

    private static async Task<ApiAnswer> OfMemberAsync(ApiCall call)
    {
        ErasureRoutes.OnlyForTheEntrusted(call);
        var member = ErasureRoutes.MemberIn(call);
        var survey = await call.Host.Store.SurveyAsync(call.Caller.Guild, member, call.Caller.Settings.Privacy, call.Host.Time.GetUtcNow(), call.Stop);
        if (survey.KeepsNothing) throw new Problem(404, "data.none", "Nothing is kept of this member.").AsException();
        await call.Host.Store.RecordAsync(call.Caller.Guild, call.Signature, new Deed("member_exported", Concerning: member), call.Stop);
        return FileOf(call, member);
    }

    private static async Task<ApiAnswer> LinkOwnAsync(ApiCall call)
    {
        var (member, token) = (Caller(call), NewToken());
        var at = call.Host.Time.GetUtcNow();
        await call.GiveAsync(new GiveOwnData(token));
        return Made(call, member, token, at);
    }

    private static async Task<ApiAnswer> LinkMemberAsync(ApiCall call)
    {
        var (member, token) = (ErasureRoutes.MemberIn(call), NewToken());
        var at = call.Host.Time.GetUtcNow();
        await call.GiveAsync(new GiveMemberData(member, token), concerning: member);
        return Made(call, member, token, at);
    }

    private static async Task<ApiAnswer> EndOwnAsync(ApiCall call)
    {
        var member = Caller(call);
        await call.GiveAsync(new TakeBackOwnData());
        return ApiAnswer.Of(new DataLinkView(member.ToString(), null, null), ApiJson.Default.DataLinkView);
    }

    private static async Task<ApiAnswer> EndMemberAsync(ApiCall call)
    {
        var member = ErasureRoutes.MemberIn(call);
        await call.GiveAsync(new TakeBackMemberData(member), concerning: member);
        return ApiAnswer.Of(new DataLinkView(member.ToString(), null, null), ApiJson.Default.DataLinkView);
    }

    private static ApiAnswer FileOf(ApiCall call, UserId member)
    {
        var (host, guild, at) = (call.Host, call.Caller.Guild, call.Host.Time.GetUtcNow());
        return new ApiAnswer(StatusCodes.Status200OK, default)
        {
            ContentType = Zip,
            FileName = $"data-{member}.zip",
            Stream = (output, stop) => host.Exports.WriteAsync(guild, member, output.AsStream(leaveOpen: true), at, stop),
        };
    }

    private static ApiAnswer Made(ApiCall call, UserId member, string token, DateTimeOffset at) => ApiAnswer.Of(
        new DataLinkView(member.ToString(), DataLinks.AddressOf(token, call.Host.PublicAddress), DataLinks.EndOf(at, call.Caller.Settings)), ApiJson.Default.DataLinkView, StatusCodes.Status201Created);

    // A key that acts as nobody is nobody of whom anything is kept.
    private static UserId Caller(ApiCall call) => call.Caller.Actor.User == call.Host.Guilds.Self
        ? throw new Problem(409, "data.nobody", "This key acts as nobody. What is kept of a member is at /api/privacy/members/{user}/data.").AsException()
        : call.Caller.Actor.User;

    private static string NewToken() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}

/// <summary>A link to what is kept of a member.</summary>
/// <param name="UserId">The member.</param>
/// <param name="Url">Where a browser fetches it. Whoever has the address can. Null when it was taken back.</param>
/// <param name="UrlExpiresAt">When that link ends.</param>
internal sealed record DataLinkView(string UserId, string? Url, DateTimeOffset? UrlExpiresAt);
