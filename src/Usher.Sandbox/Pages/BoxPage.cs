using Usher.Sandbox.Wire.Json;

namespace Usher.Sandbox.Pages;

/// <summary>The page that looks like Discord, put on a box.</summary>
public static class BoxPage
{
    /// <summary>
    /// Serves the page at the box's own address: <c>Box.StartAsync(options, cancellation, box =&gt; box.MapPage())</c>.
    /// </summary>
    /// <param name="box">The box it shows.</param>
    /// <param name="newWorld">Begins to end this world, so that whoever started it makes another on the same port; without it the page offers no reset.</param>
    /// <param name="front">A page of the host's own that the box's links to.</param>
    public static void MapPage(this Box box, Action? newWorld = null, PageFront? front = null)
    {
        ArgumentNullException.ThrowIfNull(box);
        var reads = new ReadStates(box.World.Time.GetUtcNow());
        var payloads = new Payloads(box.World);
        new PageEndpoints(box, payloads, reads, newWorld, front).Map(box.Endpoints);
    }
}

/// <summary>A page of whoever hosts the box, on the box's port.</summary>
/// <param name="Path">Where it is, such as <c>/desks</c>.</param>
/// <param name="Name">What the link to it says.</param>
/// <param name="ComesFirst">Whether <c>/</c> leads there now. An address that says who looks (<c>?as=</c>) leads into the box all the same.</param>
public sealed record PageFront(string Path, string Name, Func<bool> ComesFirst);
