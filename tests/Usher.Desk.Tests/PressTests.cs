using Usher.Desk.Cards;
using Usher.Desk.Engine;
using Usher.Desk.Features;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Posting;
using Usher.Desk.Values;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests;

public sealed class PressTests
{
    [Theory]
    [InlineData("claim", 42L, null, null, "u1|claim|42||")]
    [InlineData("open", null, "support", null, "u1|open||support|")]
    [InlineData("reopen", 42L, null, 100UL, "u1|reopen|42||100")]
    public void A_press_is_written_and_read(string action, long? ticket, string? argument, ulong? guild, string customId)
    {
        var press = new Press(action, ticket, argument, guild is { } id ? new GuildId(id) : null);
        Assert.Equal(customId, press.ToCustomId());
        Assert.Equal(press, Press.Parse(customId));
    }

    [Theory]
    [InlineData("")]
    [InlineData("u1")]
    [InlineData("u1||42||")]
    [InlineData("u1|claim|42|")]
    [InlineData("u1|claim|42|||")]
    [InlineData("u0|claim|42||")]
    [InlineData("u2|claim|42||")]
    [InlineData("U1|claim|42||")]
    [InlineData("u1|claim|forty-two||")]
    [InlineData("u1|claim|-1||")]
    [InlineData("u1|claim| 42||")]
    [InlineData("u1|claim|9223372036854775808||")]
    [InlineData("u1|claim|99999999999999999999999||")]
    [InlineData("u1|claim|42||guild")]
    [InlineData("ticket:claim")]
    [InlineData("|||||||||||")]
    public void What_is_not_ours_or_of_a_version_unknown_is_no_press(string customId) => Assert.Null(Press.Parse(customId));

    [Fact]
    public void The_longest_press_fits_in_a_custom_id()
    {
        var action = All.Rules.Triggers.Where(trigger => trigger.Door is Door.Button or Door.Form).MaxBy(trigger => trigger.Name.Length)!.Name;
        var longest = new Press(action, long.MaxValue, new string('k', 32), new GuildId(ulong.MaxValue));
        Assert.InRange(longest.ToCustomId().Length, 1, 100);
        Assert.Equal(longest, Press.Parse(longest.ToCustomId()));
    }

    [Fact]
    public void Every_button_and_form_that_the_desk_shows_leads_to_a_command()
    {
        Card[] cards =
        [
            TicketCard.Of(ThreadTicket, Configuration),
            TicketCard.Of(ThreadTicket.ClaimedBy(Sam), Configuration),
            PanelCard.Of(Configuration.Panels[0], Configuration),
            .. Decide(new Usher.Desk.Features.Closing.CloseTicket(null), ThreadTicket, By(Sam)).Effects.OfType<Effects.PostCard>().Select(post => post.Card),
        ];
        var presses = cards.SelectMany(card => card.Parts.OfType<Buttons>()).SelectMany(buttons => buttons.Row).Select(button => button.Press).OfType<Press>().ToList();
        Assert.Contains(presses, press => press.Action == "reopen");
        foreach (var press in presses)
        {
            var trigger = All.Rules.Trigger(Door.Button, press.Action);
            Assert.NotNull(trigger?.Command(new Input(press.Argument, new Dictionary<string, string>(), "")));
        }
        foreach (var command in new Command[] { new Usher.Desk.Features.Closing.AskForReason(), new Usher.Desk.Features.Noting.AskForNote(), new Usher.Desk.Features.Renaming.AskForName() })
        {
            var form = Assert.IsType<Effects.ShowForm>(Decide(command, ThreadTicket, By(Sam)).Reply).Form;
            var trigger = All.Rules.Trigger(Door.Form, form.Press.Action);
            Assert.NotNull(trigger?.Command(new Input(null, form.Fields.ToDictionary(field => field.Key, _ => "words"), "")));
        }
    }

    public static TheoryData<Door, string> WithoutWords => new()
    {
        { Door.Button, "open" },
        { Door.Slash, "open" },
        { Door.Typed, "open" },
        { Door.Slash, "reply" },
        { Door.Typed, "reply" },
        { Door.Form, "note" },
        { Door.Slash, "note" },
        { Door.Typed, "note" },
        { Door.Form, "rename" },
        { Door.Slash, "rename" },
        { Door.Typed, "rename" },
        { Door.Slash, "transfer" },
        { Door.Typed, "transfer" },
    };

    [Theory]
    [MemberData(nameof(WithoutWords))]
    public void What_needs_words_makes_no_command_of_blanks(Door door, string name)
    {
        var blanks = new Dictionary<string, string> { ["text"] = " \n ", ["name"] = " ", ["department"] = " " };
        Assert.Null(All.Rules.Trigger(door, name)!.Command(new Input(null, blanks, "  \n")));
    }

    [Fact]
    public void A_door_of_last_year_is_closed() => Assert.Null(All.Rules.Trigger(Door.Button, "escalate"));
}
