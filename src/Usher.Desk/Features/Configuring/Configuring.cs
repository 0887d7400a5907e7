using System.Globalization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Configuring;

/// <summary>A manager says whose tickets a department's are.</summary>
/// <param name="Department">Its key; null for all departments.</param>
/// <param name="Role">The role that is its staff from now on.</param>
public sealed record SetStaff(string? Department, RoleId Role) : Command
{
    internal static Decision Decide(SetStaff command, Context context)
    {
        if (Configuring.Unknown(command.Department, context) is { } refused) return refused;
        // @everyone has the guild's own id: https://discord.com/developers/docs/topics/permissions#role-object
        if (command.Role.Value == context.Settings.Guild.Value) return Decision.Refuse("configure.everyone", context.Private.Say("configure.everyone"));
        return Configuring.Change(
            new SettingsChange(command.Department, Staff: [command.Role]), context,
            context.Private.Say("configure.staff.done", ("departments", Configuring.NamesOf(command.Department, context)), ("role", command.Role.Mention)));
    }
}

/// <summary>A manager says under which channel category a department's tickets are.</summary>
/// <param name="Department">Its key; null for all departments.</param>
/// <param name="Category">The channel category.</param>
public sealed record SetCategory(string? Department, ChannelId Category) : Command
{
    internal static Decision Decide(SetCategory command, Context context) =>
        Configuring.Unknown(command.Department, context) ?? Configuring.Change(
            new SettingsChange(command.Department, Home: new HomeSettings(HomeKind.Channel, command.Category)), context,
            context.Private.Say("configure.category.done", ("departments", Configuring.NamesOf(command.Department, context)), ("category", command.Category.Mention)));
}

/// <summary>A manager wants a new channel category for a department's tickets.</summary>
/// <param name="Department">Its key.</param>
public sealed record MakeCategory(string Department) : Command
{
    internal static Decision Decide(MakeCategory command, Context context) =>
        Configuring.Unknown(command.Department, context) ?? Decision.Nothing
            .Then(new CreateCategory(context.Settings.Department(command.Department)!.Name, command.Department, context.Actor.User, context.Asker));
}

internal static class Configuring
{
    internal static Decision? Unknown(string? department, Context context) => department is null || context.Settings.Department(department) is not null
        ? null
        : Decision.Refuse("configure.no_department", context.Private.Say("configure.no_department", ("departments", string.Join(", ", context.Settings.Departments.Select(d => d.Key)))));

    internal static Decision Change(SettingsChange change, Context context, string done) =>
        Decision.Nothing.Then(new ChangeSettings(change, context.Actor.User)).Telling(done);

    internal static string NamesOf(string? department, Context context) =>
        string.Join(", ", context.Settings.Departments.Where(d => department is null || d.Key == department).Select(d => d.Name));

    // Whoever wanted it hears of it when it is there, or why it is not.
    internal static Decision CategoryStands(CreateCategory effect, Outcome outcome, Ticket? ticket, Context context)
    {
        var names = NamesOf(effect.Department, context);
        return outcome switch
        {
            Done { Channel: { } category } => Decision.Nothing
                .Then(new ChangeSettings(new SettingsChange(effect.Department, Home: new HomeSettings(HomeKind.Channel, category)), effect.By))
                .Hears(effect.For, context, language => language.Say("configure.category.done", ("departments", names), ("category", category.Mention))),
            CannotBeDone cannot => Decision.Nothing
                .Hears(effect.For, context, language => language.Say("configure.category.failed", ("department", names), ("why", FailureWords.Why(cannot, language)))),
            _ => Decision.Nothing,
        };
    }

    // «!set_staff @Role» for all departments, «!set_staff tech @Role» for one; people also paste bare ids.
    internal static (string? Department, ulong? Id) Typed(string rest)
    {
        var words = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length is 1 or 2 && IdIn(words[^1]) is { } id ? (words.Length == 2 ? words[0].ToLowerInvariant() : null, id) : (null, null);
    }

    internal static ulong? IdIn(string? text) =>
        ulong.TryParse(text.AsSpan().TrimStart("<@&#").TrimEnd('>'), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;
}

internal static class ConfiguringFeature
{
    internal static Feature Feature { get; } = new("Configuring")
    {
        Commands =
        [
            CommandRule.OnDesk<SetStaff>(Permission.Manager, SetStaff.Decide),
            CommandRule.OnDesk<SetCategory>(Permission.Manager, SetCategory.Decide),
            CommandRule.OnDesk<MakeCategory>(Permission.Manager, MakeCategory.Decide) with { Audit = static command => new Deed("category_wanted", Detail: ((MakeCategory)command).Department) },
        ],
        Triggers =
        [
            new Trigger(Door.Slash, "role set", Staff)
            {
                Options = [new TriggerOption("department", OptionKind.Department, Required: true), new TriggerOption("role", OptionKind.Role, Required: true)],
            },
            new Trigger(Door.Slash, "set_staff", Staff)
            {
                Options = [new TriggerOption("role", OptionKind.Role, Required: true), new TriggerOption("department", OptionKind.Department, Required: false)],
            },
            new Trigger(Door.Typed, "set_staff", input => Configuring.Typed(input.Rest) is (var department, { } id) ? new SetStaff(department, new RoleId(id)) : null),
            new Trigger(Door.Slash, "set_category", input => Configuring.IdIn(input["category"]) is { } id ? new SetCategory(input["department"], new ChannelId(id)) : null)
            {
                Options = [new TriggerOption("category", OptionKind.Category, Required: true), new TriggerOption("department", OptionKind.Department, Required: false)],
            },
            new Trigger(Door.Typed, "set_category", input => Configuring.Typed(input.Rest) is (var department, { } id) ? new SetCategory(department, new ChannelId(id)) : null),
            new Trigger(Door.Slash, "category create", input => input["department"] is { } key ? new MakeCategory(key) : null)
            {
                Options = [new TriggerOption("department", OptionKind.Department, Required: true)],
            },
            new Trigger(Door.Typed, "category_create", input => input.Rest.Length > 0 ? new MakeCategory(input.Rest.ToLowerInvariant()) : null),
        ],
        Outcomes = [OutcomeRule.Of<CreateCategory>(Configuring.CategoryStands)],
    };

    private static SetStaff? Staff(Input input) => Configuring.IdIn(input["role"]) is { } id ? new SetStaff(input["department"], new RoleId(id)) : null;
}
