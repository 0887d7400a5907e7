using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Usher.Desk.Features;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Discord.Model;
using Usher.Sandbox;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;
using Usher.Storage;

namespace Usher.Benchmarks.Killing;

/// <summary>Compares what the box saw with what the desk remembers, when all is over.</summary>
internal sealed class Audit(KillPlan plan, Box box, Eyes eyes, Killer killer, IReadOnlyList<TicketStory> stories, Action<string> fault)
{
    private const string TranscriptPath = "/api/ticket/";
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    private readonly GuildId _guild = new(box.Harbour.Guild.Id.Value);

    /// <summary>How many tickets there are.</summary>
    internal int Tickets { get; private set; }

    /// <summary>How many transcripts were read.</summary>
    internal int Transcripts { get; private set; }

    internal async Task RunAsync(CancellationToken cancellation)
    {
        await SettleAsync(cancellation);
        var pages = await ReadPagesAsync(cancellation);
        // Its database is looked at by ourselves from here on.
        killer.Dispose();
        await using var store = await DeskStore.OpenAsync(
            new StoreOptions("sqlite:" + Path.Combine(killer.Data, "usher.db"), All.Rules, TimeProvider.System), NullLoggerFactory.Instance, cancellation);
        var tickets = await TicketsAsync(store, cancellation);
        Tickets = tickets.Count;
        CheckOpeners(tickets);
        CheckHomes(tickets);
        CheckNothingTwice();
        foreach (var ticket in tickets)
        {
            CheckHandedOver(ticket);
            await CheckArchiveAsync(store, ticket, pages, cancellation);
        }
        foreach (var letter in await store.DeadLettersAsync(_guild, 20, cancellation)) fault($"A dead letter of ticket {letter.Ticket}: {letter.Effect?.GetType().Name}, {letter.Error}");
    }

    // Quiet for some seconds, and every story's end told in the log channel; or the time is over, and what is missing shows itself below.
    private async Task SettleAsync(CancellationToken cancellation)
    {
        var until = DateTimeOffset.UtcNow + plan.SettlesWithin;
        var (seen, since) = (-1L, DateTimeOffset.UtcNow);
        while (DateTimeOffset.UtcNow < until)
        {
            var now = box.Journal.Calls().Count == 0 ? 0 : box.Journal.Calls()[^1].Number;
            if (now != seen) (seen, since) = (now, DateTimeOffset.UtcNow);
            if (DateTimeOffset.UtcNow - since > Silence && eyes.MessagesIn(box.Harbour.StaffLog).Count(IsHandOver) >= stories.Count && stories.All(WasToldOfItsEnd)) return;
            await Task.Delay(200, cancellation);
        }
    }

    private bool WasToldOfItsEnd(TicketStory story) => DirectMessagesTo(story.Opener.User.Id).Any(IsHandOver);

    private async Task<Dictionary<string, string>> ReadPagesAsync(CancellationToken cancellation)
    {
        using var http = new HttpClient();
        var pages = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var link in eyes.MessagesIn(box.Harbour.StaffLog).Where(IsHandOver).Select(LinkOf).OfType<string>())
        {
            using var answer = await http.GetAsync(new Uri(link), cancellation);
            if (!answer.IsSuccessStatusCode) fault($"{link} answers {(int)answer.StatusCode}.");
            pages[link[(link.LastIndexOf('/') + 1)..]] = await answer.Content.ReadAsStringAsync(cancellation);
        }
        Transcripts = pages.Count;
        return pages;
    }

    private async Task<List<Ticket>> TicketsAsync(DeskStore store, CancellationToken cancellation)
    {
        var tickets = new List<Ticket>();
        // A number may be used up by a start that was killed.
        for (var number = 1L; number <= (2L * plan.Tickets) + (10L * plan.Kills) + 100; number++)
        {
            if (await store.FindTicketAsync(new TicketKey(_guild, number), cancellation) is { } ticket) tickets.Add(ticket);
        }
        return tickets;
    }

    private void CheckOpeners(List<Ticket> tickets)
    {
        var byOpener = tickets.ToLookup(ticket => ticket.Opener.Value);
        foreach (var story in stories)
        {
            var own = byOpener[story.Opener.User.Id.Value].ToList();
            if (own.Count != 1) fault($"{story.Opener.Name} clicked until it was acknowledged and has {own.Count} tickets.");
            foreach (var ticket in own.Where(ticket => ticket.Status != TicketStatus.Closed)) fault($"{ticket.Label} of {story.Opener.Name} is {ticket.Status} at the end.");
            foreach (var ticket in own.Where(ticket => ticket.Claim is null)) fault($"{ticket.Label} of {story.Opener.Name} was claimed, and it does not know.");
            foreach (var ticket in own.Where(ticket => ticket.Closing?.Reason != story.ClosingReason)) fault($"{ticket.Label} of {story.Opener.Name} was closed for “{ticket.Closing?.Reason}”.");
        }
    }

    private void CheckHomes(List<Ticket> tickets)
    {
        var byHome = tickets.ToLookup(ticket => ticket.Home.Channel?.Value);
        foreach (var home in eyes.Homes)
        {
            var count = byHome[home.Id.Value].Count();
            if (count != 1) fault($"{(home.IsThread ? "Thread" : "Channel")} {home.Name} is the home of {count} tickets.");
            if (!TicketStory.IsEnded(home)) fault($"{(home.IsThread ? "Thread" : "Channel")} {home.Name} is still open.");
        }
    }

    private void CheckNothingTwice()
    {
        foreach (var channel in eyes.Channels)
        {
            var twice = eyes.MessagesIn(channel).GroupBy(message => (message.Author, message.Type, What(message))).Where(same => same.Count() > 1);
            foreach (var same in twice) fault($"In {Where(channel)} {same.Key.Author.DisplayName} says {same.Count()} times: {same.Key.Item3}");
        }
    }

    private void CheckHandedOver(Ticket ticket)
    {
        var told = eyes.MessagesIn(box.Harbour.StaffLog).Count(message => LinkOf(message)?.EndsWith(ticket.TranscriptToken, StringComparison.Ordinal) == true);
        if (told != 1) fault($"{ticket.Label} stands {told} times in the log channel.");
        var sent = DirectMessagesTo(new Snowflake(ticket.Opener.Value)).Count(message => LinkOf(message)?.EndsWith(ticket.TranscriptToken, StringComparison.Ordinal) == true);
        if (sent != 1) fault($"The opener of {ticket.Label} was sent {sent} farewells.");
    }

    private async Task CheckArchiveAsync(DeskStore store, Ticket ticket, Dictionary<string, string> pages, CancellationToken cancellation)
    {
        if (eyes.Homes.FirstOrDefault(home => home.Id.Value == ticket.Home.Channel?.Value) is not { } home) return;
        var kept = await store.MessagesAsync(_guild, ticket.Number, cancellation).ToDictionaryAsync(message => message.Id.Value, cancellationToken: cancellation);
        var page = pages.GetValueOrDefault(ticket.TranscriptToken, "");
        var files = FilesOf(ticket);
        foreach (var message in eyes.MessagesIn(home))
        {
            var what = $"“{What(message)}” of {message.Author.DisplayName} in {ticket.Label}";
            if (!kept.TryGetValue(message.Id.Value, out var row)) fault($"The archive lacks {what}.");
            else CheckAttachments(message, row, what);
            if (message.Author.IsBot) continue;
            if (!page.Contains(message.Content, StringComparison.Ordinal)) fault($"The transcript's page lacks {what}.");
            foreach (var (handedOver, file) in files.Where(file => !file.Text.Contains(message.Content, StringComparison.Ordinal)))
                fault(string.Create(CultureInfo.InvariantCulture, $"The transcript that was handed over in {handedOver.Id} at {handedOver.Id.CreatedAt:HH:mm:ss.fff} lacks {what} of {message.Id.CreatedAt:HH:mm:ss.fff}."));
        }
    }

    private void CheckAttachments(MessageState message, StoredMessage row, string what)
    {
        foreach (var sent in message.Attachments)
        {
            var kept = row.Attachments.FirstOrDefault(attachment => attachment.Id == sent.Id.Value);
            if (kept is not { State: Usher.Storage.AttachmentState.Stored, Hash: { } hash } || hash != Convert.ToHexStringLower(SHA256.HashData(sent.Bytes.Span)))
                fault($"The bytes of {sent.Filename} are not kept ({kept?.State.ToString() ?? "unknown"}): {what}.");
        }
    }

    // The files of the log entry and of the farewell.
    private List<(MessageState Message, string Text)> FilesOf(Ticket ticket) =>
    [
        .. eyes.MessagesIn(box.Harbour.StaffLog).Concat(DirectMessagesTo(new Snowflake(ticket.Opener.Value)))
            .Where(message => LinkOf(message)?.EndsWith(ticket.TranscriptToken, StringComparison.Ordinal) == true)
            .Select(message => (message, string.Concat(message.Attachments.Select(file => Encoding.UTF8.GetString(file.Bytes.Span))))),
    ];

    private IEnumerable<MessageState> DirectMessagesTo(Snowflake user) =>
        eyes.Channels.Where(channel => channel.IsDm && channel.Recipients.Any(recipient => recipient.Id == user)).SelectMany(eyes.MessagesIn);

    private static bool IsHandOver(MessageState message) => LinkOf(message) is not null;

    private static string? LinkOf(MessageState message) => Person.ComponentsOf(message)
        .Select(component => component.TryGetProperty("url", out var url) ? url.GetString() : null)
        .FirstOrDefault(url => url?.Contains(TranscriptPath, StringComparison.Ordinal) == true);

    private static string What(MessageState message) =>
        string.Join(' ', new[] { Person.TextOf(message) }.Concat(Person.ButtonsOf(message)).Concat(message.Attachments.Select(file => file.Filename))).ReplaceLineEndings(" ");

    private static string Where(ChannelState channel) => channel.IsDm ? $"the DM with {string.Join(", ", channel.Recipients.Select(user => user.DisplayName))}" : "#" + channel.Name;

}
