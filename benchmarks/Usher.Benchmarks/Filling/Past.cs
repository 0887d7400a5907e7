using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Usher.Desk.Engine;
using Usher.Desk.Features.Claiming;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Noting;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Prioritising;
using Usher.Desk.Features.Replying;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Storage;

namespace Usher.Benchmarks.Filling;

/// <summary>
/// Years of a desk that never were: each ticket with its history and its messages, always the same for the same seed and number. People ask more than once, some much more;
/// most tickets are over within a day or two, so that of the last of them some are still open.
/// </summary>
/// <param name="Seed">Chooses everything.</param>
/// <param name="Tickets">How many there are in all.</param>
/// <param name="Until">When it ends.</param>
/// <param name="Desk">The guild of all of them, whose departments they are in.</param>
/// <param name="Room">A channel that is there: a desk asks after the homes of what is open.</param>
internal sealed record Past(int Seed, long Tickets, DateTimeOffset Until, DeskSettings Desk, ChannelId Room)
{
    /// <summary>How long it lasts.</summary>
    internal static readonly TimeSpan Length = TimeSpan.FromDays(730);

    private static readonly TimeSpan LengthOfLong = TimeSpan.FromDays(60);

    internal const int Members = 60_000;

    /// <summary>Somebody who asks again and again.</summary>
    internal const int Frequent = 7;

    private const int StaffPeople = 40;
    private const ulong FirstMember = 400_000_000_000_000_000;
    private const ulong FirstStaff = 410_000_000_000_000_000;
    private const ulong FirstHome = 420_000_000_000_000_000;
    private const int MeanMessages = 10;
    private static readonly DateTimeOffset DiscordBegan = new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // As Discord's own client writes it: letters as they are.
    private static readonly JavaScriptEncoder Plain = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>A member who asks: the lower their number, the more often.</summary>
    internal static UserId Member(int number) => new(FirstMember + (ulong)number);

    /// <summary>A ticket with its history and what was said in it.</summary>
    /// <param name="number">Its number, from 1.</param>
    internal PastTicket Ticket(long number)
    {
        var random = RandomOf(number);
        var messages = 1 + (int)(-Math.Log(1 - random.NextDouble()) * (MeanMessages - 1));
        var opened = Until - Length + Length * ((number - 1 + 0.9 * random.NextDouble()) / Tickets);
        return new Saying(this, random, number, messages, opened).Tell();
    }

    /// <summary>One of a great many messages, behind all others.</summary>
    internal PastTicket LongTicket(int messages) =>
        new Saying(this, RandomOf(Tickets + 1), Tickets + 1, messages, Until - LengthOfLong).Tell();

    private Random RandomOf(long number)
    {
        // Spread, so that neighbours have nothing in common; and the same in every process.
        var spread = unchecked((ulong)number * 0x9E3779B97F4A7C15 ^ (ulong)Seed * 0xC2B2AE3D27D4EB4F);
        return new Random((int)(spread >> 33));
    }

    private sealed class Saying(Past past, Random random, long number, int length, DateTimeOffset opened)
    {
        private readonly List<PastFact> _facts = [];
        private readonly List<ArchivedMessage> _messages = [];
        private readonly StringBuilder _text = new();
        private readonly UserId _opener = Member((int)(Math.Pow(random.NextDouble(), 2) * Members));
        private readonly int _staff = (int)(Math.Pow(random.NextDouble(), 1.5) * StaffPeople);
        private readonly ChannelId _home = new(FirstHome + (ulong)number);
        private DateTimeOffset _at = opened;

        private UserId Helper => new(FirstStaff + (ulong)_staff);

        private string HelperName => string.Create(CultureInfo.InvariantCulture, $"Helper {_staff}");

        internal PastTicket Tell()
        {
            var department = past.Desk.Departments[(int)(Math.Pow(random.NextDouble(), 1.5) * past.Desk.Departments.Count)];
            var subject = Text();
            var begun = new TicketOpened(
                _at, past.Desk.Guild, number, department.Key, _opener, $"member{_opener}", null, department.Home.Kind, $"{department.Key}-{number}", Token(), 0, null,
                Subject: subject.Length > 100 ? subject[..100] : subject);
            _facts.Add(new PastFact(new HomeCreated(_at, _home), default));
            if (random.Next(5) == 0) ByHelper(new PrioritySet(_at, Helper, (Priority)random.Next(4)));
            Talk();
            if (random.Next(10) == 0) ByHelper(new NoteWritten(_at, Helper, HelperName, Text()));
            _at += TimeSpan.FromMinutes(5 + random.Next(2000));
            if (_at < past.Until) ByHelper(new TicketClosed(_at, ClosingKind.Closed, Helper, HelperName, random.Next(3) == 0 ? Text() : null));
            else _facts[0] = new PastFact(new HomeCreated(begun.At, past.Room), default);
            return new PastTicket
            {
                Guild = past.Desk.Guild,
                System = "past",
                SourceId = number.ToString(CultureInfo.InvariantCulture),
                Opener = _opener,
                Department = department.Key,
                Facts = (given, slot) => [new PastFact(begun with { Number = given, Slot = slot }, _opener), .. _facts],
                Messages = _messages,
                At = past.Until,
            };
        }

        private void Talk()
        {
            var byStaff = false;
            for (var said = 0; said < length && _at < past.Until; said++)
            {
                if (said > 0 && random.Next(3) > 0) Answer(byStaff = !byStaff, said);
                _at += TimeSpan.FromSeconds(5 + random.Next(said == 0 ? 10 : length > 1000 ? 30 : 3600));
                _messages.Add(Message(byStaff ? Helper : _opener, byStaff ? HelperName : $"member{_opener}", said));
            }
        }

        private void Answer(bool byStaff, int said)
        {
            // The desk tells a turn by its first message; a very long talk has turns enough after some hundred.
            if (said > 200) return;
            if (byStaff && !_facts.Any(past => past.Fact is TicketClaimed)) ByHelper(new TicketClaimed(_at, Helper, HelperName));
            if (byStaff) ByHelper(new StaffReplied(_at));
            else _facts.Add(new PastFact(new OpenerReplied(_at), _opener));
        }

        private void ByHelper(Fact fact) => _facts.Add(new PastFact(fact, Helper));

        private ArchivedMessage Message(UserId author, string name, int said)
        {
            var content = Text();
            var id = new MessageId((ulong)(_at - DiscordBegan).TotalMilliseconds << 22 | (ulong)(number * 131 + said) & 0x3FFFFF);
            var payload =
                $$$"""
                {"type":0,"tts":false,"timestamp":"{{{_at:yyyy-MM-ddTHH:mm:ss.ffffff+00:00}}}","pinned":false,"mentions":[],"mention_roles":[],"mention_everyone":false,"author":{"id":"{{{author}}}","username":"{{{name}}}","discriminator":"0","global_name":null,"avatar":null,"bot":false,"public_flags":0,"avatar_decoration_data":null,"clan":null,"primary_guild":null},"id":"{{{id}}}","flags":0,"embeds":[],"edited_timestamp":null,"content":"{{{JsonEncodedText.Encode(content, Plain)}}}","components":[],"channel_type":12,"channel_id":"{{{_home}}}","attachments":[],"guild_id":"{{{past.Desk.Guild}}}"}
                """;
            return new ArchivedMessage(past.Desk.Guild, number, _home, id, author, _at, Encoding.UTF8.GetBytes(payload), []) { Text = content };
        }

        private string Text()
        {
            _text.Clear();
            Vocabulary.Say(random, _text);
            return _text.ToString();
        }

        private string Token()
        {
            Span<byte> bytes = stackalloc byte[16];
            random.NextBytes(bytes);
            return Convert.ToHexStringLower(bytes);
        }
    }
}
