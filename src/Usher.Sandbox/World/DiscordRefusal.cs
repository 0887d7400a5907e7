using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Usher.Discord.Model;

namespace Usher.Sandbox.World;

/// <summary>Discord's "no": an HTTP status, a code and a sentence. <see href="https://discord.com/developers/docs/topics/opcodes-and-status-codes#json"/></summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "A refusal without a code does not exist.")]
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "It reads as what it is.")]
public sealed class DiscordRefusal(int status, int code, string message) : Exception(message)
{
    /// <summary>The HTTP status of the answer.</summary>
    public int Status => status;

    /// <summary>Discord's own code.</summary>
    public int Code => code;

    /// <summary>The tree that names each wrong field, of a 50035 only. <see href="https://discord.com/developers/docs/reference#error-messages"/></summary>
    public JsonObject? Errors { get; init; }

    internal static DiscordRefusal NotFound(ErrorCode code, string what) => new(404, (int)code, $"Unknown {what}");

    internal static DiscordRefusal MissingAccess() => new(403, (int)ErrorCode.MissingAccess, "Missing Access");

    internal static DiscordRefusal MissingPermissions() => new(403, (int)ErrorCode.MissingPermissions, "Missing Permissions");

    internal static DiscordRefusal Archived() => new(400, (int)ErrorCode.ArchivedThread, "Thread is archived");

    internal static DiscordRefusal Forbidden(ErrorCode code, string message) => new(403, (int)code, message);

    internal static DiscordRefusal Bad(ErrorCode code, string message) => new(400, (int)code, message);
}

/// <summary>The box was asked for something of Discord that it does not model; it says so (501) and never guesses.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "It always says what is not modelled.")]
public sealed class NotModelledException(string what) : Exception(what);
