using Usher.Discord.Components;
using Usher.Discord.Model;
using Xunit;

namespace Usher.Discord.Tests.Components;

public sealed class ModalRulesTests
{
    private static readonly TextInput Input = new("why", TextInputStyle.Paragraph);

    public static TheoryData<string, Component[]> Good => new()
    {
        { "text and fields", [new TextDisplay("Hello"), new Label("Why?", Input), new Label("How?", new RadioGroup("r", Options(2))), new Label("Files", new FileUpload("f"))] },
        { "a field nobody must fill", [new Label("Who?", new UserSelect("u") { MinValues = 0, Required = false })] },
        { "a group of one", [new Label("Agree", new CheckboxGroup("c", Options(1)))] },
        { "an older row", [ActionRow.Of(Input with { Label = "Why?" })] },
        { "the longest of all", [new Label(new string('x', 45), new TextInput(new string('x', 100), TextInputStyle.Short) { MaxLength = 4000, Placeholder = new string('x', 100) }, new string('x', 100))] },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void What_discord_takes_has_no_faults(string what, Component[] components) =>
        Assert.True(ComponentRules.FaultsOfModal("m", "Title", components) is [], what);

    public static TheoryData<string, Component[]> Bad => new()
    {
        { "components: holds 0 components; it takes 1 to 5.", [] },
        { "components: holds 6 components; it takes 1 to 5.", [.. Enumerable.Repeat(new TextDisplay("a"), 6)] },
        { "components[0]: a TextInput cannot stand in a modal; put fields into labels.", [Input] },
        { "components[0]: a ActionRow cannot stand in a modal; put fields into labels.", [ActionRow.Of(Button.Of("a", "b"))] },
        { "components[0].label: has 46 characters; shorten it to 45.", [new Label(new string('x', 46), Input)] },
        { "components[0].description: has 101 characters; shorten it to 100.", [new Label("a", Input, new string('x', 101))] },
        { "components[0].component: a Button cannot stand in a label.", [new Label("a", Button.Of("a", "b"))] },
        { "components[0].component: a label needs a field.", [new Label("a", null!)] },
        { "components[0].component.label: the label around it says it; leave it out.", [new Label("a", Input with { Label = "b" })] },
        { "components[1].component.custom_id: \"why\" is used twice; each component needs its own.", [new Label("a", Input), new Label("b", Input)] },
        { "components[0].component.max_length: is 4001; it must be 1 to 4000.", [new Label("a", Input with { MaxLength = 4001 })] },
        { "components[0].component.min_length: is 5, more than max_length, 4.", [new Label("a", Input with { MinLength = 5, MaxLength = 4 })] },
        { "components[0].component.value: has 3 characters; shorten it to 2.", [new Label("a", Input with { Value = "abc", MaxLength = 2 })] },
        { "components[0].component.disabled: is not possible in a modal; leave the select out.", [new Label("a", new UserSelect("u") { Disabled = true })] },
        { "components[0].component.min_values: is 0 though an answer is required; set required to false.", [new Label("a", new UserSelect("u") { MinValues = 0 })] },
        { "components[0].component.options: holds 1 options; it takes 2 to 10.", [new Label("a", new RadioGroup("r", Options(1)))] },
        { "components[0].component.options: 2 are chosen from the start, more than 1.", [new Label("a", new RadioGroup("r", [.. Options(2).Select(o => o with { Default = true })]))] },
        { "components[0].component.options: holds 11 options; it takes 1 to 10.", [new Label("a", new CheckboxGroup("r", Options(11)))] },
        { "components[0].component.max_values: is 11; it must be 1 to 10.", [new Label("a", new FileUpload("f") { MaxValues = 11 })] },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_discord_refuses_is_told_with_its_place(string fault, Component[] components)
    {
        Assert.Equal([fault], ComponentRules.FaultsOfModal("m", "Title", components).Select(f => f.ToString()));
        Assert.Throws<InvalidComponentsException>(() => InteractionResponse.Modal("m", "Title", components));
    }

    [Fact]
    public void All_faults_are_told_at_once() =>
        Assert.Equal(["custom_id", "title", "components"], ComponentRules.FaultsOfModal("", new string('x', 46), []).Select(f => f.Path));

    private static GroupOption[] Options(int count) => [.. Enumerable.Range(0, count).Select(n => new GroupOption($"{n}", $"Option {n}"))];
}
