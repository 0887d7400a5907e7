namespace Usher.Engine.Importing;

/// <summary>How far a ticket of another system is, in the words that such systems use.</summary>
internal enum OldStatus
{
    Open,
    Closed,
    Cancelled,

    /// <summary>Closed, and its channel with it.</summary>
    Deleted,
}

internal static class OldStatuses
{
    private static readonly string[] Open =
    [
        "open", "opened", "new", "pending", "active", "reopened", "in_progress", "claimed", "assigned", "on_hold", "ai", "waiting", "waiting_staff", "waiting_user", "aberto", "assumido",
    ];

    private static readonly string[] Closed = ["closed", "resolved", "solved", "done", "completed", "archived", "fechado"];
    private static readonly string[] Cancelled = ["cancelled", "canceled", "cancelado"];

    /// <summary>The status of a row; one that says none is open, one that says another is a fault.</summary>
    public static OldStatus StatusOf(this RowReader row)
    {
        if (row.Text("status", "state")?.Trim() is not { Length: > 0 } written) return row.Flag("closed", "is_closed") ? OldStatus.Closed : OldStatus.Open;
        var word = written.Replace(' ', '_').Replace('-', '_').ToLowerInvariant();
        if (Open.Contains(word)) return OldStatus.Open;
        if (Closed.Contains(word)) return OldStatus.Closed;
        if (Cancelled.Contains(word)) return OldStatus.Cancelled;
        if (word == "deleted") return OldStatus.Deleted;
        row.Fault("status", $"{RowReader.Shown(written)} is no status that is known", "Write open or closed there.");
        return OldStatus.Open;
    }
}
