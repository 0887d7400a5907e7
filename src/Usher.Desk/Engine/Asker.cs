using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Texts;

namespace Usher.Desk.Engine;

/// <summary>Answers whoever waits to hear how something ended, once it did.</summary>
internal static class AskerAnswers
{
    /// <summary>This, and whoever waits is told: by the answer to their click or command, or where they typed.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="asker">Who waits; null when nobody does.</param>
    /// <param name="context">The settings.</param>
    /// <param name="words">What is said, in a language.</param>
    internal static Decision Hears(this Decision decision, Asker? asker, Context context, Func<Language, string> words) => asker switch
    {
        { Via: { } via } => decision.Then(new Answer(via, new Tell(Card.Saying(words(asker.Language ?? context.Public))))),
        { TypedIn: { } channel } => decision.Then(new PostCard(channel, Card.Saying(words(context.Public)), Mentions.None, PostPurpose.Line)),
        _ => decision,
    };
}
