using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Values;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class AlertingTests
{
    private static readonly PostCard Post = new(HomeChannel, Card.Saying("x"), Mentions.None, PostPurpose.Line);
    private static readonly CannotBeDone NoThreads =
        new(FailureReason.MissingPermission, "Missing Permissions", ["Create Private Threads", "Send Messages"], new RoleId(900));

    [Fact]
    public void An_alert_names_what_where_the_permission_and_the_role()
    {
        var text = Alert(Ended(new CreateThread(SupportChannel, "x"), NoThreads, OpeningTicket));
        Assert.Equal(
            "⚠️ **Something could not be done** #0007\nOpening a private thread in <#301>\n"
            + "Missing permission: **Create Private Threads**, **Send Messages**. Give it to <@&900>, in the server settings or for that channel.",
            text);
    }

    [Fact]
    public void It_is_in_the_guilds_language_and_pings_nobody()
    {
        var decision = Ended(Post, NoThreads, ThreadTicket, By(Actor.Desk) with { Settings = Configuration with { Language = Language.TraditionalChinese } });
        Assert.Contains("缺少權限", Alert(decision), StringComparison.Ordinal);
        Assert.Equal(Mentions.None, decision.Effects.OfType<PostCard>().Single().Mentions);
    }

    [Fact]
    public void Discords_own_words_are_passed_on() =>
        Assert.Contains("Discord refused it: Discord said so", Alert(Ended(Post, Cannot(FailureReason.Refused), ThreadTicket)), StringComparison.Ordinal);

    [Fact]
    public void A_role_that_is_not_known_is_the_bots() =>
        Assert.Contains("Give it to the bot", Alert(Ended(Post, NoThreads with { MissingFor = null }, ThreadTicket)), StringComparison.Ordinal);

    [Fact]
    public void A_full_category_is_named()
    {
        var text = Alert(Ended(new CreateChannel(BillingCategory, "x", "x", [], []), Cannot(FailureReason.CategoryFull), Opened(Billing).ApplyTo(null)));
        Assert.Contains("Making a ticket channel in <#302>", text, StringComparison.Ordinal);
        Assert.Contains("50 channels", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_channel_without_a_category_is_made_nowhere_in_particular() =>
        Assert.Contains("\nMaking a ticket channel\n", Alert(Ended(new CreateChannel(null, "x", "x", [], []), Cannot(FailureReason.GuildFull), Opened(Billing).ApplyTo(null))), StringComparison.Ordinal);

    [Fact]
    public void A_panel_is_found_by_its_channel() =>
        Assert.Contains("Posting the panel in <#301>", Alert(Ended(new PostPanel("front", false), NoThreads, null)), StringComparison.Ordinal);

    [Fact]
    public void A_note_that_could_not_be_hidden_is_told() =>
        Assert.Contains("Deleting a message in <#400>", Alert(Ended(new DeleteMessage(HomeChannel, new MessageId(1)), NoThreads, ThreadTicket)), StringComparison.Ordinal);

    public static TheoryData<string, Effect, FailureReason> Silent => new()
    {
        { "the alerts' own channel", new PostCard(LogChannel, Card.Saying("x"), Mentions.None, PostPurpose.Log), FailureReason.MissingPermission },
        { "a panel in the alerts' own channel", new PostPanel("log", false), FailureReason.MissingPermission },
        { "closed DMs", new SendDirectMessage(Bob.User, Card.Saying("x")), FailureReason.DirectMessagesClosed },
        { "a late answer", new Answer(Click, new ShowTicket()), FailureReason.Refused },
        { "a card", new RefreshCard(), FailureReason.MissingPermission },
        { "a message that is gone", new DeleteMessage(Elsewhere, new MessageId(1)), FailureReason.MessageGone },
        { "somebody who is gone", new AddThreadMember(HomeChannel, Bob.User), FailureReason.UserGone },
    };

    [Theory]
    [MemberData(nameof(Silent))]
    public void Nothing_is_said_about(string what, Effect effect, FailureReason reason)
    {
        var panel = Configuration.Panels[0] with { Key = "log", Channel = LogChannel };
        var context = By(Actor.Desk) with { Settings = Configuration with { Panels = Configuration.Panels.Add(panel) } };
        Assert.Equal((what, 0), (what, Ended(effect, Cannot(reason), null, context).Effects.Count));
    }

    [Fact]
    public void Nothing_is_said_where_nobody_reads() =>
        Assert.Equal(Decision.Nothing, Ended(Post, NoThreads, ThreadTicket, By(Actor.Desk) with { Settings = Configuration with { LogChannel = null } }));

    [Fact]
    public void What_was_done_is_no_news() => Assert.Equal(Decision.Nothing, Ended(Post, new Done(Message: new MessageId(1)), ThreadTicket));

    public static TheoryData<FailureReason> Reasons => [.. Enum.GetValues<FailureReason>()];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Every_reason_has_words(FailureReason reason) =>
        Assert.Contains(Say($"failure.staff.{reason}", ("detail", "")), Says(reason), StringComparison.Ordinal);

    private static string Says(FailureReason reason)
    {
        // The two that no alert speaks of are said when a transcript did not arrive.
        var decision = Ended(new SendDirectMessage(Alice.User, Card.Saying("x"), WithTranscript: true), Cannot(reason) with { Detail = "" }, ThreadTicket);
        return Alert(decision);
    }

    private static string Alert(Decision decision)
    {
        var post = decision.Effects.OfType<PostCard>().Single(effect => effect.In == LogChannel);
        return ((Words)post.Card.Parts.Single()).Markdown;
    }
}
