using System.Text.Json;
using Microsoft.Extensions.Logging;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Values;
using Usher.Discord.Gateway;
using Usher.Discord.Json;
using Usher.Discord.Rest;
using Usher.Engine.Deciding;
using Usher.Engine.Guilds;
using Usher.Engine.Outgoing;
using Usher.Storage;
using Reply = Usher.Desk.Effects.Reply;

namespace Usher.Engine.Intake;

/// <summary>Reads what people click and type after a slash, and sees that each of them is answered in time, whatever comes of it.</summary>
public sealed partial class InteractionIntake(
    Translator translator, Decider decider, InteractionAnswers answers, DeskStore store, StorePatience patience, GuildDirectory guilds, Members members, TimeProvider time, ILogger<InteractionIntake> log)
{
    /// <summary>Takes a click or command that Discord tells of; done when it is decided and answered.</summary>
    public Task TakeAsync(GatewayEvent e, CancellationToken cancellation)
    {
        var interaction = e.Read(DiscordJson.Default.Interaction);
        // Discord told its person long ago that it failed, unless it was answered: then what came of it is stored, or it was refused. Decided now, it would be
        // decided in a state of things that they did not click in.
        if (e.IsReplay && time.GetUtcNow() - interaction.Id.CreatedAt > InteractionAnswers.FirstAnswerWithin)
        {
            LogTooLate(interaction.Id.Value);
            return Task.CompletedTask;
        }
        var translation = translator.From(interaction);
        var asked = translation.Order?.Interaction ?? new InteractionRef(interaction.Id.Value, interaction.Token, interaction.Id.CreatedAt, null);
        var language = Languages.FromLocale(interaction.Locale) ?? Language.English;
        if (translation.Sentence is { } sentence)
            return AnswerQuietlyAsync(asked, new Tell(Card.Saying(sentence)), cancellation);
        if (translation.Order is not { } order) return Task.CompletedTask;
        var givenUp = answers.Expect(asked, language, e.Data.ToArray());
        return DecideAndAnswerAsync(order, asked, interaction.GuildId is null, givenUp, cancellation);
    }

    /// <summary>Decides an interaction that an earlier run deferred but did not decide.</summary>
    public async Task TakeDeferredAsync(byte[] payload, CancellationToken cancellation)
    {
        var interaction = JsonSerializer.Deserialize(payload, DiscordJson.Default.Interaction)!;
        var translation = translator.From(interaction);
        if (translation.Order is not { } order)
        {
            await store.MarkDoneAsync(Translator.KeyOf(interaction), time.GetUtcNow(), cancellation);
            answers.Settle(interaction.Id.Value);
            return;
        }
        answers.ExpectDeferred(order.Interaction!);
        await DecideAndAnswerAsync(order, order.Interaction!, interaction.GuildId is null, cancellation, cancellation);
    }

    private async Task DecideAndAnswerAsync(Order order, InteractionRef asked, bool isDirect, CancellationToken givenUp, CancellationToken cancellation)
    {
        Reply? direct;
        try
        {
            direct = ReplyOf(await DecideOrPromiseAsync(order, asked, isDirect, givenUp, cancellation));
        }
        catch (OperationCanceledException) when (givenUp.IsCancellationRequested)
        {
            return;
        }
        catch (StoreUnavailableException failure)
        {
            if (givenUp.IsCancellationRequested) return;
            patience.Tell(failure);
            direct = new Tell(Card.Saying(LanguageOf(order).Say("refusal.busy")));
        }
        catch (Exception unasked) when (unasked is DiscordUnavailableException or DiscordRateLimitedException or DiscordApiException or TimeoutException or HttpRequestException)
        {
            LogRolesUnknown(asked.Id, unasked.Message);
            direct = new Tell(Card.Saying(LanguageOf(order).Say("refusal.roles_unknown")));
        }
        if (direct is not null && !await AnswerQuietlyAsync(asked, direct, cancellation))
            await patience.WaitAsync(() => decider.EndWithAsync(order, direct, cancellation), cancellation);
        answers.Settle(asked.Id);
    }

    // What the database cannot take for now is done when it can, once that is promised.
    private async Task<Result> DecideOrPromiseAsync(Order order, InteractionRef asked, bool isDirect, CancellationToken givenUp, CancellationToken cancellation)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(givenUp, cancellation);
        try
        {
            return await DecideAsync(order, isDirect, both.Token);
        }
        catch (StoreUnavailableException failure) when (failure.Passes)
        {
            patience.Tell(failure);
            if (!await answers.PromiseAsync(asked, cancellation)) throw;
        }
        givenUp.ThrowIfCancellationRequested();
        return await patience.WaitAsync(() => DecideAsync(order, isDirect, cancellation), cancellation);
    }

    private async Task<Result> DecideAsync(Order order, bool isDirect, CancellationToken cancellation)
    {
        if (isDirect && translator.TakesRoles(order.Command)) order = order with { Actor = await WithRolesAsync(order.Guild, order.Actor, cancellation) };
        return await decider.DecideAsync(order, cancellation);
    }

    // Somebody who is not in the guild has no roles there.
    private async Task<Actor> WithRolesAsync(GuildId guild, Actor actor, CancellationToken cancellation) =>
        await members.FindAsync(guild, actor.User, cancellation) is { } member ? actor with { Roles = member.Roles, IsAdministrator = member.IsAdministrator } : actor;

    private Language LanguageOf(Order order) => order.Actor.Language ?? guilds.SettingsOf(order.Guild)?.Language ?? Language.English;

    private static Reply? ReplyOf(Result result) => result switch
    {
        Result.Accepted accepted => accepted.Direct,
        Result.Refused refused => new Tell(Card.Saying(refused.Refusal.Sentence)),
        _ => null,
    };

    // An answer that stores nothing is given once; when it fails the person clicks again. False when they were told to wait.
    private async Task<bool> AnswerQuietlyAsync(InteractionRef asked, Reply reply, CancellationToken cancellation)
    {
        try
        {
            return await answers.AnswerUnlessDeferredAsync(asked, reply, cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogNotAnswered(asked.Id, failure.Message);
            return true;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Interaction {Interaction} is told again after its three seconds and is left alone.")]
    private partial void LogTooLate(ulong interaction);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Interaction {Interaction} was not decided, for Discord did not say which roles its person has: {Why}")]
    private partial void LogRolesUnknown(ulong interaction, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Interaction {Interaction} was not answered: {Why}")]
    private partial void LogNotAnswered(ulong interaction, string why);
}
