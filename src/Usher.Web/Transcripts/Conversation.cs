using Usher.Discord.Model;
using Usher.Web.Transcripts.Parts;

namespace Usher.Web.Transcripts;

/// <summary>
/// The messages in their order: a divider where a day begins, messages of the same author drawn together, and a count of who wrote how much.
/// It remembers the last message and the participants, nothing else.
/// </summary>
internal sealed class Conversation(Page page)
{
    private const int MostParticipants = 500;
    private static readonly TimeSpan TogetherFor = TimeSpan.FromMinutes(7);

    private readonly Dictionary<(Snowflake Id, string Name), Participant> _participants = [];
    private DateOnly _day;
    private Message? _last;
    private DateTimeOffset? _lastDeletedAt;

    /// <summary>How many messages were written, without Discord's own lines.</summary>
    public long Count { get; private set; }

    /// <summary>Who wrote, in the order of their first messages; the first 500.</summary>
    public IReadOnlyCollection<Participant> Participants => _participants.Values;

    /// <summary>Messages of people beyond those first 500.</summary>
    public long CountOfOthers { get; private set; }

    public sealed record Participant(User User, string Name)
    {
        public bool IsStaff { get; set; }

        public long Messages { get; set; }
    }

    public void Write(TranscriptMessage entry)
    {
        var message = entry.Message;
        page.Hear(message);
        var day = DateOnly.FromDateTime(message.Timestamp.UtcDateTime);
        var isNewDay = _last is null || day != _day;
        if (isNewDay) Divide(message.Timestamp);
        MessageHtml.Write(page, entry, !isNewDay && IsContinued(entry));
        _day = day;
        _last = message;
        _lastDeletedAt = entry.DeletedAt;
        CountIn(entry);
    }

    private void Divide(DateTimeOffset moment)
    {
        page.Html.Raw("<h2 class=\"day\">"u8);
        page.Html.Time(moment, page.Dates.FullDate(moment), default).Raw("</h2>\n"u8);
    }

    private bool IsContinued(TranscriptMessage entry)
    {
        var (last, message) = (_last!, entry.Message);
        return message.Type == MessageType.Default
            && last.Type is MessageType.Default or MessageType.Reply
            && last.Author.Id == message.Author.Id
            && last.Author.Username == message.Author.Username
            && message.InteractionMetadata is null
            && !message.Pinned
            && entry.DeletedAt is null == _lastDeletedAt is null
            && message.Timestamp - last.Timestamp < TogetherFor;
    }

    private void CountIn(TranscriptMessage entry)
    {
        if (SystemMessageHtml.IsSystem(entry.Message.Type)) return;
        Count++;
        var author = entry.Message.Author;
        var name = AuthorHtml.DisplayName(page, author);
        if (!_participants.TryGetValue((author.Id, name), out var participant))
        {
            if (_participants.Count == MostParticipants)
            {
                CountOfOthers++;
                return;
            }

            participant = new Participant(author, name);
            _participants.Add((author.Id, name), participant);
        }

        participant.Messages++;
        participant.IsStaff |= entry.IsStaff;
    }
}
