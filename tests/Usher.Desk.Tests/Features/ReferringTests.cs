using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features;
using Usher.Desk.Features.Opening;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class ReferringTests
{
    private static readonly TargetMessage Cry = new(Elsewhere, new MessageId(800), Alice.User, "Alice", "My berth\nis taken");

    [Fact]
    public void Staff_opens_a_ticket_for_a_member_who_is_its_opener()
    {
        var decision = Decide(For(Alice), null, By(Sam) with { Interaction = Click });
        var opened = Assert.IsType<TicketOpened>(Assert.Single(decision.Facts));
        Assert.Equal((Alice.User, "Alice", Sam.User), (opened.Opener, opened.OpenerName, opened.OpenedBy!.Value));
        Assert.Equal([new CreateThread(SupportChannel, "Support-0007")], decision.Effects);
        var card = Words(opened.ApplyTo(null));
        Assert.Contains($"**Opened for** {Alice.User.Mention} by {Sam.User.Mention}", card, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_opened_it_is_told_for_whom_it_is()
    {
        var ticket = Opened(Support) with { OpenedBy = Sam.User };
        var decision = Ended(new CreateThread(SupportChannel, "x"), new Done(HomeChannel), ticket.ApplyTo(null));
        var told = decision.Effects.OfType<Answer>().Select(answer => answer.Reply).OfType<Tell>().Single();
        Assert.Equal(new Words(Say("open.for.done", ("opener", Alice.User.Mention), ("ticket", HomeChannel.Mention))), told.Card.Parts[0]);
    }

    [Fact]
    public void Only_staff_opens_for_others_and_only_for_members()
    {
        Assert.Equal("access.denied", Decide(For(Alice), null, By(Bob)).Refusal!.Code);
        Assert.Equal(Refused("open.not_member", "open.not_member", ("who", Alice.User.Mention)), Decide(new OpenTicket("support") { For = new Referral(Alice.User, null) }, null, By(Sam)));
        Assert.Equal("open.bot", Decide(For(Robot), null, By(Sam)).Refusal!.Code);
        Assert.Equal("open.no_department", Decide(new OpenTicket("gone") { For = new Referral(Alice.User, Alice) }, null, By(Sam)).Refusal!.Code);
    }

    [Fact]
    public void A_block_and_a_full_department_hold_for_staff_too_but_cooldowns_and_roles_do_not()
    {
        Assert.Equal("open.for.blocked", Decide(For(Alice), null, By(Sam) with { Block = new BlockedMember(Alice.User, null, Mona.User, Noon) }).Refusal!.Code);
        Assert.Equal(
            Refused("open.for.already", "open.for.already", ("who", Alice.User.Mention), ("ticket", HomeChannel.Mention), ("department", "Support")),
            Decide(For(Alice), null, By(Sam) with { OpenTickets = [ThreadTicket] }));
        var strict = Configuration with { Departments = [Support with { Cooldown = TimeSpan.FromDays(1), RequiredRoles = [ManagerRole] }] };
        Assert.Null(Decide(For(Alice), null, By(Sam) with { Settings = strict, LatestTickets = [new LatestTicket("support", Noon, null)] }).Refusal);
        Assert.Equal("open.role_required", Decide(For(Sam), null, By(Sam) with { Settings = strict }).Refusal!.Code);
    }

    [Theory]
    [InlineData("support <@1>", "support", 1UL)]
    [InlineData("Support", "support", null)]
    [InlineData("support please", "support", null)]
    public void A_typed_opening_names_the_department_first_and_then_for_whom(string typed, string department, ulong? who)
    {
        var input = new Input(null, new Dictionary<string, string>(), typed) { Members = new Dictionary<string, Actor> { ["1"] = Alice } };
        Assert.Equal(
            new OpenTicket(department) { For = who is { } id ? new Referral(new UserId(id), Alice) : null },
            All.Rules.Trigger(Door.Typed, "open")!.Command(input));
    }

    [Fact]
    public void A_member_opens_a_ticket_about_a_message_in_the_first_department_that_they_may()
    {
        var settings = Configuration with { Departments = [Support with { RequiredRoles = [ManagerRole] }, Billing] };
        var opened = Assert.IsType<TicketOpened>(Assert.Single(Decide(new OpenFromMessage(Cry), null, By(Bob) with { Settings = settings }).Facts));
        Assert.Equal(("billing", Bob.User, (UserId?)null), (opened.Department, opened.Opener, opened.OpenedBy));
        Assert.Equal(new MessageQuote(Elsewhere, Cry.Id, Alice.User, "My berth\nis taken"), opened.About);
        var card = Words(opened.ApplyTo(null));
        Assert.Contains($"https://discord.com/channels/{Guild}/{Elsewhere}/{Cry.Id}", card, StringComparison.Ordinal);
        Assert.Contains("> My berth\n> is taken", card, StringComparison.Ordinal);
    }

    [Fact]
    public void Staff_opens_it_for_the_author_in_a_department_of_their_own()
    {
        var opened = Assert.IsType<TicketOpened>(Assert.Single(Decide(new OpenFromMessage(Cry), null, By(Bill)).Facts));
        Assert.Equal(("billing", Alice.User, (UserId?)Bill.User), (opened.Department, opened.Opener, opened.OpenedBy));
    }

    [Fact]
    public void About_a_bots_message_or_their_own_staff_opens_for_themselves()
    {
        foreach (var message in new[] { Cry with { ByBot = true }, Cry with { Author = Sam.User } })
            Assert.Equal(Sam.User, Assert.IsType<TicketOpened>(Assert.Single(Decide(new OpenFromMessage(message), null, By(Sam)).Facts)).Opener);
    }

    [Fact]
    public void Where_there_is_no_room_in_any_department_the_first_refusal_is_told()
    {
        Assert.Equal(
            Refused("open.already", "open.already", ("ticket", HomeChannel.Mention), ("department", "Support")),
            Decide(new OpenFromMessage(Cry), null, By(Bob) with { OpenTickets = [ThreadTicket, ChannelTicket] }));
        Assert.Equal("open.blocked", Decide(new OpenFromMessage(Cry), null, By(Bob) with { Block = new BlockedMember(Bob.User, null, Mona.User, Noon) }).Refusal!.Code);
        Assert.Equal("open.no_department", Decide(new OpenFromMessage(Cry), null, By(Bob) with { Settings = Configuration with { Departments = [] } }).Refusal!.Code);
    }

    [Fact]
    public void A_long_message_is_shortened_and_one_without_words_is_linked_to()
    {
        var opened = Assert.IsType<TicketOpened>(Assert.Single(Decide(new OpenFromMessage(Cry with { Text = new string('w', 4000) }), null, By(Bob)).Facts));
        Assert.Equal(MessageQuote.Longest, opened.About!.Text.Length);
        var wordless = Assert.IsType<TicketOpened>(Assert.Single(Decide(new OpenFromMessage(Cry with { Text = "" }), null, By(Bob)).Facts));
        Assert.EndsWith(Cry.Id.ToString(), ((Words)TicketCard.Of(wordless.ApplyTo(null), Configuration).Parts[2]).Markdown, StringComparison.Ordinal);
    }

    private static OpenTicket For(Actor member) => new("support") { For = new Referral(member.User, member) };

    private static string Words(Ticket ticket) => string.Join('\n', TicketCard.Of(ticket, Configuration).Parts.OfType<Words>().Select(words => words.Markdown));
}
