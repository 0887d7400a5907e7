using Usher.Desk.Engine;

namespace Usher.Desk.Features;

/// <summary>Every feature of the desk. A new one is a folder and a line here.</summary>
public static class All
{
    /// <summary>The features, in the order in which they answer each other's facts.</summary>
    public static IReadOnlyList<Feature> Features { get; } =
    [
        Posting.PostingFeature.Feature,
        Opening.OpeningFeature.Feature,
        Queueing.QueueingFeature.Feature,
        Blocking.BlockingFeature.Feature,
        Auditing.AuditingFeature.Feature,
        Asking.AskingFeature.Feature,
        Acting.ActingFeature.Feature,
        Claiming.ClaimingFeature.Feature,
        Replying.ReplyingFeature.Feature,
        Corresponding.CorrespondingFeature.Feature,
        Noting.NotingFeature.Feature,
        Redacting.RedactingFeature.Feature,
        Disclosing.DisclosingFeature.Feature,
        Erasing.ErasingFeature.Feature,
        Retaining.RetainingFeature.Feature,
        Renaming.RenamingFeature.Feature,
        Assigning.AssigningFeature.Feature,
        Prioritising.PrioritisingFeature.Feature,
        Tagging.TaggingFeature.Feature,
        Inviting.InvitingFeature.Feature,
        Transferring.TransferringFeature.Feature,
        Poking.PokingFeature.Feature,
        Configuring.ConfiguringFeature.Feature,
        Calling.CallingFeature.Feature,
        Approving.ApprovingFeature.Feature,
        Closing.ClosingFeature.Feature,
        Confirming.ConfirmingFeature.Feature,
        ArchiveRequesting.ArchiveRequestingFeature.Feature,
        Deleting.DeletingFeature.Feature,
        Reopening.ReopeningFeature.Feature,
        Rating.RatingFeature.Feature,
        Counting.CountingFeature.Feature,
        Leaving.LeavingFeature.Feature,
        Listing.ListingFeature.Feature,
        Transcribing.TranscribingFeature.Feature,
        Searching.SearchingFeature.Feature,
        Alerting.AlertingFeature.Feature,
    ];

    /// <summary>The desk with all of them.</summary>
    public static DeskRules Rules { get; } = new(Features);
}
