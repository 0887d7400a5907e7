namespace Usher.Discord.Gateway;

/// <summary>Completes a gateway address. See https://discord.com/developers/docs/events/gateway#connecting-gateway-url-query-string-params.</summary>
internal static class GatewayAddress
{
    private const string Query = "v=10&encoding=json";

    public static Uri WithQuery(Uri address, bool compress) => new UriBuilder(address)
    {
        Query = compress ? Query + "&compress=zlib-stream" : Query,
        Fragment = "",
    }.Uri;

    /// <summary>Null when the text is no address of a WebSocket.</summary>
    public static Uri? Parse(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "ws" or "wss" ? address : null;
}
