using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.World.Rules;

namespace Usher.Sandbox.World;

/// <summary>A file to be attached.</summary>
/// <param name="Filename">Its name.</param>
/// <param name="ContentType">Its media type, where the sender said it.</param>
/// <param name="Bytes">The file itself.</param>
/// <param name="Description">The alternative text.</param>
public sealed record NewFile(string Filename, string? ContentType, ReadOnlyMemory<byte> Bytes, string? Description = null);

/// <summary>A message that is to be written; its form has been checked, its right to be there has not.</summary>
internal sealed record MessageDraft
{
    public string Content { get; init; } = "";
    public JsonElement Embeds { get; init; }
    public JsonElement Components { get; init; }
    public IReadOnlyList<NewFile> Files { get; init; } = [];
    public MessageFlags Flags { get; init; }
    public MentionFilter Mentions { get; init; } = MentionFilter.All;
    public MessageState? ReplyTo { get; init; }
    public JsonElement Nonce { get; init; }
    public bool EnforceNonce { get; init; }
    public bool Tts { get; init; }
}

/// <summary>How a message is to be changed; what is not set stays.</summary>
internal sealed record MessageEdit
{
    public Change<string?> Content { get; init; }
    public Change<JsonElement> Embeds { get; init; }
    public Change<JsonElement> Components { get; init; }
    public MessageFlags? Flags { get; init; }
    public MentionFilter? Mentions { get; init; }
    public IReadOnlySet<Snowflake>? KeptFiles { get; init; }
    public IReadOnlyList<NewFile> Files { get; init; } = [];
}

/// <summary>What Discord itself decides about a message that is written.</summary>
internal sealed record PostOptions
{
    public static PostOptions Plain { get; } = new();

    public Snowflake? Id { get; init; }
    public MessageType Type { get; init; } = MessageType.Default;
    public UserState? EphemeralFor { get; init; }
    public InteractionState? Interaction { get; init; }
    public bool Loading { get; init; }
    public ReferenceState? Reference { get; init; }
}
