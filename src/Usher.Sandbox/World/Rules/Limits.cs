namespace Usher.Sandbox.World.Rules;

/// <summary>Discord's numbers. <see href="https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes"/></summary>
internal static class Limits
{
    public const int ChannelsOfCategory = 50;
    public const int Roles = 250;
    public const int NameLength = 100;
    public const int TopicLength = 1024;
    public const int ForumTopicLength = 4096;
    public const int ContentLength = 2000;
    public const int PersonsContentLength = 4000;
    public const int Embeds = 10;
    public const int EmbedsLength = 6000;
    public const int Attachments = 10;
    public const int ComponentsOfV2 = 40;
    public const int TextOfV2 = 4000;
    public const int Pins = 250;
    public const int Reactions = 20;
    public const int Overwrites = 1000;
    public const int ThreadMembers = 1000;
    public const int Slowmode = 21_600;
    public const int NonceLength = 25;
    public const int GlobalCommands = 100;

    /// <summary>Renaming or re-topicing a channel: two in ten minutes, whatever the bucket says.</summary>
    public const int Renames = 2;

    public static readonly TimeSpan RenameWindow = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan InteractionDeadline = TimeSpan.FromSeconds(3);
    public static readonly TimeSpan InteractionLife = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan NonceMemory = TimeSpan.FromMinutes(5);
    public static readonly int[] AutoArchiveDurations = [60, 1440, 4320, 10080];
}
