using Microsoft.AspNetCore.Http;
using Usher.Desk.Cards;
using Usher.Desk.Features.Posting;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Web.Api.Tickets;
using Usher.Web.Api.Wire;

namespace Usher.Web.Api.Guilds;

/// <summary>Who is calling.</summary>
/// <param name="Id">What they are known by.</param>
/// <param name="GuildId">The guild.</param>
/// <param name="UserId">As whom they act on Discord.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Role">manager, staff or member.</param>
/// <param name="Departments">The departments that they answer for.</param>
/// <param name="Scopes">What they may ask for.</param>
/// <param name="RequestsPerMinute">How often they may ask.</param>
internal sealed record CallerView(
    string Id, string GuildId, string UserId, string Name, string Role, IReadOnlyList<string> Departments, IReadOnlyList<string> Scopes, int RequestsPerMinute);

/// <summary>A department.</summary>
/// <param name="Key">What bodies and queries call it.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Emoji">The emoji before its name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Home">thread, channel or direct_message.</param>
/// <param name="Questions">What its form asks.</param>
internal sealed record DepartmentView(string Key, string Name, string? Emoji, string? Description, string Home, IReadOnlyList<QuestionView> Questions);

/// <summary>A question of a form.</summary>
/// <param name="Key">What answers call it.</param>
/// <param name="Ask">What is asked.</param>
/// <param name="Required">Whether it must be answered, where it is asked.</param>
/// <param name="Options">The only answers; empty for any.</param>
internal sealed record QuestionView(string Key, string Ask, bool Required, IReadOnlyList<string> Options);

/// <summary>The departments.</summary>
/// <param name="Departments">In the settings' order.</param>
internal sealed record DepartmentList(IReadOnlyList<DepartmentView> Departments);

/// <summary>A panel of the settings.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Title">Its heading.</param>
/// <param name="ChannelId">Where it stands.</param>
/// <param name="Departments">What it offers.</param>
internal sealed record PanelView(string Key, string Title, string ChannelId, IReadOnlyList<string> Departments);

/// <summary>The panels.</summary>
/// <param name="Panels">In the settings' order.</param>
internal sealed record PanelList(IReadOnlyList<PanelView> Panels);

/// <summary>A button that opens tickets.</summary>
/// <param name="ChannelId">The text channel where it is placed.</param>
/// <param name="Style">primary, secondary, success or danger; primary when not said.</param>
/// <param name="Department">The department whose tickets it opens; whoever clicks chooses one when not said.</param>
/// <param name="Label">What it says, at most 80 characters.</param>
/// <param name="Text">What stands above it, at most 2000 characters.</param>
internal sealed record PlaceButtonBody(ChannelId ChannelId, string? Style = null, string? Department = null, string? Label = null, string? Text = null);

/// <summary>Where a panel is put.</summary>
/// <param name="ChannelId">The text channel; where it stands already when not said.</param>
internal sealed record PostPanelBody(ChannelId? ChannelId = null);

/// <summary>It is decided and will be done; what cannot be done is told in the guild's log channel.</summary>
/// <param name="Status">Always accepted.</param>
internal sealed record Accepted(string Status = "accepted");

/// <summary>The caller, and what the guild's desk offers.</summary>
internal static class GuildRoutes
{
    internal static IReadOnlyList<ApiRoute> All { get; } =
    [
        new("GET", "/api/me", "whoAmI", null, "Says who is calling, and what they may.", ApiJson.Default.CallerView, MeAsync) { Group = "Guild" },
        new("GET", "/api/departments", "listDepartments", null, "Lists the departments, and what each asks.", ApiJson.Default.DepartmentList, DepartmentsAsync) { Group = "Guild" },
        new("GET", "/api/panels", "listPanels", Scopes.Panels, "Lists the panels of the settings. For staff.", ApiJson.Default.PanelList, PanelsAsync) { Group = "Guild" },
        new("POST", "/api/buttons", "placeButton", Scopes.Panels, "Places a button that opens tickets into a text channel. For managers.", ApiJson.Default.Accepted, PlaceAsync)
        {
            Group = "Guild", Body = ApiJson.Default.PlaceButtonBody, Status = StatusCodes.Status202Accepted, Command = typeof(PlaceButton),
        },
        new("POST", "/api/panels/{panel}/post", "postPanel", Scopes.Panels, "Posts a panel anew, where it stands or in another text channel from now on. For managers.", ApiJson.Default.Accepted, PostAsync)
        {
            Group = "Guild", Body = ApiJson.Default.PostPanelBody, BodyIsOptional = true, Status = StatusCodes.Status202Accepted, Command = typeof(SetUpPanel),
        },
    ];

    private static Task<ApiAnswer> MeAsync(ApiCall call)
    {
        var caller = call.Caller;
        var role = Access.IsManager(caller.Actor, caller.Settings) ? "manager" : caller.IsStaff ? "staff" : "member";
        IReadOnlyList<string> departments = caller.Departments is { } some ? [.. some] : [.. caller.Settings.Departments.Select(department => department.Key)];
        return Given(ApiAnswer.Of(
            new CallerView(caller.Id, caller.Guild.ToString(), caller.Actor.User.ToString(), caller.Actor.Name, role, departments, caller.Scopes, caller.RequestsPerMinute), ApiJson.Default.CallerView));
    }

    private static Task<ApiAnswer> DepartmentsAsync(ApiCall call) =>
        Given(ApiAnswer.Of(new DepartmentList([.. call.Caller.Settings.Departments.Select(Told)]), ApiJson.Default.DepartmentList));

    private static Task<ApiAnswer> PanelsAsync(ApiCall call)
    {
        if (!call.Caller.IsStaff) throw new Problem(403, "access.denied", "Panels are listed for staff.").AsException();
        var panels = call.Caller.Settings.Panels.Select(panel => new PanelView(panel.Key, panel.Title, panel.Channel.ToString(), panel.Departments));
        return Given(ApiAnswer.Of(new PanelList([.. panels]), ApiJson.Default.PanelList));
    }

    private static async Task<ApiAnswer> PlaceAsync(ApiCall call)
    {
        var body = call.Body(ApiJson.Default.PlaceButtonBody);
        var look = body.Style is null ? ButtonLook.Primary : PlaceButton.LookNamed(body.Style) ?? throw Problems.FaultyField("style", $"is none of {string.Join(", ", PlaceButton.Looks)}").AsException();
        await call.GiveAsync(new PlaceButton(ChannelOf(body.ChannelId, call)) { Look = look, Department = body.Department, Label = Words(body.Label), Text = Words(body.Text) });
        return Done();
    }

    private static async Task<ApiAnswer> PostAsync(ApiCall call)
    {
        var body = call.Body(ApiJson.Default.PostPanelBody);
        var channel = body.ChannelId is { } id ? ChannelOf(id, call) : (ChannelId?)null;
        await call.GiveAsync(new SetUpPanel(call.Http.Request.RouteValues["panel"] as string, channel));
        return Done();
    }

    // A bot is in many guilds: what is not a channel of this one is no channel.
    private static ChannelId ChannelOf(ChannelId id, ApiCall call) =>
        call.Host.Guilds.Find(call.Caller.Guild)?.Channels.ContainsKey(id.Value) == true ? id : throw Problems.FaultyField("channel_id", "is no channel of this guild that Usher sees").AsException();

    private static DepartmentView Told(Department department) => new(
        department.Key, department.Name, department.Emoji, department.Description, HomeView.NameOf(department.Home.Kind),
        [.. (department.Form?.Questions ?? []).Select(question => new QuestionView(question.Key, question.Text, question.Required, [.. question.Options.Select(option => option.Value)]))]);

    private static string? Words(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static ApiAnswer Done() => ApiAnswer.Of(new Accepted(), ApiJson.Default.Accepted, StatusCodes.Status202Accepted);

    private static Task<ApiAnswer> Given(ApiAnswer answer) => Task.FromResult(answer);
}
