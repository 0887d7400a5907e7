namespace Usher.Discord.Gateway;

/// <summary>
/// Discord refuses the connection for good: trying again would not help until a person has acted. <see cref="Exception.Message"/> is a sentence for
/// that person; it holds neither token nor payload.
/// </summary>
public sealed class GatewayRefusedException : Exception
{
    /// <param name="message">What is wrong and what mends it.</param>
    /// <param name="closeCode">The close code that said so; null when the limit of session starts is used up.</param>
    public GatewayRefusedException(string message, int? closeCode = null) : base(message) => CloseCode = closeCode;

    /// <summary>Discord's close code, 4004 or 4010 to 4014; null when the limit of session starts is used up.</summary>
    public int? CloseCode { get; }

    /// <summary>When another try can succeed by itself; null when a person has to change something first.</summary>
    public DateTimeOffset? ResetsAt { get; init; }
}
