using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire;

/// <summary>Which messages an application reads without the MESSAGE_CONTENT intent. <see href="https://discord.com/developers/docs/events/gateway#message-content-intent"/></summary>
internal static class MessageSight
{
    /// <summary>Its own, those of its interactions, those in DMs, and those that mention it.</summary>
    public static bool MayAlwaysRead(MessageState message, ApplicationState application) =>
        message.Author == application.Bot || message.Channel.IsDm || message.Mentions.Contains(application.Bot) || message.Interaction?.Application == application;
}
