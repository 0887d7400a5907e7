namespace Usher.Sandbox.Wire.Rest;

/// <summary>Every route the box knows. What is not here is answered with 501.</summary>
internal static class Routes
{
    public static IReadOnlyList<RestRoute> All { get; } =
    [
        .. IdentityRoutes.All, .. CommandRoutes.All, .. GuildRoutes.All, .. MemberRoutes.All, .. ChannelRoutes.All,
        .. MessageRoutes.All, .. ReactionRoutes.All, .. ThreadRoutes.All, .. InteractionRoutes.All,
    ];
}
