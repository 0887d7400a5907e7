using System.Security.Cryptography;
using System.Text;

namespace Usher.Storage.Erasing;

/// <summary>What is left of another system's name for a ticket when its opener is erased, since such names often are people's: enough to know it again, so that it is not taken over anew, and nothing to read.</summary>
public static class ErasedSource
{
    private const string Sign = "erased:";

    /// <summary>Whether that is all that is left.</summary>
    public static bool Is(string sourceId) => sourceId.StartsWith(Sign, StringComparison.Ordinal);

    /// <summary>What is left of a name.</summary>
    public static string Of(string sourceId) => Sign + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sourceId)));
}
