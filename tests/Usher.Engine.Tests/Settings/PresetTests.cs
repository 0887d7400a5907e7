using System.Text.RegularExpressions;
using Usher.Desk.Settings;
using Usher.Engine.Settings;
using Xunit;

namespace Usher.Engine.Tests.Settings;

/// <summary>The files that people start from.</summary>
public sealed partial class PresetTests
{
    private const string Prefix = "presets.";

    public static TheoryData<string> Names =>
        [.. typeof(PresetTests).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..])];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_preset_is_without_fault_or_warning_to_the_reader_and_to_editors(string name)
    {
        var yaml = Text(name);

        var reading = Read(yaml);

        Assert.Empty(reading.Faults);
        Assert.Empty(reading.Warnings);
        Assert.Empty(new Schema().Check(yaml));
        Assert.StartsWith("# yaml-language-server: $schema=../docs/usher.schema.json\n", yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void The_demos_desk_has_a_department_in_each_home()
    {
        var desk = Assert.Single(Read(Text("demo.yml")).Desks);

        Assert.Equal([HomeKind.Thread, HomeKind.Channel], desk.Departments.Select(d => d.Home.Kind));
        Assert.Equal(desk.Departments.Select(d => d.Key), Assert.Single(desk.Panels).Departments);
    }

    private static string Text(string name)
    {
        using var stream = new StreamReader(typeof(PresetTests).Assembly.GetManifestResourceStream(Prefix + name)!);
        return stream.ReadToEnd();
    }

    // Whatever a preset wants filled in is there, each with an id of its own.
    private static SettingsReading Read(string yaml) => SettingsFile.Read(
        yaml, NameForm.Matches(yaml).Select(m => m.Groups["name"].Value).Distinct().Select((name, index) => (name, id: name.EndsWith("_URL", StringComparison.Ordinal) ? "postgres://reader@localhost/other" : $"1000000000000000{index:00}")).ToDictionary(v => v.name, v => v.id));

    [GeneratedRegex(@"\$\{(?<name>[A-Z0-9_]+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NameForm { get; }
}
