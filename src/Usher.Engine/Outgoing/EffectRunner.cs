using Usher.Desk.Effects;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Discord.Model;
using Usher.Discord.Rest;
using Usher.Engine.Archive;
using Usher.Engine.Guilds;
using Usher.Engine.Rooms;
using Usher.Storage;

namespace Usher.Engine.Outgoing;

/// <summary>Writes a ticket's transcript as one file that needs nothing else.</summary>
public delegate Task TranscriptFile(Ticket ticket, Stream output, CancellationToken cancellation);

/// <summary>Writes everything that is kept of a member as one file; without the files that they sent where these would be too much.</summary>
public delegate Task MemberFile(GuildId guild, UserId member, bool withFiles, Stream output, CancellationToken cancellation);

/// <summary>Carries out one effect. What Discord refuses for good is an outcome; what may pass is thrown and tried again.</summary>
public sealed partial class EffectRunner(
    DiscordRest rest, DeskStore store, GuildDirectory guilds, KnownHomes homes, MadeCategories categories, InteractionAnswers answers, CatchUp catchUp,
    TranscriptFile transcripts, MemberFile data, ChangeOfSettings changeSettings, TimeProvider time)
{
    /// <summary>Carries it out.</summary>
    public async Task<Outcome> RunAsync(EffectRow row, CancellationToken cancellation)
    {
        if (guilds.SettingsOf(row.Guild) is not { } settings) return new CannotBeDone(FailureReason.Refused, "The guild has no desk any more.");
        var run = new Run(row, settings);
        try
        {
            return row.Effect switch
            {
                CreateThread create => await CreateThreadAsync(run, create, cancellation),
                CreateChannel create => await CreateChannelAsync(run, create, cancellation),
                OpenDirectMessages open => await OpenDirectMessagesAsync(run, open, cancellation),
                PostCard post => await PostCardAsync(run, post, cancellation),
                EditCard edit => await EditCardAsync(edit, cancellation),
                RefreshCard { Information: true } => await RefreshInformationAsync(run, cancellation),
                RefreshCard => await RefreshCardAsync(run, cancellation),
                PostPanel post => await PostPanelAsync(run, post, cancellation),
                ChangeSettings change => await ChangeSettingsAsync(run, change, cancellation),
                CreateCategory create => await CreateCategoryAsync(run, create, cancellation),
                MakeRoom make => await MakeRoomAsync(run, make, cancellation),
                RemoveCategory remove => await RemoveCategoryAsync(run, remove, cancellation),
                TakeDownPanels => await TakeDownPanelsAsync(run, cancellation),
                CloseThread close => await CloseThreadAsync(run, close, cancellation),
                ReopenThread reopen => await ReopenThreadAsync(run, reopen, cancellation),
                DeleteChannel delete => await DeleteHomeAsync(run, delete.Channel, cancellation),
                DeleteThread delete => await DeleteHomeAsync(run, delete.Thread, cancellation),
                GuardChannel guard => await GuardChannelAsync(run, guard, cancellation),
                CreateVoiceChannel create => await CreateVoiceChannelAsync(run, create, cancellation),
                EndCall end => await EndCallAsync(run, end, cancellation),
                MoveChannel move => await MoveChannelAsync(run, move, cancellation),
                ShutChannel shut => await ShutChannelAsync(run, shut, cancellation),
                RenameHome rename => await RenameHomeAsync(run, rename, cancellation),
                DeleteMessage delete => await DeleteMessageAsync(delete, cancellation),
                AddThreadMember add => await AddThreadMemberAsync(run, add, cancellation),
                ShowChannelTo show => await ShowChannelAsync(show, cancellation),
                RemoveThreadMember remove => await RemoveThreadMemberAsync(run, remove, cancellation),
                HideChannelFrom hide => await HideChannelAsync(run, hide, cancellation),
                SendDirectMessage send => await SendDirectMessageAsync(run, send, cancellation),
                Answer answer => await AnswerAsync(run, answer, cancellation),
                _ => throw new InvalidOperationException($"No runner of {row.Effect.GetType().Name}."),
            };
        }
        catch (DiscordApiException refused) when (!Failures.IsPassing(refused))
        {
            return await ExplainAsync(run, refused, cancellation);
        }
    }

    // An attempt is recorded before it is made: a row that has begun and not ended is looked for before it is made again.
    private Task BeginAsync(Run run, CancellationToken cancellation) => store.BeginEffectAsync(run.Row.Id, time.GetUtcNow(), cancellation);

    private async Task<Ticket?> TicketOfAsync(Run run, CancellationToken cancellation) =>
        run.Row.Ticket is { } number ? await store.FindTicketAsync(new TicketKey(run.Row.Guild, number), cancellation) : null;

    private async Task<Outcome> ExplainAsync(Run run, DiscordApiException refused, CancellationToken cancellation)
    {
        var reason = Failures.ReasonOf(refused);
        if (reason != FailureReason.MissingPermission || PermissionDiagnosis.NeedsOf(run.Row.Effect, run.Settings) is not { } needs) return new CannotBeDone(reason, refused.Message);
        try
        {
            var found = await PermissionDiagnosis.FindAsync(rest, new Snowflake(run.Row.Guild.Value), guilds.Self, needs, time.GetUtcNow(), cancellation);
            return new CannotBeDone(reason, refused.Message, found.Missing, found.Role);
        }
        catch (Exception failure) when (failure is DiscordApiException || Failures.IsPassing(failure))
        {
            return new CannotBeDone(reason, refused.Message);
        }
    }

    private static Snowflake Id(ChannelId channel) => new(channel.Value);

    private static Snowflake Id(UserId user) => new(user.Value);

    private static string Reason(Run run) => run.Row.Ticket is { } number ? $"Usher ticket {number}" : "Usher";

    private sealed record Run(EffectRow Row, DeskSettings Settings);
}
