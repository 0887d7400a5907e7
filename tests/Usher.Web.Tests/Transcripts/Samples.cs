using System.Text;
using Usher.Discord.Components;
using Usher.Discord.Model;
using Usher.Web.Transcripts;

namespace Usher.Web.Tests.Transcripts;

/// <summary>A ticket with something of everything, and the means to write it.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Start = new(2026, 3, 9, 16, 2, 0, TimeSpan.Zero);
    public static readonly User Mira = new() { Id = new(1001UL << 22), Username = "mira", GlobalName = "Mira Okafor" };
    public static readonly User Jonas = new() { Id = new(1002UL << 22), Username = "jonas", GlobalName = "Jonas" };
    public static readonly User Bot = new() { Id = new(1003UL << 22), Username = "Usher", Bot = true };

    // One grey pixel.
    public static readonly byte[] Pixel = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkaPhfDwADeAGA3Cw0WQAAAABJRU5ErkJggg==");

    public static readonly TranscriptNames Names = new(
        new Dictionary<Snowflake, TranscriptName> { [Mira.Id] = new("Mira Okafor"), [Jonas.Id] = new("Jonas (Billing)", 0x1abc9c), [Bot.Id] = new("Usher", 0x5865f2) },
        new Dictionary<Snowflake, TranscriptName> { [new(77)] = new("Billing team", 0xf1c40f) },
        new Dictionary<Snowflake, string> { [new(88)] = "rules" });

    public static readonly TranscriptHead Head = new(
        "card-declined-twice", 42, "Billing", "Lantern Harbour", Mira.Id, "Mira Okafor", Start, Start.AddDays(1).AddHours(2), "Jonas (Billing)",
        "Card **reissued**, second charge refunded.", "en-US", Standalone: false, Names);

    private static ulong nextId = 5000UL << 22;

    public static Message Write(User author, string content, double minutes) => new()
    {
        Id = new(nextId += 1UL << 22),
        ChannelId = new(500),
        Author = author,
        Content = content,
        Timestamp = Start.AddMinutes(minutes),
    };

    public static TranscriptMessage Entry(Message message, bool isStaff = false, DateTimeOffset? deletedAt = null, IReadOnlyList<MessageVersion>? earlier = null, params (ulong Id, AttachmentCopy Copy)[] copies) =>
        new(message, earlier ?? [], deletedAt, copies.ToDictionary(copy => new Snowflake(copy.Id), copy => copy.Copy), isStaff);

    public static IEnumerable<TranscriptMessage> Ticket()
    {
        yield return Entry(Write(Bot, "", 0) with
        {
            Flags = MessageFlags.IsComponentsV2,
            Components =
            [
                new Container(
                    [
                        Section.Of("## Ticket #0042 · Billing\nHello <@4198498304>, somebody of <@&77> will be with you soon. Please read <#88> meanwhile.", Button.Link("https://example.org/faq", "FAQ")),
                        new Separator(),
                        new TextDisplay("**What happened?**\nMy card was declined twice, but I was charged.\n-# Answered on <t:1773072120:f>"),
                        ActionRow.Of(Button.Of("c", "Close", ButtonStyle.Danger, Emoji.Of("🔒")), Button.Of("k", "Claim", ButtonStyle.Success), Button.Of("n", "Note"), Button.Of("p", "Handoff", ButtonStyle.Primary)),
                        ActionRow.Of(new StringSelect("s", [new("Low", "l"), new("High", "h")]) { Placeholder = "Set a priority" }),
                    ],
                    AccentColor: 0x5865f2),
            ],
        });
        yield return Entry(Write(Bot, "", 0.1) with { Type = MessageType.RecipientAdd, Mentions = [Mira] });
        var question = Write(Mira, "Hi! I tried to renew and it says **declined**, but my bank shows *two* charges. Order `LH-20931`, see <https://example.org/orders/LH-20931> or [the receipt](https://example.org/r/1).\n> Your card was declined (code 51)\n> Try another card.\nIs that normal? ||I am a bit worried||", 1);
        yield return Entry(question, earlier: [new("Hi! I tried to renew and it says declined.", Start.AddMinutes(1)), new("Hi! I tried to renew and it says **declined**, but my bank shows two charges.", Start.AddMinutes(2))]);
        yield return Entry(Write(Mira, "Here is what I see:", 2) with
        {
            Attachments =
            [
                new Attachment { Id = new(1), Filename = "bank.png", ContentType = "image/png", Size = 48_213, Width = 640, Height = 260, Description = "Two charges of 9.99" },
                new Attachment { Id = new(2), Filename = "statement.pdf", ContentType = "application/pdf", Size = 1_482_000 },
                new Attachment { Id = new(3), Filename = "screen-recording.mov", ContentType = "video/quicktime", Size = 91_000_000 },
            ],
        }, copies:
        [
            (1, new AttachmentCopy("/files/1/bank.png", 48_213, "image/png", Image: Pixel)),
            (2, new AttachmentCopy("/files/2/statement.pdf", 1_482_000, "application/pdf")),
            (3, new AttachmentCopy(null, 0, null, MissingCopy.TooLarge)),
        ]);
        yield return Entry(Write(Jonas, "Hey Mira, thanks for the details. Looking at it **now**.\n\n1. I check order `LH-20931`\n2. I ask the bank\n   - usually takes a day\n   - weekends do not count\n3. We refund what is wrong", 6) with
        {
            Type = MessageType.Reply,
            MessageReference = new() { MessageId = question.Id, ChannelId = question.ChannelId },
            ReferencedMessage = question,
        }, isStaff: true);
        yield return Entry(Write(Jonas, "```json\n{\n  \"order\": \"LH-20931\",\n  \"charges\": [999, 999],\n  \"state\": \"declined\"\n}\n```", 7), isStaff: true);
        yield return Entry(Write(Jonas, "the full card number is … oh, wrong window, sorry", 7.5), isStaff: true, deletedAt: Start.AddMinutes(8));
        yield return Entry(Write(Bot, "", 9) with
        {
            InteractionMetadata = new() { Id = new(1), Type = InteractionType.ApplicationCommand, User = Jonas },
            Embeds =
            [
                new Embed
                {
                    Title = "Order LH-20931", Url = "https://example.org/orders/LH-20931", Color = 0xf1c40f, Description = "Renewal of **Harbour Pass**, 12 months.\nSee [terms](https://example.org/terms).",
                    Author = new("Lantern Shop", "https://example.org"), Timestamp = Start, Footer = new("Shop lookup"),
                    Fields = [new("Amount", "€9.99", true), new("Charges", "2", true), new("State", "`declined`", true), new("Note", "The bank holds the first charge for 24 h.")],
                    Image = new("https://cdn.example.org/order.png", Description: "The order's card"),
                },
            ],
        });
        yield return Entry(Write(Mira, "👍❤️", 12) with { Reactions = [new() { Count = 2, Emoji = Emoji.Of("🎉") }, new() { Count = 1, Emoji = Emoji.Custom(new(9), "lantern") }] });
        yield return Entry(Write(Jonas, "", 14) with { Type = MessageType.ChannelNameChange, Content = "card-declined-twice" });
        yield return Entry(Write(Jonas, "", 15) with { Type = MessageType.ChannelPinnedMessage, MessageReference = new() { MessageId = question.Id } });
        yield return Entry(Write(Mira, "", 1_450) with
        {
            Poll = new Poll
            {
                Question = new("How did it go?"),
                Answers = [new(1, new("Great", Emoji.Of("🌟"))), new(2, new("Could be faster"))],
                Results = new() { IsFinalized = true, AnswerCounts = [new(1, 3, false), new(2, 1, false)] },
            },
            StickerItems = [new(new(5), "Waving seagull", 1)],
        });
        yield return Entry(Write(Jonas, "", 1_460) with
        {
            MessageReference = new() { Type = MessageReferenceType.Forward, MessageId = new(1), ChannelId = new(2) },
            MessageSnapshots = [new() { Message = new() { Content = "Refund of **€9.99** issued, arrives in 3–5 days.", Timestamp = Start.AddHours(20) } }],
        }, isStaff: true);
        yield return Entry(Write(Mira, "Thank you so much, that was quick! 謝謝 🙏", 1_462));
    }

    public static async Task<string> RenderAsync(TranscriptHead head, IEnumerable<TranscriptMessage> messages, CancellationToken cancellationToken = default)
    {
        using var output = new MemoryStream();
        await TranscriptWriter.WriteAsync(output, head, messages.ToAsyncEnumerable(), cancellationToken);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
