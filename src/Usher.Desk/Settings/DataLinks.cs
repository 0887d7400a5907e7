namespace Usher.Desk.Settings;

/// <summary>Until when the link to what is kept of somebody shows it: reckoned up whenever somebody opens it, so that a setting that changes holds for every link at once.</summary>
public static class DataLinks
{
    /// <summary>When a link ends.</summary>
    public static DateTimeOffset EndOf(DateTimeOffset madeAt, DeskSettings settings) => madeAt + settings.Privacy.LinksExpireAfter;

    /// <summary>Its address.</summary>
    /// <param name="token">What it ends in.</param>
    /// <param name="publicAddress">The address of this installation.</param>
    public static string AddressOf(string token, string publicAddress) => $"{publicAddress}/api/data/{token}";
}
