using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features;
using Usher.Desk.Features.Approving;
using Usher.Desk.Features.ArchiveRequesting;
using Usher.Desk.Features.Asking;
using Usher.Desk.Features.Assigning;
using Usher.Desk.Features.Calling;
using Usher.Desk.Features.Claiming;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Confirming;
using Usher.Desk.Features.Corresponding;
using Usher.Desk.Features.Deleting;
using Usher.Desk.Features.Erasing;
using Usher.Desk.Features.Inviting;
using Usher.Desk.Features.Leaving;
using Usher.Desk.Features.Noting;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Poking;
using Usher.Desk.Features.Prioritising;
using Usher.Desk.Features.Queueing;
using Usher.Desk.Features.Rating;
using Usher.Desk.Features.Redacting;
using Usher.Desk.Features.Renaming;
using Usher.Desk.Features.Reopening;
using Usher.Desk.Features.Replying;
using Usher.Desk.Features.Retaining;
using Usher.Desk.Features.Tagging;
using Usher.Desk.Features.Transcribing;
using Usher.Desk.Features.Transferring;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Xunit;

namespace Usher.Storage.Tests;

/// <summary>Random histories, the same for the same seed.</summary>
public sealed class ReplayTests : StoreTest
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    private static readonly Func<Random, Fact>[] Later =
    [
        random => new HomeCreated(At(random), new ChannelId(Id(random)), random.Next(2) == 0 ? null : Words(random), random.Next(2) == 0 ? null : new ChannelId(Id(random))),
        random => new OpeningFailed(At(random), random.GetItems(Enum.GetValues<FailureReason>(), 1)[0]),
        random => new CardPosted(At(random), new MessageId(Id(random))),
        random => new CardLost(At(random)),
        random => new HomeBecameThread(At(random)),
        random => new FormBegun(At(random), random.Next(2) == 0),
        random => new FormReplaced(At(random), [new FormAnswer(Words(random), Words(random))]),
        random => new FormAnswered(At(random), [new FormAnswer(Words(random), Words(random), Found: new Finding(FindingState.Found, [new FoundField(Words(random), Words(random))]))]),
        random => new FormCompleted(At(random)),
        random => new InformationPosted(At(random), new MessageId(Id(random))),
        random => new OpenerArrived(At(random)),
        random => new TicketClaimed(At(random), new UserId(Id(random)), Words(random)),
        random => new TicketUnclaimed(At(random), new UserId(Id(random))),
        random => new ChannelGuarded(At(random), ClaimMode.ClaimerSees, random.Next(2) == 0 ? null : new UserId(Id(random))),
        random => new OpenerReplied(At(random)),
        random => new StaffReplied(At(random)),
        random => new NoteAwaited(At(random), new UserId(Id(random)), At(random)),
        random => new NoteWritten(At(random), new UserId(Id(random)), Words(random), Words(random), random.Next(2) == 0 ? null : new MessageId(Id(random))),
        random => new MessageRedacted(At(random), new MessageId(Id(random)), new UserId(Id(random)), Words(random), random.Next(2) == 0 ? null : Words(random)),
        random => new MemberErased(At(random), random.Next(1, 9), random.Next(2) == 0, Somebodys(random), Somebodys(random)),
        random => new ContentRemoved(At(random)),
        random => new TicketRenamed(At(random), new UserId(Id(random)), Words(random)),
        random => new RenamePlanned(At(random), new UserId(Id(random)), Words(random), At(random)),
        random => new RenameFailed(At(random), Words(random)),
        random => new MemberInvited(At(random), Somebody(random), Words(random), random.Next(2) == 0, new UserId(Id(random))),
        random => new MemberArrived(At(random), Somebody(random)),
        random => new RemovalWanted(At(random), Somebody(random), new UserId(Id(random))),
        random => new RemovalFailed(At(random), Somebody(random)),
        random => new MemberGone(At(random), Somebody(random)),
        random => new MentionAwaited(At(random), new UserId(Id(random)), random.Next(2) == 0, At(random)),
        random => new MemberMentioned(At(random), new Named(Somebody(random), Words(random), random.Next(2) == 0 ? null : true, [new RoleId(Id(random))]), random.Next(2) == 0),
        random => new MentionMissed(At(random)),
        random => new HomeMoveBegan(At(random), new UserId(Id(random)), "help", Words(random)),
        random => new NewHomeMade(
            At(random), random.GetItems(Enum.GetValues<HomeKind>(), 1)[0], new ChannelId(Id(random)), random.Next(2) == 0 ? null : new ChannelId(Id(random)), random.Next(2) == 0 ? null : Words(random)),
        random => new HomeMoved(At(random), new MessageId(Id(random)), random.Next(2) == 0 ? null : At(random)),
        random => new HomeMoveFailed(At(random)),
        random => new FormerHomeGone(At(random), new ChannelId(Id(random))),
        random => new TicketTransferred(At(random), new UserId(Id(random)), "help", Words(random), random.Next(3)),
        random => new OpenerPoked(At(random), new UserId(Id(random)), random.Next(2) == 0 ? null : Language.French, null, random.Next(2) == 0 ? null : new ChannelId(Id(random))),
        random => new PokeEnded(At(random)),
        random => new CallWanted(At(random), new UserId(Id(random))),
        random => new CallOpened(At(random), new ChannelId(Id(random))),
        random => new CallJoined(At(random), Somebody(random)),
        random => new CallLeft(At(random), Somebody(random)),
        random => new CallFoundEmpty(At(random)),
        random => new CallEnded(At(random)),
        random => new TicketClosed(At(random), random.GetItems(Enum.GetValues<ClosingKind>(), 1)[0], new UserId(Id(random)), Words(random), random.Next(2) == 0 ? null : Words(random), Quietly: random.Next(2) == 0),
        random => new TicketAssigned(At(random), new UserId(Id(random)), new UserId(Id(random)), Words(random)),
        random => new PrioritySet(At(random), new UserId(Id(random)), random.GetItems(Enum.GetValues<Priority>(), 1)[0]),
        random => new TagsChanged(At(random), new UserId(Id(random)), [.. Enumerable.Range(0, random.Next(3)).Select(_ => Words(random))]),
        random => new ArchiveRequested(At(random), new UserId(Id(random))),
        random => new ArchiveAnswered(At(random), random.Next(2) == 0),
        random => new ClosingAsked(At(random), random.GetItems(Enum.GetValues<ClosingKind>(), 1)[0], new UserId(Id(random)), random.Next(2) == 0 ? null : Words(random)),
        random => new DeletionOrdered(At(random), new UserId(Id(random))),
        random => new ApprovalAsked(At(random), Approval(random)),
        random => new ApprovalPosted(At(random), random.Next(1, 3), new MessageId(Id(random))),
        random => new ApprovalLost(At(random), random.Next(1, 3)),
        random => new ApprovalVoted(At(random), random.Next(1, 3), Somebody(random), random.Next(2) == 0, random.Next(2) == 0 ? null : Words(random)),
        random => new HomeRemoved(At(random)),
        random => new OpenerHeard(At(random)),
        random => new OpenerUnreached(At(random), random.GetItems(Enum.GetValues<FailureReason>(), 1)[0]),
        random => new TicketReopened(At(random), new UserId(Id(random)), random.Next(3)),
        random => new TicketRated(At(random), random.Next(1, 6), random.Next(2) == 0 ? null : Words(random)),
        random => new TranscriptLinkMade(At(random), new UserId(Id(random)), $"made-{Id(random)}"),
        random => new TranscriptLinkRevoked(At(random), new UserId(Id(random)), $"revoked-{Id(random)}"),
        random => new TicketQueued(At(random), random.Next(2) == 0 ? null : FailureReason.GuildFull),
        random => new QueueMoved(At(random), random.Next(9)),
        random => new QueueTried(At(random)),
        random => new QueueLeft(At(random), new UserId(Id(random))),
        random => new OpenerLeft(At(random)),
        random => new OpenerReturned(At(random)),
    ];

    private static Principal Somebodys(Random random) => new(Somebody(random), random.Next(2) == 0 ? null : Words(random));

    private static ApprovalRequest Approval(Random random) => new(
        random.Next(1, 3), "refund", "help", Words(random), random.Next(2) == 0 ? null : Words(random), new UserId(Id(random)), At(random),
        random.Next(2) == 0 ? null : Language.French, new ChannelId(Id(random)), random.Next(1, 3), random.Next(1, 3), [new ApprovalAnswer(Words(random), Words(random))]);

    private static TicketOpened First(Random random, long number) => new(
        At(random), Guild, number, "help", new UserId((ulong)number), Words(random), random.Next(2) == 0 ? null : random.GetItems(Enum.GetValues<Language>(), 1)[0],
        random.GetItems(Enum.GetValues<HomeKind>(), 1)[0], Words(random), $"token-{number}", random.Next(3),
        random.Next(2) == 0 ? null : new InteractionRef(Id(random), Words(random), At(random), random.Next(2) == 0 ? null : new MessageId(Id(random))),
        OpenedBy: random.Next(2) == 0 ? null : new UserId(Id(random)),
        About: random.Next(2) == 0 ? null : new MessageQuote(new ChannelId(Id(random)), new MessageId(Id(random)), new UserId(Id(random)), Words(random)),
        Subject: random.Next(2) == 0 ? null : Words(random), Description: random.Next(2) == 0 ? null : Words(random));

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Facts_replayed_give_the_ticket_as_it_is(int seed)
    {
        var random = new Random(seed);
        var ticket = await OpenTicketAsync(First(random, seed));
        for (var commit = random.Next(1, 12); commit > 0; commit--)
            ticket = await GoOnAsync(ticket, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.GetItems(Later, 1)[0](random))]);
        await ReopenAsync();

        var stored = await Store.FindTicketAsync(ticket.Key, Token);
        var replayed = (await Store.FactsAsync(ticket.Key, Token)).Aggregate((Ticket?)null, (state, fact) => fact.Fact.ApplyTo(state));

        Assert.Equal(ticket, stored);
        Assert.Equal(ticket, replayed);
    }

    [Fact]
    public void Every_kind_of_fact_takes_part()
    {
        var made = Later.Select(make => make(new Random(1)).GetType()).Append(typeof(TicketOpened));

        Assert.Equal(All.Features.SelectMany(feature => feature.Facts).Select(kind => kind.Type.Type.Name).Order(), made.Select(type => type.Name).Order());
    }

    // Keys, addresses and names of the settings; whatever else is text may be somebody's words.
    private static readonly string[] NobodysWords =
        ["department", "from", "key", "question", "emoji", "transcript_token", "token", "language", "opener_language", "home", "kind", "state", "reason", "mode", "priority", "tags", "at", "due", "until", "waiting", "why"];

    private static readonly string[] People = ["by", "user", "to", "opener", "author", "claimer", "opened_by", "asked_by", "approved_by"];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Of_whoever_is_erased_no_fact_holds_an_id_a_name_or_a_word(int seed)
    {
        foreach (var make in Later.Prepend(random => First(random, 1)))
        {
            var fact = make(new Random(seed));
            var kind = All.Rules.KindOf(fact);
            var stored = System.Text.Json.Nodes.JsonNode.Parse(kind.Write(fact))!;
            Claim(stored, fact is TicketClosed or ClosingAsked or MessageRedacted or ApprovalVoted);
            var theirs = kind.Read(stored.ToJsonString());

            var left = Forgetting.WithoutId(kind.Write(Forgetting.Of(theirs, Alice, isOpener: true)), Alice);

            Assert.DoesNotContain("SECRET", left, StringComparison.Ordinal);
            Assert.DoesNotContain(Alice.ToString(), left, StringComparison.Ordinal);
            Assert.Equal(left, kind.Write(kind.Read(left)));
        }
    }

    [Fact]
    public void Of_others_every_fact_stays_as_it_is()
    {
        for (var seed = 1; seed <= 25; seed++)
        {
            foreach (var make in Later.Prepend(random => First(random, 1)))
            {
                var fact = make(new Random(seed));
                if (fact is OpenerPoked) continue;
                Assert.Equal(fact, Forgetting.Of(fact, Bob, isOpener: false));
            }
        }
    }

    [Theory]
    [InlineData("\"42\"", "\"1\"")]
    [InlineData("<@42> and 42", "<@1> and 1")]
    [InlineData("142 420 4242 https://x/42/", "142 420 4242 https://x/1/")]
    public void An_id_is_taken_out_where_it_stands_alone(string stored, string left) => Assert.Equal(left, Forgetting.WithoutId(stored, new UserId(42)));

    // All that it holds is Alice's: each person, each word.
    private static void Claim(System.Text.Json.Nodes.JsonNode node, bool withReasons)
    {
        switch (node)
        {
            case System.Text.Json.Nodes.JsonArray list:
                for (var i = 0; i < list.Count; i++)
                {
                    if (list[i] is { } item) Claim(item, withReasons);
                }
                break;
            case System.Text.Json.Nodes.JsonObject inner:
                foreach (var (name, value) in inner.ToList())
                {
                    // What an approval is called stands in the settings.
                    if (value is null || (name == "name" && inner.ContainsKey("needed"))) continue;
                    if (value.GetValueKind() != System.Text.Json.JsonValueKind.String) Claim(value, withReasons);
                    else if (People.Contains(name)) inner[name] = Alice.ToString();
                    else if ((!NobodysWords.Contains(name) || (name == "reason" && withReasons)) && !ulong.TryParse((string)value!, out _)) inner[name] = "SECRET";
                }
                break;
            default:
                break;
        }
    }

    private static DateTimeOffset At(Random random) => Noon.AddTicks(random.NextInt64(TimeSpan.TicksPerDay * 100));

    private static ulong Id(Random random) => (ulong)random.NextInt64() * 2;

    // Few, so that what is said of one meets what was said before.
    private static UserId Somebody(Random random) => new((ulong)random.Next(1, 4));

    private static string Words(Random random) => new(random.GetItems("abc \"'\\<>&\n\0é漢;{}".AsSpan(), random.Next(1, 30)));
}
