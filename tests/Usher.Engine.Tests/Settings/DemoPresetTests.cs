using Usher.Desk.Settings;
using Usher.Engine.Settings;
using Xunit;

namespace Usher.Engine.Tests.Settings;

public sealed class DemoPresetTests
{
    [Fact]
    public void The_demos_preset_is_without_fault_and_has_a_department_in_each_home()
    {
        using var stream = typeof(DemoPresetTests).Assembly.GetManifestResourceStream("presets.demo.yml")!;
        var environment = new[] { "GUILD", "LOG_CHANNEL", "MANAGER_ROLE", "SUPPORT_ROLE", "BILLING_ROLE", "SUPPORT_CHANNEL", "TICKETS_CATEGORY", "HELP_CHANNEL" }
            .Select((name, index) => (name, id: $"10000000000000000{index}"))
            .ToDictionary(v => v.name, v => v.id);

        var reading = SettingsFile.Read(new StreamReader(stream).ReadToEnd(), environment);

        Assert.Empty(reading.Faults);
        Assert.Empty(reading.Warnings);
        var desk = Assert.Single(reading.Desks);
        Assert.Equal([HomeKind.Thread, HomeKind.Channel], desk.Departments.Select(d => d.Home.Kind));
        Assert.Equal(desk.Departments.Select(d => d.Key), Assert.Single(desk.Panels).Departments);
    }
}
