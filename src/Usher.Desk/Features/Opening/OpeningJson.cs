using System.Text.Json.Serialization;

namespace Usher.Desk.Features.Opening;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TicketOpened))]
[JsonSerializable(typeof(HomeCreated))]
[JsonSerializable(typeof(OpeningFailed))]
[JsonSerializable(typeof(CardPosted))]
[JsonSerializable(typeof(CardLost))]
[JsonSerializable(typeof(OpenerArrived))]
internal sealed partial class OpeningJson : JsonSerializerContext;
