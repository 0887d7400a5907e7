using Usher.Desk.Effects;
using Usher.Desk.Texts;

namespace Usher.Desk.Cards;

/// <summary>Says to staff why something could not be done, and what mends it.</summary>
internal static class FailureWords
{
    internal static string Why(CannotBeDone cannot, Language language) => cannot.Reason switch
    {
        FailureReason.MissingPermission when cannot.Missing.Count > 0 => language.Say(
            "failure.staff.permission_named",
            ("permissions", string.Join(", ", cannot.Missing.Select(p => $"**{p}**"))),
            ("role", cannot.MissingFor?.Mention ?? language.Say("who.the_bot"))),
        FailureReason.Refused => language.Say("failure.staff.Refused", ("detail", cannot.Detail)),
        _ => language.Say($"failure.staff.{cannot.Reason}"),
    };
}
