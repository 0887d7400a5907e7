using System.Text.Json;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Cast;

/// <summary>What came of a click, a choice, a form or a command.</summary>
/// <param name="Interaction">The interaction.</param>
public sealed record Asked(InteractionState Interaction)
{
    /// <summary>Whether nobody answered within three seconds: «This interaction failed».</summary>
    public bool Failed => Interaction.Status == InteractionStatus.Failed;

    /// <summary>The form that opened; null when none did.</summary>
    public JsonElement? Modal => Interaction.Modal;

    /// <summary>All that was said in answer: the first message (once it is there) and the follow-ups, a text each.</summary>
    public IReadOnlyList<string> Answers =>
        [.. new[] { Interaction.Original }.Concat(Interaction.FollowUps).OfType<MessageState>().Where(m => !m.Flags.HasFlag(Discord.Model.MessageFlags.Loading)).Select(Person.TextOf)];

    /// <summary>The answer's text; empty while there is none.</summary>
    public string Text => string.Join('\n', Answers);

    /// <summary>Whether only the person who asked sees the answer.</summary>
    public bool IsPrivate => Interaction.Original?.EphemeralFor is not null;
}
