using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Values;
using Usher.Engine.Settings;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;
using Usher.Scenarios.Stages;
using Usher.Starting;

namespace Usher.Scenarios;

/// <summary>Each desk that the program brings along works in the guild that the demo furnishes for it.</summary>
public sealed class PresetStories
{
    public static TheoryData<string> Names => [.. Preset.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task In_every_department_a_member_is_heard_by_those_who_are_called(string name)
    {
        await using var stage = await Stage.StartAsync(stage => stage.Settings = Furnish(stage, name, asking: false));
        var panel = Assert.Single(stage.Settings.Panels);
        var channel = stage.Harbour.Guild.Channels.Single(c => c.Id.Value == panel.Channel.Value);

        foreach (var department in panel.Departments.Select(key => stage.Settings.Department(key)!))
        {
            var home = await OpensAsync(stage, department, channel);

            Assert.Contains(department.Name, Stage.CardIn(home, stage.Alice), StringComparison.Ordinal);
            var called = stage.Box.Cast.People.Where(person => RolesOf(stage, person).Intersect(department.Called.Select(r => r.Value)).Any()).ToList();
            Assert.NotEmpty(called);
            Assert.All(called, person => Assert.NotEmpty(person.Sees(home)));
            Assert.All(called, person => Assert.NotEmpty(person.Pings(stage.Harbour.Guild)));
        }
        Assert.Empty(stage.Box.Journal.Violations);
        var log = stage.Harbour.Guild.Channels.Single(c => c.Id.Value == stage.Settings.LogChannel!.Value.Value);
        Assert.Empty(stage.Erin.Sees(log));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Only_staff_sees_the_log_and_nobody_else_the_ticket(string name)
    {
        await using var stage = await Stage.StartAsync(stage => stage.Settings = Furnish(stage, name, asking: false));
        var panel = Assert.Single(stage.Settings.Panels);
        var home = await OpensAsync(stage, stage.Settings.Department(panel.Departments[0])!, stage.Harbour.Guild.Channels.Single(c => c.Id.Value == panel.Channel.Value));
        var stranger = stage.Box.Cast.Of(stage.Box.World.AddUser("zoe", "Zoe"));
        stage.Box.World.Join(stage.Harbour.Guild, stranger.User);
        await stage.SettlesAsync();

        var visible = stranger.Channels(stage.Harbour.Guild);
        Assert.DoesNotContain(home, visible);
        Assert.DoesNotContain(visible, c => c.Id.Value == stage.Settings.LogChannel!.Value.Value);
    }

    [Fact]
    public async Task Payments_of_moddy_call_managers_and_supervisors_and_not_the_support_agents_who_may_answer()
    {
        await using var stage = await Stage.StartAsync(stage => stage.Settings = Furnish(stage, "moddy", asking: false));
        var channel = stage.Harbour.Guild.Channel("support");
        var home = await OpensAsync(stage, stage.Settings.Department("payments_billing")!, channel);

        Assert.NotEmpty(stage.Dana.Sees(home));
        Assert.NotEmpty(stage.Erin.Sees(home));
        Assert.Empty(stage.Bob.Pings(stage.Harbour.Guild));
    }

    [Fact]
    public async Task Moddy_asks_for_the_error_code_before_the_thread_opens()
    {
        await using var stage = await Stage.StartAsync(stage => stage.Settings = Furnish(stage, "moddy", asking: true));
        var channel = stage.Harbour.Guild.Channel("support");
        var before = stage.Alice.Channels(stage.Harbour.Guild).ToHashSet();

        await stage.AfterAsync(stage.Alice.Clicks("Bug Reports", channel));
        await stage.AfterAsync(stage.Alice.Clicks("Oui, j’ai un code", channel));
        await stage.AfterAsync(stage.Alice.Fills(("Code d’erreur", "BB1FE07D")));

        var home = Assert.Single(stage.Alice.Channels(stage.Harbour.Guild), c => !before.Contains(c));
        Assert.Contains(stage.Alice.Sees(home), message => Person.TextOf(message).Contains("BB1FE07D", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_shop_asks_in_the_channel_and_calls_nobody_meanwhile()
    {
        await using var stage = await Stage.StartAsync(stage => stage.Settings = Furnish(stage, "storefront", asking: true));
        var home = await OpensAsync(stage, stage.Settings.Department("purchase")!, stage.Harbour.Guild.Channel("order-here"));

        await stage.AfterAsync(stage.Alice.Clicks("Canada", home));
        await stage.AfterAsync(stage.Alice.Clicks("No", home));

        Assert.Contains(stage.Alice.Sees(home), message => Person.TextOf(message).Contains("How would you like to pay?", StringComparison.Ordinal));
        Assert.Empty(stage.Bob.Pings(stage.Harbour.Guild));
    }

    [Fact]
    public async Task In_the_city_one_button_leads_to_a_list_the_choice_to_a_link_and_the_channel_has_six_letters_and_digits()
    {
        await using var stage = await Stage.StartAsync(stage => stage.Settings = Furnish(stage, "fivem", asking: false));
        var channel = stage.Harbour.Guild.Channel("abrir-ticket");
        Assert.Equal(["Abrir Ticket"], Person.ButtonsOf(Assert.Single(stage.Alice.Sees(channel))));

        var asked = await stage.AfterAsync(stage.Alice.Clicks("Abrir Ticket", channel));
        Assert.True(asked.IsPrivate);
        var before = stage.Alice.Channels(stage.Harbour.Guild).ToHashSet();
        var told = await stage.AfterAsync(stage.Alice.Picks("Escolha uma opção", channel, "Suporte"));

        var home = Assert.Single(stage.Alice.Channels(stage.Harbour.Guild), c => !before.Contains(c));
        Assert.True(told.IsPrivate);
        Assert.Equal(["Ir para o ticket"], Person.ButtonsOf(told.Interaction.Original!));
        Assert.Matches("^[a-z0-9]{6}$", home.Name);
        Assert.Equal("Atendimento", home.Parent!.Name);
    }

    [Fact]
    public async Task In_the_city_a_return_is_decided_by_the_direction()
    {
        await using var stage = await Stage.StartAsync(stage => stage.Settings = Furnish(stage, "fivem", asking: false));
        var home = await OpensAsync(stage, stage.Settings.Department("suporte")!, stage.Harbour.Guild.Channel("abrir-ticket"));
        var deciding = stage.Harbour.Guild.Channel("aprovar-devoluções");

        await stage.AfterAsync(stage.Bob.Clicks("Devolução", home));
        await stage.AfterAsync(stage.Bob.Fills(("ID de quem recebe", "4711"), ("Itens a devolver", "2 rádios\n1 moto")));
        Assert.Contains("> 4711", Person.TextOf(Assert.Single(stage.Dana.Sees(deciding))));
        Assert.Contains("> 1 moto", Person.TextOf(Assert.Single(stage.Dana.Sees(deciding))));
        Assert.DoesNotContain(deciding, stage.Alice.Channels(stage.Harbour.Guild));

        await stage.AfterAsync(stage.Dana.Clicks("Aprovar", deciding));

        Assert.Contains($"**Aprovado por** {stage.Dana.Mention}", Person.TextOf(Assert.Single(stage.Dana.Sees(deciding))));
        Assert.Empty(Person.ButtonsOf(Assert.Single(stage.Dana.Sees(deciding))));
        Assert.Contains("foi aprovado", Person.TextOf(stage.Alice.Sees(home)[^1]));
        Assert.Contains(stage.Bob.User.Id, stage.Alice.Sees(home)[^1].Pings);
    }

    // What departments ask is told apart, by those who ask.
    private static DeskSettings Furnish(Stage stage, string name, bool asking)
    {
        var preset = Preset.Named(name)!;
        var names = preset.Scenery is { } scenery ? stage.Harbour.Furnish(scenery) : stage.Harbour.Names;
        var reading = SettingsFile.Read(preset.Text, names);
        Assert.Empty(reading.Faults);
        var desk = Assert.Single(reading.Desks);
        return asking ? desk : desk with { Departments = desk.Departments.Select(d => d with { Form = null }).ToValueList() };
    }

    private static async Task<ChannelState> OpensAsync(Stage stage, Department department, ChannelState channel)
    {
        var before = stage.Alice.Channels(stage.Harbour.Guild).ToHashSet();
        var panel = stage.Settings.Panels[0];
        if (panel.Style == PanelStyle.Options) await stage.AfterAsync(stage.Alice.Clicks(panel.Button!, channel));
        var asked = await stage.AfterAsync(panel.Style == PanelStyle.Options
            ? stage.Alice.Picks(stage.Settings.Language.Say("panel.options.hint"), channel, department.Name)
            : stage.Alice.Clicks(department.Button ?? department.Name, channel));
        Assert.False(asked.Failed);
        return Assert.Single(stage.Alice.Channels(stage.Harbour.Guild), c => !before.Contains(c));
    }

    private static IEnumerable<ulong> RolesOf(Stage stage, Person person) =>
        stage.Harbour.Guild.Members.Single(member => member.User == person.User).Roles.Select(role => role.Id.Value);
}
