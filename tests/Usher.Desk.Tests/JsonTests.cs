using System.Text.Json;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using static Usher.Desk.Tests.World;
using Button = Usher.Desk.Cards.Button;

namespace Usher.Desk.Tests;

/// <summary>What is stored must come back the same, also years later: state, effects and facts, each also with everything that may be missing.</summary>
public sealed class JsonTests
{
    public static TheoryData<string> FactNames => [.. All.Features.SelectMany(feature => feature.Facts).Select(kind => kind.Name)];

    public static TheoryData<Type> EffectTypes => [.. Subtypes(typeof(Effect))];

    public static TheoryData<Type> ReplyTypes => [.. Subtypes(typeof(Reply))];

    [Theory]
    [MemberData(nameof(FactNames))]
    public void A_fact_comes_back_as_it_was(string name)
    {
        var kind = All.Rules.KindNamed(name);
        foreach (var sparse in new[] { false, true })
        {
            var fact = (Fact)Sample.Of(kind.Type.Type, sparse);
            Assert.Equal(fact, kind.Read(kind.Write(fact)));
            Assert.Same(kind, All.Rules.KindOf(fact));
        }
    }

    [Theory]
    [MemberData(nameof(EffectTypes))]
    public void An_effect_comes_back_as_it_was(Type type)
    {
        foreach (var sparse in new[] { false, true })
        {
            var effect = (Effect)Sample.Of(type, sparse);
            var json = JsonSerializer.Serialize(effect, DeskJson.Default.Effect);
            Assert.Equal(effect, JsonSerializer.Deserialize(json, DeskJson.Default.Effect));
        }
    }

    [Theory]
    [MemberData(nameof(ReplyTypes))]
    public void An_answer_comes_back_as_it_was(Type type)
    {
        foreach (var sparse in new[] { false, true })
        {
            var reply = (Reply)Sample.Of(type, sparse);
            var json = JsonSerializer.Serialize(reply, DeskJson.Default.Reply);
            Assert.Equal(reply, JsonSerializer.Deserialize(json, DeskJson.Default.Reply));
        }
    }

    [Theory]
    [InlineData(ButtonLook.Primary)]
    [InlineData(ButtonLook.Secondary)]
    [InlineData(ButtonLook.Success)]
    [InlineData(ButtonLook.Danger)]
    public void A_button_keeps_its_look(ButtonLook look)
    {
        Effect effect = new PostCard(HomeChannel, new Card([new Buttons([new Button("Go", new Press("go"), look)])]), Mentions.None, PostPurpose.Line);
        Assert.Equal(effect, JsonSerializer.Deserialize(JsonSerializer.Serialize(effect, DeskJson.Default.Effect), DeskJson.Default.Effect));
    }

    public static TheoryData<int> TicketIndices => [.. Enumerable.Range(0, SomeTickets.Length)];

    [Theory]
    [MemberData(nameof(TicketIndices))]
    public void A_ticket_comes_back_as_it_was(int index)
    {
        var ticket = SomeTickets[index];
        var json = JsonSerializer.Serialize(ticket, DeskJson.Default.Ticket);
        Assert.Equal(ticket, JsonSerializer.Deserialize(json, DeskJson.Default.Ticket));
    }

    [Fact]
    public void An_id_is_written_as_a_string_and_read_from_a_number_too()
    {
        var json = JsonSerializer.Serialize(new UserId(ulong.MaxValue), DeskJson.Default.UserId);
        Assert.Equal("\"18446744073709551615\"", json);
        Assert.Equal(new UserId(ulong.MaxValue), JsonSerializer.Deserialize("18446744073709551615", DeskJson.Default.UserId));
    }

    [Theory]
    [InlineData("\"alice\"")]
    [InlineData("\"\"")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("18446744073709551616")]
    [InlineData("true")]
    public void What_is_no_id_is_refused_as_JSON_is(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, DeskJson.Default.UserId));

    [Fact]
    public void Something_else_than_a_list_is_refused() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"$type":"post_card","mentions":{"users":7,"roles":[]}}""", DeskJson.Default.Effect));

    private static readonly Ticket[] SomeTickets =
    [
        OpeningTicket,
        ThreadTicket,
        ThreadTicket with { WaitsForStaff = false, FirstResponseAt = Noon },
        ChannelTicket.ClaimedBy(Sam).ClosedBy(Sam, ClosingKind.Closed, "Solved") with { OpenerLanguage = Language.French, Slot = 2 },
        ThreadTicket.ClosedBy(People.Actor.Desk, ClosingKind.HomeDeleted) with { OpenerLeft = true, Home = new Home(HomeKind.Thread, HomeChannel, Gone: true) },
        ThreadTicket with { RenamedAt = [Noon, Noon.AddMinutes(1)], NextName = new NextName("next", Sam.User, Noon.AddMinutes(10)) },
        ThreadTicket with
        {
            Added = [new AddedMember(Bob.User, "Bob", false, Sam.User, Noon), new AddedMember(Sue.User, "Sue", true, Sam.User, Noon, IsIn: true, LeavesBy: Mona.User)],
            Call = new VoiceCall(Sam.User, HomeChannel, [Alice.User, Sam.User], Noon),
            LastPoke = new Poke(Sam.User, Noon, Language.French, Click, HomeChannel),
            Awaited = new AwaitedMention(Sam.User, ToRemove: true, Noon),
            AwaitedNotes = [new AwaitedNote(Sam.User, Noon)],
            Notes = [new Note(Sam.User, "Sam", "Careful", Noon, CardMessage)],
        },
        ThreadTicket with
        {
            Approvals =
            [
                new ApprovalRequest(1, "refund", "support", "Refund", "🔄", Sam.User, Noon, Language.French, Elsewhere, 2, 1, [new ApprovalAnswer("What?", "A crate")])
                {
                    Message = CardMessage,
                    Votes = [new ApprovalVote(Mona.User, true, null, Noon), new ApprovalVote(Bill.User, false, "Too dear", Noon)],
                },
                new ApprovalRequest(2, "refund", "support", "Refund", null, Sam.User, Noon, null, Elsewhere, 1, 1, []) { IsLost = true },
            ],
        },
        ChannelTicket.ClaimedBy(Bill) with { Guard = new ChannelGuard(ClaimMode.ClaimerSees, Bill.User), FormIsOpen = true, StaffKnows = true },
        ThreadTicket with { Notes = [new Note(Sam.User, "Sam", "Careful", Noon), new Note(Sue.User, "Sue", "", Noon)] },
    ];

    private static IEnumerable<Type> Subtypes(Type of) => of.Assembly.GetTypes().Where(type => type.IsSubclassOf(of) && !type.IsAbstract);
}
