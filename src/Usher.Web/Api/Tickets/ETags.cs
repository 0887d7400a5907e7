using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Usher.Web.Api.Tickets;

/// <summary>
/// A ticket's ETag: its version, which is what a change is meant for, and a mark of what is told with it and changes by itself: its link ends, its department gets another name.
/// </summary>
internal static class ETags
{
    private const char Parting = '-';
    private const int BytesOfMark = 4;

    /// <summary>The tag of a ticket as somebody is told of it.</summary>
    internal static string Of(TicketView ticket)
    {
        var beside = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{ticket.Url}\n{ticket.UrlExpiresAt:O}\n{ticket.DepartmentName}"));
        return string.Create(CultureInfo.InvariantCulture, $"\"{ticket.Version}{Parting}{Convert.ToHexStringLower(SHA256.HashData(beside).AsSpan(0, BytesOfMark))}\"");
    }

    /// <summary>Whether an <c>If-None-Match</c> names the ticket as it is told.</summary>
    internal static bool Names(string header, TicketView ticket)
    {
        if (header.Length == 0) return false;
        var tag = Of(ticket);
        return header == "*" || header.Split(',').Any(one => Strong(one.Trim()) == tag);
    }

    /// <summary>The version that a tag is of; null when it is the tag of no ticket. The version alone between its marks is one, too.</summary>
    internal static int? VersionIn(string tag)
    {
        var strong = Strong(tag);
        if (strong.Length <= 2 || strong[0] != '"' || strong[^1] != '"') return null;
        var words = strong.AsSpan(1, strong.Length - 2);
        var version = words.IndexOf(Parting) is var end and >= 0 ? words[..end] : words;
        return int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    // Whatever compresses an answer on its way makes its tag a weak one, and means the same ticket.
    private static string Strong(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
}
