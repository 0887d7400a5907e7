using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Texts;
using Usher.Discord.Model;
using Usher.Discord.Rest;
using Usher.Engine.Observing;

namespace Usher.Engine.Outgoing;

// What the database cannot take for now is kept beside it: the answer is a promise, and what comes of the click later stands where the promise stood.
public sealed partial class InteractionAnswers
{
    /// <summary>The database cannot be used for now: whoever clicked is told that it will be done, and it is kept so that it will be.</summary>
    /// <returns>False when it cannot be promised.</returns>
    public async Task<bool> PromiseAsync(InteractionRef asked, CancellationToken cancellation)
    {
        if (!_asked.TryGetValue(asked.Id, out var entry)) return false;
        await entry.Gate.WaitAsync(cancellation);
        try
        {
            return entry.State == AnswerState.Deferred || (entry.State == AnswerState.Fresh && await PromiseInTurnAsync(asked, entry));
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    /// <summary>What was asked has been dealt with: it need not be kept any more.</summary>
    public void Settle(ulong interaction) => kept.Forget(interaction);

    private async Task<bool> PromiseInTurnAsync(InteractionRef asked, Asked entry)
    {
        if (!kept.Keep(asked.Id, entry.Payload.Span)) return false;
        var promise = Data(Card.Saying(entry.Language.Say("refusal.kept")), ephemeral: true);
        try
        {
            await rest.RespondAsync(new Snowflake(asked.Id), asked.Token, IsSilent(asked) ? InteractionResponse.DeferUpdate() : InteractionResponse.Reply(promise));
            entry.State = AnswerState.Deferred;
            DeskMetrics.Answered(time.GetUtcNow() - asked.At, "kept");
        }
        catch (DiscordApiException refused) when (refused.Code == ErrorCode.InteractionAlreadyAcknowledged)
        {
            entry.State = AnswerState.Deferred;
            return true;
        }
        catch (Exception failure)
        {
            // Nothing was promised, so nothing is owed.
            LogNotDeferred(asked.Id, failure);
            kept.Forget(asked.Id);
            return false;
        }
        if (IsSilent(asked)) await SayBesideAsync(asked, promise);
        return true;
    }

    // The clicked message stays as it is until it can show what became of the click.
    private async Task SayBesideAsync(InteractionRef asked, InteractionResponseData words)
    {
        try
        {
            await rest.CreateFollowUpAsync(guilds.Application, asked.Token, words);
        }
        catch (Exception failure)
        {
            LogNotDeferred(asked.Id, failure);
        }
    }
}
