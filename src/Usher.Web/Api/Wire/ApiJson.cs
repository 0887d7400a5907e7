using System.Text.Json;
using System.Text.Json.Serialization;
using Usher.Desk.Values;
using Usher.Web.Api.Guilds;
using Usher.Web.Api.Privacy;
using Usher.Web.Api.Searching;
using Usher.Web.Api.Tickets;
using Usher.Web.Api.Webhooks;

namespace Usher.Web.Api.Wire;

/// <summary>Everything that goes over the API's wire.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    Converters = [typeof(UtcConverter)])]
[JsonSerializable(typeof(CreateTicketBody))]
[JsonSerializable(typeof(ReplyBody))]
[JsonSerializable(typeof(NoteBody))]
[JsonSerializable(typeof(CloseBody))]
[JsonSerializable(typeof(AssignBody))]
[JsonSerializable(typeof(TransferBody))]
[JsonSerializable(typeof(PriorityBody))]
[JsonSerializable(typeof(TagsBody))]
[JsonSerializable(typeof(RedactBody))]
[JsonSerializable(typeof(RateBody))]
[JsonSerializable(typeof(NothingBody))]
[JsonSerializable(typeof(PlaceButtonBody))]
[JsonSerializable(typeof(PostPanelBody))]
[JsonSerializable(typeof(TicketView))]
[JsonSerializable(typeof(TicketPage))]
[JsonSerializable(typeof(MessagePage))]
[JsonSerializable(typeof(NoteList))]
[JsonSerializable(typeof(TranscriptLinkView))]
[JsonSerializable(typeof(TranscriptPage))]
[JsonSerializable(typeof(StatisticsView))]
[JsonSerializable(typeof(PeriodView))]
[JsonSerializable(typeof(SearchPage))]
[JsonSerializable(typeof(Exported))]
[JsonSerializable(typeof(ExportedTicket))]
[JsonSerializable(typeof(CallerView))]
[JsonSerializable(typeof(DepartmentList))]
[JsonSerializable(typeof(PanelList))]
[JsonSerializable(typeof(Accepted))]
[JsonSerializable(typeof(AuditPage))]
[JsonSerializable(typeof(AuditVerdictView))]
[JsonSerializable(typeof(EraseBody))]
[JsonSerializable(typeof(SurveyView))]
[JsonSerializable(typeof(ErasureView))]
[JsonSerializable(typeof(ErasureList))]
[JsonSerializable(typeof(DataLinkView))]
[JsonSerializable(typeof(CreateWebhookBody))]
[JsonSerializable(typeof(ReplayBody))]
[JsonSerializable(typeof(WebhookView))]
[JsonSerializable(typeof(WebhookList))]
[JsonSerializable(typeof(DeliveryPage))]
[JsonSerializable(typeof(ReplayView))]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(UserId))]
internal sealed partial class ApiJson : JsonSerializerContext;
