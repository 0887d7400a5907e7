using System.Text.Json;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features;
using Usher.Desk.Features.Approving;
using Usher.Desk.Features.ArchiveRequesting;
using Usher.Desk.Features.Asking;
using Usher.Desk.Features.Assigning;
using Usher.Desk.Features.Confirming;
using Usher.Desk.Features.Inviting;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Prioritising;
using Usher.Desk.Features.Rating;
using Usher.Desk.Features.Tagging;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Properties;

/// <summary>Tickets that live through hundreds of random commands, outcomes and timers. Whatever happens, some things stay true.</summary>
public sealed class RandomTickets
{
    private const int Steps = 300;
    private const string SecretWords = "only-staff-may-read-this";

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 150)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_happens_the_desk_stays_in_order(int seed)
    {
        var life = new Life(new Random(seed));
        for (var step = 0; step < Steps; step++)
        {
            var (command, context) = life.Next();
            var before = life.Ticket;
            var decided = All.Rules.Decide(command, before, context);
            Check(command, context, before, decided);
            life.Take(decided);
            if (life.Ticket is { IsOpen: false }) Assert.DoesNotContain(life.Timers, timer => timer != "remove-home");
        }
        Assert.Equal(life.Ticket, Replayed(life.Facts));
    }

    [Fact]
    public void The_lives_are_worth_living()
    {
        // Guards the generator: a test of random lives in which nothing happens would prove nothing.
        var kinds = new HashSet<Type>();
        for (var seed = 1; seed <= 1000; seed++)
        {
            var life = new Life(new Random(seed));
            for (var step = 0; step < Steps; step++)
            {
                var (command, context) = life.Next();
                life.Take(All.Rules.Decide(command, life.Ticket, context));
            }
            kinds.UnionWith(life.Facts.Select(fact => fact.GetType()));
        }
        Assert.Equal(All.Features.SelectMany(feature => feature.Facts).Select(kind => kind.Type.Type.Name).Order(), kinds.Select(kind => kind.Name).Order());
    }

    private static void Check(Command command, Context context, Ticket? before, Decided decided)
    {
        var decision = decided.Decision;
        if (decision.Refusal is { } refusal)
        {
            Assert.Equal(Decision.Refuse(refusal.Code, refusal.Sentence), decision);
            Assert.InRange(refusal.Sentence.Length, 1, 4000);
            if (All.Rules.RuleOf(command) is { NeedsTicket: true }) Assert.Equal(before, decided.Ticket);
            return;
        }
        if (decision.Facts.Count > 0) Assert.Equal((before?.Version ?? 0) + decision.Facts.Count, decided.Ticket!.Version);
        foreach (var effect in decision.Effects)
        {
            Assert.Equal(effect, JsonSerializer.Deserialize(JsonSerializer.Serialize(effect, DeskJson.Default.Effect), DeskJson.Default.Effect));
            if (CardOf(effect) is { } card) Assert.InRange(card.Parts.OfType<Words>().Sum(words => words.Markdown.Length), 1, 4000);
            if (effect is PostCard post) Assert.All(post.Mentions.Users, user => Assert.Contains(user.Mention, AllWords(post.Card), StringComparison.Ordinal));
            if (!Access.IsStaff(context.Actor, context.Settings, before) || effect is PostCard) Assert.DoesNotContain(SecretWords, AllWords(CardOf(effect)), StringComparison.Ordinal);
        }
        if (decided.Ticket is { } after)
        {
            Assert.Equal(after, JsonSerializer.Deserialize(JsonSerializer.Serialize(after, DeskJson.Default.Ticket), DeskJson.Default.Ticket));
            Assert.Equal(after.Status == TicketStatus.Closed, after.Closing is not null);
        }
    }

    private static Ticket? Replayed(IEnumerable<Fact> facts)
    {
        Ticket? ticket = null;
        foreach (var fact in facts)
        {
            var kind = All.Rules.KindOf(fact);
            ticket = All.Rules.KindNamed(kind.Name).Read(kind.Write(fact)).ApplyTo(ticket);
        }
        return ticket;
    }

    private static Card? CardOf(Effect effect) => effect switch
    {
        PostCard post => post.Card,
        SendDirectMessage message => message.Card,
        Answer { Reply: Tell tell } => tell.Card,
        _ => null,
    };

    private static string AllWords(Card? card) => string.Join('\n', (card?.Parts ?? []).OfType<Words>().Select(words => words.Markdown));

    /// <summary>One ticket, the effects that its home still owes and the timers that it has set.</summary>
    private sealed class Life(Random random)
    {
        private static readonly Actor[] People = [Alice, Bob, Sam, Sue, Bill, Mona, Ada, Robot];
        private readonly List<Effect> _owed = [];
        private DateTimeOffset _now = Noon;
        private ulong _ids = 5000;

        public Ticket? Ticket { get; private set; }

        public HashSet<string> Timers { get; } = [];

        public List<Fact> Facts { get; } = [];

        public (Command, Context) Next()
        {
            _now = _now.AddSeconds(random.Next(1, 100));
            var settings = SomeSettings();
            if (settings.Departments.Count > 0) settings = settings with { Departments = settings.Departments.Add(Advice) };
            var desk = By(Actor.Desk) with { Now = _now, Settings = settings, Message = new KeptMessage(HomeChannel, Alice.User, IsDeleted: false, IsRedacted: random.Next(4) == 0) };
            if (_owed.Count > 0 && random.Next(2) == 0)
            {
                var effect = _owed[0];
                _owed.RemoveAt(0);
                return (new EndEffect(effect, SomeOutcome(effect)), desk);
            }
            if (Timers.Count > 0 && random.Next(6) == 0)
            {
                var name = Timers.Order().First();
                Timers.Remove(name);
                return (new FireTimer(name), desk);
            }
            if (Ticket is { FormIsOpen: true } && random.Next(3) == 0)
                return (new Usher.Desk.Features.Asking.AnswerInTicket("about", random.Next(3) == 0 ? "gone" : "server"), desk with { Actor = People.FirstOrDefault(person => person.User == Ticket.Opener) ?? Alice });
            if (Ticket is { AwaitedNotes: [var note, ..] } && random.Next(3) == 0)
                return (new Usher.Desk.Features.Replying.HearMessage(Said: new(HomeChannel, CardMessage, SecretWords + new string('n', random.Next(1200)))), desk with { Now = note.Until, Actor = People.FirstOrDefault(person => person.User == note.By) ?? Alice });
            if (Ticket?.Awaited is { } awaited && random.Next(3) == 0)
                return (new Usher.Desk.Features.Replying.HearMessage([SomeOne()]), desk with { Now = awaited.Until, Actor = People.FirstOrDefault(person => person.User == awaited.By) ?? Alice });
            if (Ticket?.Queue is { Position: 0 } && random.Next(2) == 0) return (new Usher.Desk.Features.Queueing.TellPosition(random.Next(1, 4)), desk);
            if (Ticket?.Queue is not null && random.Next(2) == 0)
                return (random.Next(5) switch { < 3 => new Usher.Desk.Features.Queueing.TryQueued(), 3 => new Usher.Desk.Features.Queueing.TellPosition(random.Next(1, 4)), _ => new Usher.Desk.Features.Queueing.LeaveQueue() }, desk);
            if (Ticket?.Call is not null && random.Next(4) == 0)
                return (new Usher.Desk.Features.Calling.SeeVoice(People[random.Next(2)].User, random.Next(2) == 0), desk);
            var command = SomeCommand();
            var permission = All.Rules.RuleOf(command)!.Permission;
            var actor = permission == Permission.Desk && random.Next(5) > 0 ? Actor.Desk : People[random.Next(People.Length)];
            return (command, desk with { Actor = actor, Interaction = random.Next(2) == 0 ? SomeClick() : null, Typed = random.Next(3) == 0 ? SomeTyped() : null });
        }

        public void Take(Decided decided)
        {
            if (decided.Decision.Refusal is not null) return;
            if (decided.Ticket is not null) Ticket = decided.Ticket;
            Facts.AddRange(decided.Decision.Facts);
            _owed.AddRange(decided.Decision.Effects);
            foreach (var change in decided.Decision.Timers)
            {
                if (change is CancelTimers) Timers.Clear();
                if (change is CancelTimer cancel) Timers.Remove(cancel.Name);
                if (change is SetTimer set) Timers.Add(set.Name);
            }
        }

        private Command SomeCommand()
        {
            // A life is one ticket's: it begins with an opening, and no second one follows.
            if (Ticket is null && random.Next(3) == 0)
                return new AskInWriting(random.Next(2) == 0 ? "support" : "billing", new Writing("Stuck", new string('d', random.Next(2100)), random.Next(2) == 0 ? null : Priority.High));
            if (Ticket is null) return new OpenTicket(random.Next(10) switch { 0 => "advice", < 5 => "support", _ => "billing" });
            if (Ticket.FormIsOpen && random.Next(4) == 0) return new Usher.Desk.Features.Asking.AnswerInTicket("about", random.Next(3) == 0 ? "gone" : "server");
            var rules = All.Features.SelectMany(feature => feature.Commands).Where(rule => rule.Command != typeof(OpenTicket) && rule.Command != typeof(AskInWriting) && rule.Command != typeof(OpenFromMessage)).ToList();
            var rule = rules[random.Next(rules.Count)].Command;
            if ((rule == typeof(Usher.Desk.Features.Closing.LoseHome) || rule == typeof(Usher.Desk.Features.Deleting.ConfirmDeletion)) && random.Next(6) > 0) return new Usher.Desk.Features.Replying.HearMessage();
            // A life in which much can happen is a long one.
            if (rule.Namespace == typeof(Usher.Desk.Features.Closing.LoseHome).Namespace && random.Next(4) > 0) return new Usher.Desk.Features.Replying.HearMessage();
            if (rule == typeof(Usher.Desk.Features.Noting.WriteNote)) return new Usher.Desk.Features.Noting.WriteNote(SecretWords + new string('n', random.Next(1200)));
            if (rule == typeof(Usher.Desk.Features.Closing.CloseTicket)) return new Usher.Desk.Features.Closing.CloseTicket(random.Next(2) == 0 ? null : new string('r', random.Next(1200)));
            if (rule == typeof(SetPriority)) return new SetPriority(Priorities.Names[random.Next(Priorities.Names.Count)]);
            if (rule == typeof(RateTicket)) return new RateTicket(random.Next(7), random.Next(2) == 0 ? null : new string('c', random.Next(1200)));
            if (rule == typeof(AddTags)) return new AddTags($"tag {random.Next(14)}");
            if (rule == typeof(RemoveTags)) return new RemoveTags($"#Tag {random.Next(14)}");
            if (rule == typeof(AssignTicket)) return People[random.Next(People.Length)] is var member && random.Next(8) == 0 ? new AssignTicket(member.User, null) : new AssignTicket(member.User, member);
            if (rule == typeof(Usher.Desk.Features.Transferring.TransferTicket))
                return new Usher.Desk.Features.Transferring.TransferTicket(random.Next(9) switch { 0 => "advice", < 5 => "Support", _ => "billing" });
            if (rule == typeof(Usher.Desk.Features.Calling.SeeVoice))
                return new Usher.Desk.Features.Calling.SeeVoice(People[random.Next(2)].User, random.Next(2) == 0);
            if (rule == typeof(Usher.Desk.Features.Calling.SeeCall))
                return new Usher.Desk.Features.Calling.SeeCall(random.Next(2) == 0 ? [] : [Alice.User]);
            if (rule == typeof(Usher.Desk.Features.Closing.LoseHome)) return new Usher.Desk.Features.Closing.LoseHome(Ticket.Homes.Append(Elsewhere).ElementAt(random.Next(Ticket.Homes.Count() + 1)));
            if (rule == typeof(AddMember)) return new AddMember(SomeOne());
            if (rule == typeof(RemoveMember)) return new RemoveMember(SomeAdded());
            if (rule == typeof(Usher.Desk.Features.Replying.HearMessage)) return new Usher.Desk.Features.Replying.HearMessage([SomeOne()]);
            if (rule == typeof(AnswerArchiveRequest) && random.Next(4) > 0)
                return new AnswerArchiveRequest(random.Next(4) == 0, Ticket.ArchiveRequest is { } request ? request.Stamp : "");
            if (rule == typeof(ConfirmClosing) && random.Next(4) > 0) return new ConfirmClosing(Ticket.PendingClosing is { } pending ? pending.Stamp : "");
            if (rule == typeof(Usher.Desk.Features.Asking.AnswerInTicket)) return new Usher.Desk.Features.Asking.AnswerInTicket("about", random.Next(3) == 0 ? "gone" : "server");
            if (rule == typeof(AskForApproval)) return new AskForApproval(random.Next(2) == 0 ? null : "refund");
            if (rule == typeof(RequestApproval)) return new RequestApproval("refund", random.Next(3) == 0 ? [] : [new FormAnswer("items", "A crate @everyone")]);
            if (rule == typeof(ApproveRequest)) return new ApproveRequest(random.Next(3));
            if (rule == typeof(AskWhyDenied)) return new AskWhyDenied(random.Next(3));
            if (rule == typeof(DenyRequest)) return new DenyRequest(random.Next(3), random.Next(2) == 0 ? null : new string('d', random.Next(1200)));
            if (rule == typeof(SeeMembersAdded)) return new SeeMembersAdded(Ticket.Homes.LastOrDefault(), [People[random.Next(People.Length)].User, Ticket.Opener]);
            if (rule == typeof(Usher.Desk.Features.Erasing.EraseFromTicket))
                return new Usher.Desk.Features.Erasing.EraseFromTicket(new Erasure(1, People[random.Next(People.Length)].User, ErasureState.Approved, new Principal(Mona.User, null), _now) { DecidedBy = new Principal(Ada.User, null) });
            return (Command)Sample.Of(rule, sparse: random.Next(2) == 0);
        }

        private Outcome SomeOutcome(Effect effect)
        {
            if (random.Next(effect is RemoveThreadMember or HideChannelFrom or PostCard { Purpose: PostPurpose.Approval } ? 2 : 8) == 0)
            {
                var reasons = Enum.GetValues<FailureReason>();
                return new CannotBeDone(reasons[random.Next(reasons.Length)], new string('d', random.Next(6000)), random.Next(2) == 0 ? [] : ["Send Messages"]);
            }
            if (effect is RenameHome && random.Next(8) == 0) return new HeldBack(_now.AddMinutes(random.Next(10)));
            if (effect is MakeRoom) return new Done(new ChannelId(++_ids));
            if (effect is CreateChannel && random.Next(2) == 0) return new CannotBeDone(FailureReason.CategoryFull, "full");
            if (effect is RefreshCard && random.Next(8) == 0) return new TakenAway();
            if (effect is OpenDirectMessages) return new Done(new ChannelId(++_ids), new MessageId(++_ids));
            return effect is CreateThread or CreateChannel or CreateVoiceChannel ? new Done(new ChannelId(++_ids)) : new Done(Message: new MessageId(++_ids));
        }

        private Named SomeAdded() =>
            Ticket is { Added: [var first, ..] } && random.Next(4) > 0 ? new Named(first.User, first.Name, IsMember: null, []) : SomeOne();

        private Named SomeOne()
        {
            var someone = People[random.Next(People.Length)];
            return new Named(someone.User, someone.Name, random.Next(3) switch { 0 => null, 1 => false, _ => true }, someone.Roles);
        }

        private InteractionRef SomeClick() => Click with { Message = random.Next(2) == 0 ? Ticket?.Card : null };

        private TypedRef SomeTyped() => new(random.Next(3) == 0 ? Elsewhere : Ticket?.Home.Channel ?? Elsewhere, new MessageId(++_ids));

        private static readonly FormSettings Form = new()
        {
            Place = FormPlace.InTicket,
            Questions = [new Usher.Desk.Settings.Question { Key = "about", Text = "What is it about?", Kind = QuestionKind.Buttons, Options = [new QuestionOption("server", "A server")] }],
        };

        private static readonly Approval Refund = new()
        {
            Key = "refund",
            Name = "Refund",
            Channel = Elsewhere,
            Roles = [ManagerRole, BillingRole],
            Needed = 2,
            Button = true,
            Form = new FormSettings { Questions = [new Usher.Desk.Settings.Question { Key = "items", Text = "What is given back?" }] },
        };

        private DeskSettings SomeSettings() => random.Next(11) switch
        {
            0 => Configuration with { Departments = [] },
            1 => Configuration with { LogChannel = null, Transcripts = new TranscriptSettings(TimeSpan.FromMinutes(5)) },
            2 => Configuration with { Language = Texts.Language.TraditionalChinese, Panels = [] },
            3 or 4 => Configuration with { Departments = [Support with { ConfirmClose = true, DeleteThreads = true, NoteIsNextMessage = true }, Billing with { ConfirmClose = true, NoteIsNextMessage = true, Claim = ClaimMode.ClaimerSees }] },
            5 => Configuration with { Departments = [Support, Billing with { Home = Billing.Home with { OverflowQueue = true, OverflowCreate = random.Next(2) == 0 } }] },
            < 8 => Configuration with { Departments = [Support with { Form = Form }, Billing with { Form = Form }] },
            _ => Configuration with { Approvals = [Refund], Departments = [Support, Billing with { Home = Billing.Home with { OverflowThreads = SupportChannel } }] },
        };
    }
}
