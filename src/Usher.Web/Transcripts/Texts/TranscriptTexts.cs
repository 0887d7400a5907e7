using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Usher.Web.Transcripts.Texts;

/// <summary>
/// The transcript's own words in one language, read from the JSON file of that name beside this one. A file that lacks a word, or has one too many, does not load;
/// <c>{0}</c> and <c>{1}</c> are places that the page fills. The first six are patterns of dates, see <see cref="TranscriptDates"/>.
/// </summary>
internal sealed record TranscriptTexts
{
    private const string Fallback = "en-US";

    private static readonly FrozenDictionary<string, TranscriptTexts> Languages =
        new[] { Fallback, "fr", "pt-BR", "zh-TW" }.ToFrozenDictionary(locale => locale, Load, StringComparer.OrdinalIgnoreCase);

    /// <summary>The locales there are words for.</summary>
    public static IEnumerable<string> Locales => Languages.Keys;

    /// <summary>The words for a locale; English for any that is not known.</summary>
    public static TranscriptTexts For(string? locale) => locale is not null && Languages.TryGetValue(locale, out var texts) ? texts : Languages[Fallback];

    /// <summary>The language's name, as HTML and .NET write it.</summary>
    [JsonIgnore]
    public string Locale { get; private init; } = Fallback;

    /// <summary>Names of months and days, and how numbers are grouped.</summary>
    [JsonIgnore]
    public CultureInfo Culture { get; private init; } = CultureInfo.InvariantCulture;

    public required string DateShort { get; init; }
    public required string DateLong { get; init; }
    public required string DateFull { get; init; }
    public required string TimeShort { get; init; }
    public required string TimeMedium { get; init; }
    public required string DateAndTime { get; init; }
    public required string Ticket { get; init; }
    public required string Open { get; init; }
    public required string Closed { get; init; }
    public required string About { get; init; }
    public required string OpenedBy { get; init; }
    public required string OpenedAt { get; init; }
    public required string ClosedBy { get; init; }
    public required string ClosedAt { get; init; }
    public required string Reason { get; init; }
    public required string TimesAreUtc { get; init; }
    public required string Conversation { get; init; }
    public required string ToEnd { get; init; }
    public required string ToStart { get; init; }
    public required string Summary { get; init; }
    public required string Participants { get; init; }
    public required string OneMessage { get; init; }
    public required string Messages { get; init; }
    public required string NoMessages { get; init; }
    public required string MadeBy { get; init; }
    public required string App { get; init; }
    public required string Staff { get; init; }
    public required string Opener { get; init; }
    public required string Edited { get; init; }
    public required string Earlier { get; init; }
    public required string NoText { get; init; }
    public required string DeletedAt { get; init; }
    public required string RedactedBy { get; init; }
    public required string Pinned { get; init; }
    public required string ReplyTo { get; init; }
    public required string OriginalGone { get; init; }
    public required string SeeAttachment { get; init; }
    public required string Forwarded { get; init; }
    public required string UsedCommand { get; init; }
    public required string UsedComponent { get; init; }
    public required string SentForm { get; init; }
    public required string Spoiler { get; init; }
    public required string ShowSpoiler { get; init; }
    public required string File { get; init; }
    public required string Image { get; init; }
    public required string NotKept { get; init; }
    public required string CopyPending { get; init; }
    public required string CopyTooLarge { get; init; }
    public required string CopyGone { get; init; }
    public required string CopyFailed { get; init; }
    public required string CopyErased { get; init; }
    public required string NotLoaded { get; init; }
    public required string Sticker { get; init; }
    public required string Poll { get; init; }
    public required string OneVote { get; init; }
    public required string Votes { get; init; }
    public required string PollEnds { get; init; }
    public required string PollFinal { get; init; }
    public required string Choose { get; init; }
    public required string UnknownComponent { get; init; }
    public required string UnknownUser { get; init; }
    public required string UnknownRole { get; init; }
    public required string UnknownChannel { get; init; }
    public required string AMessage { get; init; }
    public required string Added { get; init; }
    public required string Removed { get; init; }
    public required string Joined { get; init; }
    public required string Left { get; init; }
    public required string Renamed { get; init; }
    public required string PinnedMessage { get; init; }
    public required string StartedThread { get; init; }
    public required string StartedCall { get; init; }
    public required string JoinedGuild { get; init; }
    public required string Boosted { get; init; }
    public required string SystemMessage { get; init; }
    public required string Bytes { get; init; }
    public required string Kilobytes { get; init; }
    public required string Megabytes { get; init; }
    public required string LinkEnded { get; init; }
    public required string LinkEndedWhy { get; init; }
    public required string NoTranscript { get; init; }
    public required string NoTranscriptWhy { get; init; }
    public required string NoFile { get; init; }
    public required string NoFileWhy { get; init; }
    public required string Starting { get; init; }
    public required string StartingWhy { get; init; }
    public required string Away { get; init; }
    public required string AwayWhy { get; init; }
    public required string CopyRefused { get; init; }
    public required string CopyNoRoom { get; init; }
    public required string FileAway { get; init; }
    public required string FileAwayWhy { get; init; }
    public required string ContentRemoved { get; init; }
    public required string OpenerErased { get; init; }
    public required string DataTitle { get; init; }
    public required string DataWhy { get; init; }
    public required string DataFetch { get; init; }
    public required string DataEnded { get; init; }
    public required string NoData { get; init; }
    public required string NoDataWhy { get; init; }
    public required string DataBusy { get; init; }
    public required string DataBusyWhy { get; init; }

    private static TranscriptTexts Load(string locale)
    {
        using var file = typeof(TranscriptTexts).Assembly.GetManifestResourceStream($"Transcripts/Texts/{locale}.json")
            ?? throw new InvalidOperationException($"The words of the transcript in {locale} are not built in.");
        var texts = JsonSerializer.Deserialize(file, TranscriptTextsJson.Default.TranscriptTexts)!;
        return texts with { Locale = locale, Culture = CultureInfo.GetCultureInfo(locale) };
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(TranscriptTexts))]
internal sealed partial class TranscriptTextsJson : JsonSerializerContext;
