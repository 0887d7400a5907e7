using Usher.Discord.Model;

namespace Usher.Web.Transcripts.Parts;

/// <summary>
/// Finds Usher's copy of what an embed or component shows. Discord rewrites <c>attachment://name</c> to an address that holds the attachment's id:
/// <c>…/attachments/&lt;channel&gt;/&lt;attachment&gt;/name</c>. See <see href="https://discord.com/developers/docs/reference#uploading-files"/>.
/// </summary>
internal sealed class MediaSource(Message message, IReadOnlyDictionary<Snowflake, AttachmentCopy> copies)
{
    private const string Scheme = "attachment://";
    private const string Folder = "/attachments/";

    private HashSet<Snowflake>? _shown;

    /// <summary>The copy of an attachment; <c>null</c> when the archive knows of none. Counts as showing it.</summary>
    public AttachmentCopy? Show(Snowflake attachment)
    {
        (_shown ??= []).Add(attachment);
        return copies.GetValueOrDefault(attachment);
    }

    /// <summary>Whether something of the message has shown the attachment already.</summary>
    public bool WasShown(Snowflake attachment) => _shown?.Contains(attachment) == true;

    /// <summary>The id of the attachment that an address means; <c>null</c> when it means something else.</summary>
    public Snowflake? AttachmentOf(string? address)
    {
        if (address is null) return null;
        if (address.StartsWith(Scheme, StringComparison.Ordinal))
        {
            var name = address.AsSpan(Scheme.Length);
            foreach (var attachment in message.Attachments)
            {
                if (name.SequenceEqual(attachment.Filename)) return attachment.Id;
            }

            return null;
        }

        var folder = address.IndexOf(Folder, StringComparison.Ordinal);
        if (folder < 0) return null;
        var path = address.AsSpan(folder + Folder.Length);
        var slash = path.IndexOf('/');
        if (slash < 0) return null;
        path = path[(slash + 1)..];
        slash = path.IndexOf('/');
        return slash > 0 && Snowflake.TryParse(path[..slash], null, out var id) ? id : null;
    }
}
