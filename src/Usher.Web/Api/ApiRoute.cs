using System.Text.Json.Serialization.Metadata;
using Usher.Web.Api.Wire;

namespace Usher.Web.Api;

/// <summary>A route of the API. The table of them is all that there is: what is served, who may call it, and what is said of it.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path, with <c>{id}</c> for a ticket.</param>
/// <param name="Name">What programs that are generated call it.</param>
/// <param name="Scope">What a key must have been given; null when any key may call it.</param>
/// <param name="Summary">What it does, in a sentence.</param>
/// <param name="Answer">What it is answered with as JSON; null when it gives a file of <see cref="Files"/> instead.</param>
/// <param name="Handle">Does it.</param>
internal sealed record ApiRoute(string Method, string Path, string Name, string? Scope, string Summary, JsonTypeInfo? Answer, Func<ApiCall, Task<ApiAnswer>> Handle)
{
    /// <summary>Under which heading it is told.</summary>
    public string Group { get; init; } = "Tickets";

    /// <summary>What its body holds; null when it has none.</summary>
    public JsonTypeInfo? Body { get; init; }

    /// <summary>Whether it can be left out.</summary>
    public bool BodyIsOptional { get; init; }

    /// <summary>The parameters of its query.</summary>
    public IReadOnlyList<ApiParameter> Query { get; init; } = [];

    /// <summary>The media types that it can be answered with beside JSON.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The status when it is done.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The command that it gives to the desk; null when it gives none.</summary>
    public Type? Command { get; init; }

    /// <summary>Whether it changes what stands beside the desk, which no command does.</summary>
    public bool Administers { get; init; }

    /// <summary>Whether it can change something.</summary>
    public bool Changes => Method != "GET";

    /// <summary>Whether it is about one ticket.</summary>
    public bool IsOnTicket => Path.Contains("{id}", StringComparison.Ordinal);
}

/// <summary>A parameter of a query.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it means.</param>
/// <param name="Choices">The only values; empty for any.</param>
internal sealed record ApiParameter(string Name, string Description, params string[] Choices);
