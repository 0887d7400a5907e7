using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Pages;

/// <summary>
/// The addresses of the page: itself at <c>/</c>, what it reads and does below <c>/box</c>. Each call says with <c>?as=</c> who does it;
/// what the world refuses comes back with Discord's status, code and words.
/// </summary>
internal sealed class PageEndpoints
{
    private readonly DiscordWorld _world;
    private readonly PageObjects _objects;
    private readonly PageDoor _door;
    private readonly PageSnapshot _snapshot;
    private readonly MessageDeeds _messages;
    private readonly PlaceDeeds _places;
    private readonly InteractionDeeds _interactions;
    private readonly WeatherDeeds _weather;
    private readonly JournalStream _journal;
    private readonly Action? _newWorld;
    private readonly PageFront? _front;

    public PageEndpoints(Box box, Payloads payloads, ReadStates reads, Action? newWorld, PageFront? front)
    {
        _world = box.World;
        _objects = new(_world, payloads, reads);
        var people = new People(_world);
        _door = new(_world, people);
        _snapshot = new(_world, _objects, people, canReset: newWorld is not null, front);
        _messages = new(_world, _objects, reads);
        _places = new(_world, _objects);
        _interactions = new(_world, payloads, box.Cast);
        _weather = new(box);
        _journal = new(box.Journal);
        _newWorld = newWorld;
        _front = front;
    }

    /// <summary>Adds the page to a web application.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        new PageAssets().Map(routes, _front);
        var box = routes.MapGroup("/box");
        box.MapGet("/state", _door.Answer(request => _snapshot.Take(request.Viewer)));
        box.MapGet("/events", _door.Stream(Listen));
        MapMessages(box.MapGroup("/channels/{channel}"));
        MapPlaces(box);
        box.MapPost("/interactions", _door.Answer(_interactions.InteractAsync));
        box.MapPost("/autocomplete", _door.Answer(_interactions.CompleteAsync));
        box.MapPost("/modal/dismiss", _door.Do(_interactions.DismissModal));
        MapBox(box);
    }

    private void MapBox(RouteGroupBuilder box)
    {
        box.MapGet("/journal", _door.Stream(request => _journal.ReadAsync(request.Aborted)));
        box.MapGet("/weather", _door.Answer(_weather.Read));
        box.MapPatch("/weather", _door.Do(_weather.ChangeAsync));
        box.MapDelete("/weather", _door.Do(_weather.Clear));
        box.MapPost("/weather/sockets", _door.Do(_weather.TroubleSocketsAsync));
        // The world ends once the page has its answer.
        if (_newWorld is { } newWorld)
        {
            box.MapPost("/reset", _door.Do(request => request.Http.Response.OnCompleted(() =>
            {
                newWorld();
                return Task.CompletedTask;
            })));
        }
    }

    private void MapMessages(RouteGroupBuilder channel)
    {
        channel.MapGet("/messages", _door.Answer(_messages.Read));
        channel.MapGet("/pins", _door.Answer(_messages.ReadPins));
        channel.MapPost("/messages", _door.Answer(_messages.SendAsync));
        channel.MapPatch("/messages/{message}", _door.Do(_messages.EditAsync));
        channel.MapDelete("/messages/{message}", _door.Do(_messages.Delete));
        channel.MapPost("/messages/{message}/ack", _door.Do(_messages.MarkRead));
        channel.MapPost("/messages/{message}/dismiss", _door.Do(_messages.Dismiss));
        channel.MapPost("/typing", _door.Do(_messages.StartTyping));
    }

    private void MapPlaces(RouteGroupBuilder box)
    {
        box.MapDelete("/channels/{channel}", _door.Do(_places.DeleteChannel));
        box.MapPatch("/channels/{channel}", _door.Do(_places.EditThreadAsync));
        box.MapDelete("/channels/{channel}/thread-members/@me", _door.Do(_places.LeaveThread));
        box.MapPost("/dms", _door.Answer(_places.OpenDirectAsync));
        box.MapPost("/guilds/{guild}/leave", _door.Do(_places.Leave));
        box.MapPost("/guilds/{guild}/join", _door.Do(_places.Join));
        box.MapPut("/guilds/{guild}/direct-messages", _door.Do(_places.AllowDirectMessagesAsync));
        box.MapPut("/voice", _door.Do(_places.MoveVoiceAsync));
    }

    /// <summary>Listens from this call on, not from the first reading, until the call is over however it ends.</summary>
    private IAsyncEnumerable<byte[]> Listen(PageRequest request)
    {
        var stream = new PersonStream(_world, _objects, request.Viewer);
        request.Http.Response.RegisterForDispose(stream);
        return stream.ReadAsync(request.Aborted);
    }
}
