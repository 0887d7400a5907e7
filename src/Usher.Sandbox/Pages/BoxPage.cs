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
    public static void MapPage(this Box box, Action? newWorld = null)
    {
        ArgumentNullException.ThrowIfNull(box);
        var reads = new ReadStates(box.World.Time.GetUtcNow());
        var payloads = new Payloads(box.World);
        new PageEndpoints(box, payloads, reads, newWorld).Map(box.Endpoints);
    }
}
