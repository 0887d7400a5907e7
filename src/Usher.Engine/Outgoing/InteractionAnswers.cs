using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Texts;
using Usher.Discord.Model;
using Usher.Discord.Rest;
using Usher.Engine.Guilds;
using Usher.Engine.Observing;
using Usher.Engine.Queue;
using Usher.Storage;

namespace Usher.Engine.Outgoing;

/// <summary>
/// Answers each click, slash command and sent form once and on time. What is not answered within a second and a half is deferred,
/// but only after the click itself is stored: whatever Discord saw acknowledged is done, also by the next start. While the database
/// cannot be used it is kept in a file, and whoever clicked is told that it will be done.
/// </summary>
/// <remarks>https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction</remarks>
public sealed partial class InteractionAnswers(DiscordRest rest, DeskStore store, GuildDirectory guilds, KeptClicks kept, TimeProvider time, Activity activity, ILogger<InteractionAnswers> log)
{
    private static readonly TimeSpan DeferAfter = TimeSpan.FromMilliseconds(1500);
    private static readonly TimeSpan StoringTakesAtMost = TimeSpan.FromMilliseconds(800);
    internal static readonly TimeSpan FirstAnswerWithin = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<ulong, Asked> _asked = new();

    /// <summary>Somebody asked: from now on an answer is owed.</summary>
    /// <param name="asked">What to answer.</param>
    /// <param name="language">In which language, when nothing but an apology can be said.</param>
    /// <param name="payload">The event as Discord sent it, to be stored before a deferral or a promise.</param>
    /// <returns>Cancelled when the answer has been given up, so that nothing is done behind the person's back.</returns>
    public CancellationToken Expect(InteractionRef asked, Language language, ReadOnlyMemory<byte> payload)
    {
        var entry = new Asked { Language = language, Payload = payload };
        _asked[asked.Id] = entry;
        var age = time.GetUtcNow() - asked.At;
        var due = age >= TimeSpan.Zero && age < DeferAfter ? DeferAfter - age : age < TimeSpan.Zero ? DeferAfter : TimeSpan.Zero;
        entry.Timer = time.CreateTimer(_ => Defer(asked, entry), null, due, Timeout.InfiniteTimeSpan);
        return entry.GivenUp.Token;
    }

    /// <summary>Somebody asked before the last stop and was told to wait.</summary>
    public void ExpectDeferred(InteractionRef asked) => _asked[asked.Id] = new Asked { State = AnswerState.Deferred };

    /// <summary>Answers.</summary>
    /// <param name="asked">What is answered.</param>
    /// <param name="reply">The answer.</param>
    /// <param name="card">The ticket's card, for <see cref="ShowTicket"/>.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>False when it came too late to be seen.</returns>
    public async Task<bool> AnswerAsync(InteractionRef asked, Reply reply, Card? card, CancellationToken cancellation)
    {
        var entry = _asked.GetOrAdd(asked.Id, _ => new Asked { State = AfterRestart(asked) });
        await entry.Gate.WaitAsync(cancellation);
        try
        {
            if (time.GetUtcNow() - asked.At >= InteractionRef.Life) return false;
            return await AnswerInTurnAsync(asked, entry, reply, card, cancellation);
        }
        finally
        {
            entry.Gate.Release();
            if (entry.State == AnswerState.Answered) Forget(asked);
        }
    }

    /// <summary>Answers with what nothing is stored for, unless the person was told to wait: then the click is stored, and its answer must be stored with its end.</summary>
    /// <param name="asked">What is answered.</param>
    /// <param name="reply">The answer.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>False when the person was told to wait and was not answered.</returns>
    public async Task<bool> AnswerUnlessDeferredAsync(InteractionRef asked, Reply reply, CancellationToken cancellation)
    {
        var entry = _asked.GetOrAdd(asked.Id, _ => new Asked { State = AfterRestart(asked) });
        await entry.Gate.WaitAsync(cancellation);
        try
        {
            if (entry.State == AnswerState.Deferred) return false;
            await AnswerInTurnAsync(asked, entry, reply, null, cancellation);
            return true;
        }
        finally
        {
            entry.Gate.Release();
            if (entry.State == AnswerState.Answered) Forget(asked);
        }
    }

    private async Task<bool> AnswerInTurnAsync(InteractionRef asked, Asked entry, Reply reply, Card? card, CancellationToken cancellation)
    {
        if (entry.State == AnswerState.Fresh)
        {
            try
            {
                await rest.RespondAsync(new Snowflake(asked.Id), asked.Token, Response(reply, card), cancellationToken: cancellation);
                entry.State = AnswerState.Answered;
                DeskMetrics.Answered(time.GetUtcNow() - asked.At, "at once");
                return true;
            }
            // The second: the card was deleted under the click.
            catch (DiscordApiException refused) when (refused.Code == ErrorCode.UnknownInteraction || (refused.Code == ErrorCode.UnknownMessage && reply is ShowTicket or ShowCard))
            {
                entry.State = AnswerState.Answered;
                return false;
            }
            catch (DiscordApiException refused) when (refused.Code == ErrorCode.InteractionAlreadyAcknowledged)
            {
                entry.State = AnswerState.Acknowledged;
            }
        }
        return await FollowAsync(asked, entry, reply, card, cancellation);
    }

    private async Task<bool> FollowAsync(InteractionRef asked, Asked entry, Reply reply, Card? card, CancellationToken cancellation)
    {
        try
        {
            var shown = reply switch
            {
                Tell tell => tell.Card,
                ShowCard show => show.Card,
                // Whoever was told to wait in private clicked something else than the card.
                ShowTicket => IsSilent(asked) ? card : null,
                _ => Card.Saying(Language.English.Say("refusal.late")),
            };
            if (shown is null)
                await rest.DeleteOriginalResponseAsync(guilds.Application, asked.Token, cancellation);
            else if (!IsSilent(asked) || reply is ShowTicket or ShowCard)
                await rest.EditOriginalResponseAsync(guilds.Application, asked.Token, Edit(shown), cancellationToken: cancellation);
            else if (entry.State == AnswerState.Deferred || await StandsOpenAsync(asked, cancellation))
                await rest.CreateFollowUpAsync(guilds.Application, asked.Token, Data(shown, ephemeral: true), cancellationToken: cancellation);
            entry.State = AnswerState.Answered;
            return shown is not null;
        }
        catch (DiscordApiException refused) when (refused.Code is ErrorCode.UnknownWebhook or ErrorCode.UnknownMessage or ErrorCode.InvalidWebhookToken or ErrorCode.UnknownInteraction)
        {
            entry.State = AnswerState.Answered;
            return false;
        }
    }

    // An earlier attempt either told the person, or only that the answer comes later: then the original response is still the clicked message.
    private async Task<bool> StandsOpenAsync(InteractionRef asked, CancellationToken cancellation)
    {
        var original = await rest.GetOriginalResponseAsync(guilds.Application, asked.Token, cancellation);
        return original.Id.Value == asked.Message?.Value;
    }

    private async void Defer(InteractionRef asked, Asked entry)
    {
        activity.Begin();
        try
        {
            await entry.Gate.WaitAsync();
            try
            {
                if (entry.State == AnswerState.Fresh) await DeferInTurnAsync(asked, entry);
                else Forget(asked);
                entry.Timer?.Change(InteractionRef.Life, Timeout.InfiniteTimeSpan);
            }
            finally
            {
                entry.Gate.Release();
            }
        }
        catch (Exception failure)
        {
            LogNotDeferred(asked.Id, failure);
        }
        finally
        {
            activity.End();
        }
    }

    private async Task DeferInTurnAsync(InteractionRef asked, Asked entry)
    {
        if (await TroubleToStoreAsync(asked, entry.Payload) is { } trouble)
        {
            if (trouble.Passes && await PromiseInTurnAsync(asked, entry)) return;
            // Not stored, so not promised: the person is told, and the order is withdrawn.
            entry.GivenUp.Cancel();
            entry.State = AnswerState.Answered;
            await rest.RespondAsync(new Snowflake(asked.Id), asked.Token, Response(new Tell(Card.Saying(entry.Language.Say("refusal.busy"))), null));
            return;
        }
        var defer = IsSilent(asked) ? InteractionResponse.DeferUpdate() : InteractionResponse.Defer(ephemeral: true);
        try
        {
            await rest.RespondAsync(new Snowflake(asked.Id), asked.Token, defer);
            entry.State = AnswerState.Deferred;
            DeskMetrics.Answered(time.GetUtcNow() - asked.At, "deferred");
        }
        catch (DiscordApiException refused) when (refused.Code == ErrorCode.InteractionAlreadyAcknowledged)
        {
            entry.State = AnswerState.Deferred;
        }
        catch (DiscordApiException refused) when (refused.Code == ErrorCode.UnknownInteraction)
        {
            // Too late: nothing was promised, so the next start owes nothing.
            LogNotDeferred(asked.Id, refused);
            await store.ForgetInboxAsync($"i:{asked.Id}", CancellationToken.None);
        }
    }

    // Null when it is stored. A writer that hangs is not waited for: what it stores in the end is known by its key, and done once.
    private async Task<StoreUnavailableException?> TroubleToStoreAsync(InteractionRef asked, ReadOnlyMemory<byte> payload)
    {
        using var patience = new CancellationTokenSource(StoringTakesAtMost, time);
        try
        {
            await store.SaveInboxAsync($"i:{asked.Id}", payload, time.GetUtcNow(), patience.Token).WaitAsync(patience.Token);
            return null;
        }
        catch (StoreUnavailableException failure)
        {
            LogNotStored(asked.Id, failure);
            return failure;
        }
        catch (OperationCanceledException late)
        {
            LogNotStored(asked.Id, late);
            return new StoreUnavailableException(StoreFailure.Locked, "The database takes too long.", late);
        }
    }

    // Only a clicked message can stay as it is.
    private static bool IsSilent(InteractionRef asked) => asked is { Waiting: Waiting.Silently, Message: not null };

    private AnswerState AfterRestart(InteractionRef asked) =>
        time.GetUtcNow() - asked.At < FirstAnswerWithin ? AnswerState.Fresh : AnswerState.Acknowledged;

    private void Forget(InteractionRef asked)
    {
        if (_asked.TryRemove(asked.Id, out var entry)) entry.Timer?.Dispose();
    }

    private static InteractionResponse Response(Reply reply, Card? card) => reply switch
    {
        Tell tell => InteractionResponse.Reply(Data(tell.Card, ephemeral: true)),
        ShowTicket => InteractionResponse.Update(Data(card!, ephemeral: false)),
        ShowCard show => InteractionResponse.Update(Data(show.Card, ephemeral: false)),
        ShowForm show => CardRenderer.Draw(show.Form),
        _ => throw new InvalidOperationException($"No answer of {reply.GetType().Name}."),
    };

    private static InteractionResponseData Data(Card card, bool ephemeral) =>
        InteractionResponseData.Of(ephemeral, CardRenderer.Draw(card)) with { AllowedMentions = AllowedMentions.None };

    private static EditMessageRequest Edit(Card card) => new()
    {
        Components = CardRenderer.Draw(card),
        Flags = MessageFlags.IsComponentsV2,
        AllowedMentions = AllowedMentions.None,
    };

    private enum AnswerState
    {
        Fresh,

        // Told to wait, by this run of the program.
        Deferred,

        // Told to wait or answered, by an attempt whose end nobody saw.
        Acknowledged,
        Answered,
    }

    // Neither holds anything of the system's, and somebody may still wait at the gate when the entry is forgotten.
    [SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "See above.")]
    private sealed class Asked
    {
        public readonly SemaphoreSlim Gate = new(1, 1);
        public readonly CancellationTokenSource GivenUp = new();
        public Language Language = Language.English;
        public ReadOnlyMemory<byte> Payload;
        public volatile AnswerState State;
        public ITimer? Timer;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Interaction {Interaction} could not be deferred.")]
    private partial void LogNotDeferred(ulong interaction, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Interaction {Interaction} could not be stored.")]
    private partial void LogNotStored(ulong interaction, Exception failure);
}
