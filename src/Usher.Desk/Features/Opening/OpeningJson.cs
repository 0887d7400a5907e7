using System.Text.Json.Serialization;
using Usher.Desk.Tickets;

namespace Usher.Desk.Features.Opening;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TicketOpened))]
[JsonSerializable(typeof(HomeCreated))]
[JsonSerializable(typeof(OpeningFailed))]
[JsonSerializable(typeof(CardPosted))]
[JsonSerializable(typeof(CardLost))]
[JsonSerializable(typeof(HomeBecameThread))]
[JsonSerializable(typeof(FormAnswer))]
[JsonSerializable(typeof(FoundField))]
[JsonSerializable(typeof(OpenerArrived))]
internal sealed partial class OpeningJson : JsonSerializerContext;
