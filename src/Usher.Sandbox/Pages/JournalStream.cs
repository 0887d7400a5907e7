using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Usher.Sandbox.Wire.Json;

namespace Usher.Sandbox.Pages;

/// <summary>The journal as the box's drawer follows it: what passed lately, then what passes. Heartbeats are left out.</summary>
internal sealed class JournalStream(Journal journal)
{
    private const int FirstLines = 200;
    private const int MostDetail = 6000;
    private const int Heartbeat = 1;
    private const int HeartbeatAcknowledged = 11;

    /// <summary>Looking is cheap and only done while a drawer is open.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(300);

    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async IAsyncEnumerable<byte[]> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var looks = new PeriodicTimer(LookEvery);
        var seen = 0L;
        var lines = LinesSince(seen).TakeLast(FirstLines).ToList();
        do
        {
            foreach (var line in lines)
            {
                seen = Math.Max(seen, line.Number);
                yield return Write(line);
            }
            await looks.WaitForNextTickAsync(cancellationToken);
            lines = LinesSince(seen);
        }
        while (true);
    }

    private List<Line> LinesSince(long seen) =>
        [.. journal.Calls(seen).Select(FromCall)
            .Concat(journal.Payloads(seen).Where(payload => payload.Op is not (Heartbeat or HeartbeatAcknowledged)).Select(FromPayload))
            .OrderBy(line => line.Number)];

    private static Line FromCall(CallRecord call) =>
        new(call.Number, call.At, "rest", call.Name, call.Status, Join(("sent", call.RequestBody), ("answered", call.ResponseBody)));

    private static Line FromPayload(GatewayRecord payload) =>
        new(payload.Number, payload.At, payload.FromClient ? "gateway" : "dispatch", payload.Event ?? OpcodeName(payload.Op), null, Join(("", payload.Payload)));

    /// <summary>https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway</summary>
    private static string OpcodeName(int opcode) => opcode switch
    {
        2 => "IDENTIFY",
        3 => "PRESENCE UPDATE",
        6 => "RESUME",
        7 => "RECONNECT",
        8 => "REQUEST GUILD MEMBERS",
        9 => "INVALID SESSION",
        10 => "HELLO",
        _ => $"opcode {opcode}",
    };

    private static byte[] Write(Line line) => Payloads.Bytes(json =>
    {
        json.WriteStartObject();
        json.WriteString("at", line.At);
        json.WriteString("kind", line.Kind);
        json.WriteString("title", line.Title);
        if (line.Status is { } status) json.WriteNumber("status", status);
        if (line.Detail.Length > 0) json.WriteString("detail", line.Detail);
        json.WriteEndObject();
    });

    private static string Join(params ReadOnlySpan<(string Title, ReadOnlyMemory<byte> Json)> parts)
    {
        var text = new StringBuilder();
        foreach (var (title, json) in parts)
        {
            if (json.Length == 0) continue;
            if (title.Length > 0) text.Append(text.Length > 0 ? "\n" : "").Append("// ").Append(title).Append('\n');
            text.Append(Pretty(json)).Append('\n');
        }
        return text.Length <= MostDetail ? text.ToString() : string.Concat(text.ToString(0, MostDetail), "…");
    }

    private static string Pretty(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            using var text = new MemoryStream();
            using (var writer = new Utf8JsonWriter(text, Indented)) document.RootElement.WriteTo(writer);
            return Encoding.UTF8.GetString(text.ToArray());
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetString(json.Span);
        }
    }

    private sealed record Line(long Number, DateTimeOffset At, string Kind, string Title, int? Status, string Detail);
}
