using Usher.Discord.Components;
using Usher.Discord.Model;
using Xunit;

namespace Usher.Discord.Tests.Components;

public sealed class MessageRulesTests
{
    private static readonly TextDisplay Text = new("Hello");
    private static readonly Button Open = Button.Of("open", "Open");

    public static TheoryData<string, Component[]> Good => new()
    {
        { "text", [Text] },
        { "five buttons", [ActionRow.Of([.. Enumerable.Range(0, 5).Select(n => Button.Of($"{n}", "x"))])] },
        { "forty components", [.. Enumerable.Repeat(Text, 40)] },
        { "4000 characters", [new TextDisplay(new string('x', 2000)), new TextDisplay(new string('y', 2000))] },
        { "an emoji for a label", [ActionRow.Of(new Button(ButtonStyle.Primary) { CustomId = "a", Emoji = Emoji.Of("🎫") })] },
        { "a link", [ActionRow.Of(Button.Link("https://a.test", "See"))] },
        { "a section with a button", [Section.Of("Hello", Open)] },
        { "a section with a picture", [Section.Of("Hello", new Thumbnail(new("https://a.test/a.png")))] },
        { "a container of everything", [new Container([Text, new Separator(), Section.Of("a", Open), ActionRow.Of(new UserSelect("u")), new MediaGallery([new(new("attachment://a.png"))]), FileComponent.Attached("a.txt")], 0xFFFFFF)] },
        { "a select of 25 of which none must be chosen", [ActionRow.Of(new StringSelect("s", Options(25)) { MinValues = 0, MaxValues = 25 })] },
        { "a component of a later day", [new UnknownComponent(System.Text.Json.JsonElement.Parse("""{"type":77}"""))] },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void What_discord_takes_has_no_faults(string what, Component[] components)
    {
        Assert.Empty(ComponentRules.FaultsOfMessage(components));
        Assert.True(ComponentRules.ForMessage(components) == (IReadOnlyList<Component>)components, what);
    }

    public static TheoryData<string, Component[]> Bad => new()
    {
        { "components: must not be empty.", [] },
        { "components: are 41 with the nested ones; a message takes 40.", [new Container([.. Enumerable.Repeat(Text, 38)]), Text, Text] },
        { "components: hold 4001 characters of text; a message takes 4000.", [new TextDisplay(new string('x', 4000)), new TextDisplay("y")] },
        { "components[0].content: must not be empty.", [new TextDisplay(" ")] },
        { "components[0].components: holds 6 buttons; it takes 1 to 5.", [ActionRow.Of([.. Enumerable.Range(0, 6).Select(n => Button.Of($"{n}", "x"))])] },
        { "components[0].components: holds 0 buttons; it takes 1 to 5.", [ActionRow.Of()] },
        { "components[0].components: a select stands alone in its row; give each a row of its own.", [ActionRow.Of(new UserSelect("u"), Open)] },
        { "components[0].components[0]: a TextInput cannot stand in a row.", [ActionRow.Of(new TextInput("t", TextInputStyle.Short))] },
        { "components[0]: a Button cannot stand at the top of a message.", [Open] },
        { "components[0]: a Label cannot stand at the top of a message.", [new Label("a", new Checkbox("c"))] },
        { "components[0].components[0]: a Container cannot stand in a container.", [new Container([new Container([Text])])] },
        { "components[0].components: must not be empty.", [new Container([])] },
        { "components[0].accent_color: must be 0x000000 to 0xFFFFFF.", [new Container([Text], 0x1000000)] },
        { "components[0].components[0].label: has 81 characters; shorten it to 80.", [ActionRow.Of(Button.Of("a", new string('x', 81)))] },
        { "components[0].components[0].custom_id: has 101 characters; shorten it to 100.", [ActionRow.Of(Button.Of(new string('x', 101), "a"))] },
        { "components[0].components[0].custom_id: must not be empty.", [ActionRow.Of(Button.Of("", "a"))] },
        { "components[0].components[1].custom_id: \"open\" is used twice; each component needs its own.", [ActionRow.Of(Open, Open)] },
        { "components[1].id: 7 is used twice; leave it out or choose another.", [Text with { Id = 7 }, Text with { Id = 7 }] },
        { "components[0].components[0]: a button needs a label or an emoji.", [ActionRow.Of(new Button(ButtonStyle.Danger) { CustomId = "a" })] },
        { "components[0].components[0].url: must not be empty.", [ActionRow.Of(new Button(ButtonStyle.Link) { Label = "a" })] },
        { "components[0].components[0].custom_id: a link has a url instead.", [ActionRow.Of(Button.Link("https://a.test", "a") with { CustomId = "x" })] },
        { "components[0].components[0].url: only a link has one.", [ActionRow.Of(Open with { Url = "https://a.test" })] },
        { "components[0].components[0].sku_id: a purchase names what is sold.", [ActionRow.Of(new Button(ButtonStyle.Premium))] },
        { "components[0].components: holds 4 texts; it takes 1 to 3.", [new Section([Text, Text, Text, Text], Open)] },
        { "components[0].accessory: a TextDisplay cannot stand beside a section; a button or thumbnail can.", [new Section([Text], Text)] },
        { "components[0].accessory: must be a button or thumbnail; without one use a text display.", [new Section([Text], null!)] },
        { "components[0].items: holds 11 items; it takes 1 to 10.", [new MediaGallery([.. Enumerable.Repeat(new MediaGalleryItem(new("https://a.test/a.png")), 11)])] },
        { "components[0].file.url: must name an uploaded file, as attachment://name.", [new FileComponent(new("https://a.test/a.txt"))] },
        { "components[0].components[0].options: holds 26 options; it takes 1 to 25.", [ActionRow.Of(new StringSelect("s", Options(26)))] },
        { "components[0].components[0].options[1].value: \"a\" is used twice; each option needs its own.", [ActionRow.Of(new StringSelect("s", [new("A", "a"), new("B", "a")]))] },
        { "components[0].components[0].options[0].label: has 101 characters; shorten it to 100.", [ActionRow.Of(new StringSelect("s", [new(new string('x', 101), "a")]))] },
        { "components[0].components[0].max_values: is 3, more than there are options.", [ActionRow.Of(new StringSelect("s", Options(2)) { MaxValues = 3 })] },
        { "components[0].components[0].min_values: is 2, more than max_values, 1.", [ActionRow.Of(new StringSelect("s", Options(5)) { MinValues = 2, MaxValues = 1 })] },
        { "components[0].components[0].placeholder: has 151 characters; shorten it to 150.", [ActionRow.Of(new RoleSelect("r") { Placeholder = new string('x', 151) })] },
        { "components[0].components[0].default_values: holds 2 values; it takes 1 to 1.", [ActionRow.Of(new UserSelect("u") { DefaultValues = [new(new(1), "user"), new(new(2), "user")] })] },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_discord_refuses_is_told_with_its_place(string fault, Component[] components)
    {
        Assert.Equal([fault], ComponentRules.FaultsOfMessage(components).Select(f => f.ToString()));
        Assert.Equal(fault, Assert.Throws<InvalidComponentsException>(() => CreateMessageRequest.Of(components)).Message);
    }

    private static SelectOption[] Options(int count) => [.. Enumerable.Range(0, count).Select(n => new SelectOption($"Option {n}", $"{n}"))];
}
