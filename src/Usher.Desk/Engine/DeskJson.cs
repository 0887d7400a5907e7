using System.Text.Json.Serialization;
using Usher.Desk.Effects;
using Usher.Desk.Tickets;

namespace Usher.Desk.Engine;

/// <summary>How the desk's state is written: tickets and effects. Facts are written by their features.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(Ticket))]
[JsonSerializable(typeof(Effect))]
[JsonSerializable(typeof(Reply))]
public sealed partial class DeskJson : JsonSerializerContext;
