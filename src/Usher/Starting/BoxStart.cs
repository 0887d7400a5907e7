using Usher.Sandbox;
using Usher.Sandbox.Pages;

namespace Usher.Starting;

/// <summary>Starts a box with its page.</summary>
internal static class BoxStart
{
    /// <summary>Starts it.</summary>
    /// <param name="options">How it is set up.</param>
    /// <param name="cancellationToken">Stops starting.</param>
    /// <param name="map">Maps what else is served on the box's port.</param>
    /// <param name="newWorld">What the page does when somebody wants a world made anew; without it nobody is offered one.</param>
    /// <param name="front">A page of our own that the box's links to.</param>
    /// <exception cref="CannotStartException">The port or the journal's file cannot be had.</exception>
    internal static async Task<Box> BeginAsync(BoxOptions options, CancellationToken cancellationToken, Action<IEndpointRouteBuilder>? map = null, Action? newWorld = null, PageFront? front = null)
    {
        try
        {
            return await Box.StartAsync(options, cancellationToken, box =>
            {
                box.MapPage(newWorld, front);
                map?.Invoke(box.Endpoints);
            });
        }
        catch (Exception failure) when (WebServer.Sentence(failure, options.Port) is { } sentence)
        {
            throw new CannotStartException(sentence, inner: failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException && options.JournalFile is not null)
        {
            throw new CannotStartException($"The journal {options.JournalFile} cannot be written: {failure.Message}", inner: failure);
        }
    }
}
