using System.Text.Json.Serialization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Engine;

/// <summary>How the desk's state is written: tickets and effects. Facts are written by their features.</summary>
/// <remarks>
/// Defaults are written: a property or parameter may have another default than its type's, and would come back changed.
/// What stands in value lists is named here, since the generator does not look into them.
/// </remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Ticket))]
[JsonSerializable(typeof(Effect))]
[JsonSerializable(typeof(Reply))]
[JsonSerializable(typeof(CardPart))]
[JsonSerializable(typeof(Button))]
[JsonSerializable(typeof(FormField))]
[JsonSerializable(typeof(ChoiceOption))]
[JsonSerializable(typeof(AddedMember))]
[JsonSerializable(typeof(FormerHome))]
[JsonSerializable(typeof(ApprovalRequest))]
[JsonSerializable(typeof(ApprovalAnswer))]
[JsonSerializable(typeof(ApprovalVote))]
[JsonSerializable(typeof(FormAnswer))]
[JsonSerializable(typeof(FoundField))]
[JsonSerializable(typeof(SettingsOverrides))]
[JsonSerializable(typeof(DepartmentOverride))]
[JsonSerializable(typeof(PanelOverride))]
[JsonSerializable(typeof(Note))]
[JsonSerializable(typeof(AwaitedNote))]
[JsonSerializable(typeof(ValueList<Note>))]
[JsonSerializable(typeof(ValueList<string>))]
[JsonSerializable(typeof(UserId))]
[JsonSerializable(typeof(RoleId))]
[JsonSerializable(typeof(string))]
public sealed partial class DeskJson : JsonSerializerContext;
