using System.Globalization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Features.Asking;
using Usher.Desk.Features.Opening;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Discord.Model;
using Usher.Discord.Rest;

namespace Usher.Engine.Outgoing;

// Messages: posted once, edited, deleted, and answers to clicks.
public sealed partial class EffectRunner
{
    // Discord takes 10 MiB from a bot in a guild without boosts: https://discord.com/developers/docs/reference#uploading-files
    private const long LargestFile = 10 * 1024 * 1024;

    private async Task<Outcome> PostCardAsync(Run run, PostCard post, CancellationToken cancellation)
    {
        var message = await PostOnceAsync(run, Id(post.In), post.Card, post.Mentions, post.WithTranscript, cancellation);
        return new Done(Message: new MessageId(message.Id.Value));
    }

    private async Task<Outcome> SendDirectMessageAsync(Run run, SendDirectMessage send, CancellationToken cancellation)
    {
        var channel = await DirectMessagesWithAsync(send.To, cancellation);
        var message = send.DataOf is { } member
            ? await PostOnceAsync(run, Id(channel), send.Card, Mentions.None, request => PostWithDataAsync(run, member, Id(channel), request, cancellation), cancellation)
            : await PostOnceAsync(run, Id(channel), send.Card, Mentions.None, send.WithTranscript, cancellation);
        return message is null ? new CannotBeDone(FailureReason.TooLarge, "") : new Done(Message: new MessageId(message.Id.Value));
    }

    private async Task<ChannelId> DirectMessagesWithAsync(UserId user, CancellationToken cancellation)
    {
        if (await store.DirectMessageChannelAsync(user, cancellation) is { } known) return known;
        var opened = await rest.CreateDmAsync(Id(user), cancellation);
        var channel = new ChannelId(opened.Id.Value);
        await store.SaveDirectMessageChannelAsync(user, channel, cancellation);
        return channel;
    }

    private async Task<Message> PostOnceAsync(Run run, Snowflake channel, Card card, Mentions mentions, bool withTranscript, CancellationToken cancellation)
    {
        var ticket = withTranscript ? await TicketOfAsync(run, cancellation) : null;
        var posted = await PostOnceAsync(
            run, channel, card, mentions,
            async request => ticket is null ? await rest.CreateMessageAsync(channel, request, cancellationToken: cancellation) : await PostWithTranscriptAsync(run, ticket, channel, request, cancellation),
            cancellation);
        return posted!;
    }

    // Null when what was to be posted is too large.
    private async Task<Message?> PostOnceAsync(Run run, Snowflake channel, Card card, Mentions mentions, Func<CreateMessageRequest, Task<Message?>> post, CancellationToken cancellation)
    {
        var components = CardRenderer.Draw(card);
        var ticket = await TicketOfAsync(run, cancellation);
        var nonce = NonceOf(run, ticket);
        if (run.Row.BegunAt is { } began && await Reconciliation.FindMessageAsync(rest, channel, guilds.Self, nonce, components, began - ClocksDifferBy, cancellation) is { } found)
            return found;
        var request = CreateMessageRequest.Of(components) with
        {
            Nonce = nonce,
            EnforceNonce = true,
            AllowedMentions = CardRenderer.Draw(mentions),
        };
        await BeginAsync(run, cancellation);
        return await post(request);
    }

    // Null when it is too large for Discord even without the files that they sent.
    private async Task<Message?> PostWithDataAsync(Run run, UserId member, Snowflake channel, CreateMessageRequest request, CancellationToken cancellation)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        // It is somebody's, and not everybody's on this machine.
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            foreach (var withFiles in (bool[])[true, false])
            {
                await using (var output = new FileStream(path, options)) await data(run.Row.Guild, member, withFiles, output, cancellation);
                if (new FileInfo(path).Length > LargestFile) continue;
                var name = $"data-{member}.zip";
                var shown = request with { Components = [.. request.Components!, Usher.Discord.Components.FileComponent.Attached(name)] };
                return await rest.CreateMessageAsync(channel, shown, [UploadFile.At(path, name, "application/zip")], cancellation);
            }
            return null;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private async Task<Message> PostWithTranscriptAsync(Run run, Ticket ticket, Snowflake channel, CreateMessageRequest request, CancellationToken cancellation)
    {
        if (ticket.Homes.Any() || ticket is { IsHomeless: true, Home.Channel: not null }) await catchUp.EnsureAsync(ticket.Key, cancellation);
        // On disk, not in memory: a long ticket's transcript is as long as the ticket.
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await using (var output = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024, useAsync: true))
                await transcripts(ticket, output, cancellation);
            // Too large for Discord: the link in the message shows it all the same.
            if (new FileInfo(path).Length > LargestFile) return await rest.CreateMessageAsync(channel, request, cancellationToken: cancellation);
            var name = $"transcript-{ticket.Number}.html";
            var shown = request with { Components = [.. request.Components!, Usher.Discord.Components.FileComponent.Attached(name)] };
            return await rest.CreateMessageAsync(channel, shown, [UploadFile.At(path, name, "text/html")], cancellation);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private async Task<Outcome> RefreshCardAsync(Run run, CancellationToken cancellation) =>
        await TicketOfAsync(run, cancellation) is { Card: { } message } ticket ? await RedrawAsync(ticket, message, TicketCard.Of(ticket, run.Settings), cancellation) : new Done();

    private async Task<Outcome> RefreshInformationAsync(Run run, CancellationToken cancellation) =>
        await TicketOfAsync(run, cancellation) is { Information: { } message } ticket ? await RedrawAsync(ticket, message, InformationCard.Of(ticket, run.Settings), cancellation) : new Done();

    private async Task<Outcome> RedrawAsync(Ticket ticket, MessageId message, Card card, CancellationToken cancellation) =>
        ticket.Home is { Channel: { } home } && (!ticket.Home.Gone || ticket.IsHomeless) && !await EditAsync(home, message, card, cancellation) ? new TakenAway() : new Done();

    private async Task<Outcome> EditCardAsync(EditCard edit, CancellationToken cancellation)
    {
        await EditAsync(edit.In, edit.Message, edit.Card, cancellation);
        return new Done();
    }

    // False when the message was deleted by hand.
    private async Task<bool> EditAsync(ChannelId channel, MessageId message, Card card, CancellationToken cancellation)
    {
        try
        {
            await rest.EditMessageAsync(
                Id(channel), new Snowflake(message.Value), new EditMessageRequest { Components = CardRenderer.Draw(card), AllowedMentions = AllowedMentions.None }, cancellationToken: cancellation);
        }
        catch (DiscordApiException refused) when (refused.Code == ErrorCode.UnknownMessage)
        {
            return false;
        }
        catch (DiscordApiException refused) when (refused.Code is ErrorCode.UnknownChannel or ErrorCode.ArchivedThread)
        {
            // Nobody can see it any more, or only as it was when the thread was closed.
        }
        return true;
    }

    private async Task<Outcome> DeleteMessageAsync(DeleteMessage delete, CancellationToken cancellation)
    {
        try
        {
            await rest.DeleteMessageAsync(Id(delete.In), new Snowflake(delete.Message.Value), "Usher: staff only", cancellation);
        }
        catch (DiscordApiException refused) when (refused.Code is ErrorCode.UnknownMessage or ErrorCode.UnknownChannel)
        {
            // It is gone, as it should be.
        }
        return new Done();
    }

    private async Task<Outcome> AnswerAsync(Run run, Answer answer, CancellationToken cancellation)
    {
        var ticket = answer.Reply is ShowTicket ? await TicketOfAsync(run, cancellation) : null;
        var card = ticket is null ? null : TicketCard.Of(ticket, run.Settings);
        if (answer.Reply is ShowTicket && card is null) return new Done();
        var seen = await answers.AnswerAsync(answer.To, answer.Reply, card, cancellation);
        // What shows the truth must do so even if the click that changed it waits no more.
        if (!seen && answer is { Reply: ShowCard { In: { } channel } show, To.Message: { } message }) await EditAsync(channel, message, show.Card, cancellation);
        return !seen && answer.Reply is ShowTicket ? await RefreshCardAsync(run, cancellation) : new Done();
    }

    // The same at every attempt, at most 25 characters; the moment of its opening keeps a new database from repeating an old one's.
    private static string NonceOf(Run run, Ticket? ticket) =>
        ticket is null ? $"u{run.Row.Id}" : string.Create(CultureInfo.InvariantCulture, $"{ticket.OpenedAt.ToUnixTimeMilliseconds():x}-{run.Row.Id:x}");
}
