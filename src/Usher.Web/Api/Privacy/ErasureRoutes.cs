using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Usher.Desk.Engine;
using Usher.Desk.Features.Erasing;
using Usher.Desk.People;
using Usher.Desk.Values;
using Usher.Web.Api.Wire;

namespace Usher.Web.Api.Privacy;

/// <summary>The erasure of members: one asks, another agrees.</summary>
internal static class ErasureRoutes
{
    private const int MostListed = 200;
    private const string ForWhom = " For managers, and roles that the settings entrust with privacy.";

    internal static IReadOnlyList<ApiRoute> All { get; } =
    [
        Of("GET", "/members/{user}", "surveyMember", "Says what is kept of a member, what an erasure would take away, and what must stay and why.", ApiJson.Default.SurveyView, SurveyAsync),
        Of("GET", "/erasures", "listErasures", "Lists the erasures.", ApiJson.Default.ErasureList, ListAsync),
        Of("GET", "/erasures/{erasure}", "viewErasure", "Shows an erasure, and while it waits what would go.", ApiJson.Default.ErasureView, ViewAsync),
        Of("POST", "/erasures", "askForErasure", "Asks that everything that is kept of a member be erased. It is done when somebody else agrees.", ApiJson.Default.ErasureView, AskAsync) with
        {
            Body = ApiJson.Default.EraseBody, Status = StatusCodes.Status201Created, Command = typeof(AskForErasure),
        },
        Of("POST", "/erasures/{erasure}/approve", "approveErasure", "Agrees to an erasure that somebody else asked for. It is done in the background and cannot be taken back.", ApiJson.Default.ErasureView, ApproveAsync) with
        {
            Status = StatusCodes.Status202Accepted, Command = typeof(ApproveErasure),
        },
        Of("POST", "/erasures/{erasure}/deny", "denyErasure", "Refuses an erasure, or takes it back.", ApiJson.Default.ErasureView, DenyAsync) with { Command = typeof(DenyErasure) },
    ];

    private static ApiRoute Of(string method, string path, string name, string summary, JsonTypeInfo answer, Func<ApiCall, Task<ApiAnswer>> handle) =>
        new(method, "/api/privacy" + path, name, Scopes.Privacy, summary + ForWhom, answer, handle) { Group = "Privacy" };

    private static async Task<ApiAnswer> SurveyAsync(ApiCall call)
    {
        OnlyForTheEntrusted(call);
        var survey = await call.Host.Store.SurveyAsync(call.Caller.Guild, MemberIn(call), call.Caller.Settings.Privacy, call.Host.Time.GetUtcNow(), call.Stop);
        return ApiAnswer.Of(SurveyView.Of(survey), ApiJson.Default.SurveyView);
    }

    private static async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        OnlyForTheEntrusted(call);
        var erasures = await call.Host.Store.ErasuresAsync(call.Caller.Guild, waiting: false, MostListed, call.Stop);
        return ApiAnswer.Of(new ErasureList([.. erasures.Select(erasure => ErasureView.Of(erasure))]), ApiJson.Default.ErasureList);
    }

    private static async Task<ApiAnswer> ViewAsync(ApiCall call)
    {
        OnlyForTheEntrusted(call);
        return ApiAnswer.Of(await ViewOfAsync(call, NumberIn(call)), ApiJson.Default.ErasureView);
    }

    private static async Task<ApiAnswer> AskAsync(ApiCall call)
    {
        var member = call.Body(ApiJson.Default.EraseBody).UserId;
        await call.GiveAsync(new AskForErasure(member), concerning: member);
        var asked = (await call.Host.Store.FindErasureOfAsync(call.Caller.Guild, member, call.Stop))!;
        return ApiAnswer.Of(await ViewOfAsync(call, asked.Number), ApiJson.Default.ErasureView, StatusCodes.Status201Created) with
        {
            Location = string.Create(CultureInfo.InvariantCulture, $"/api/privacy/erasures/{asked.Number}"),
        };
    }

    private static async Task<ApiAnswer> ApproveAsync(ApiCall call)
    {
        var number = NumberIn(call);
        await call.GiveAsync(new ApproveErasure(number));
        return ApiAnswer.Of(await ViewOfAsync(call, number), ApiJson.Default.ErasureView, StatusCodes.Status202Accepted);
    }

    private static async Task<ApiAnswer> DenyAsync(ApiCall call)
    {
        var number = NumberIn(call);
        await call.GiveAsync(new DenyErasure(number));
        return ApiAnswer.Of(await ViewOfAsync(call, number), ApiJson.Default.ErasureView);
    }

    private static async Task<ErasureView> ViewOfAsync(ApiCall call, long number)
    {
        var matter = await call.Host.Store.ErasureMatterAsync(call.Caller.Guild, new ErasureQuery(Number: number), call.Caller.Settings.Privacy, call.Host.Time.GetUtcNow(), call.Stop);
        return matter.Found is { } found ? ErasureView.Of(found, matter.Survey) : throw new Problem(404, "erase.gone", "There is no such erasure.").AsException();
    }

    internal static void OnlyForTheEntrusted(ApiCall call)
    {
        if (!Access.Allows(Permission.Privacy, call.Caller.Actor, call.Caller.Settings, null))
            throw new Problem(403, "access.denied", "What is kept of members is shown to managers, and to roles that the settings entrust with privacy.").AsException();
    }

    // What is no number names no erasure.
    private static long NumberIn(ApiCall call) =>
        long.TryParse(call.Http.Request.RouteValues["erasure"] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    internal static UserId MemberIn(ApiCall call) =>
        ulong.TryParse(call.Http.Request.RouteValues["user"] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id is > 0 and <= long.MaxValue
            ? new UserId(id)
            : throw new Problem(404, "member.none", "A member is named by their user's id.").AsException();
}
