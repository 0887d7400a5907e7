using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Usher.Discord.Model;

namespace Usher.Sandbox;

/// <summary>A call to the box's REST interface, and what it got.</summary>
public sealed record CallRecord
{
    /// <summary>Its place in the journal, from 1.</summary>
    public long Number { get; internal set; }

    /// <summary>When it came, by the world's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The route's template, as `/channels/{channel}/messages`.</summary>
    public required string Route { get; init; }

    /// <summary>The path as it was asked for, with its query. An interaction's token stands in it.</summary>
    public required string Path { get; init; }

    /// <summary>The application that asked; null where the address alone was authority.</summary>
    public Snowflake? Application { get; internal set; }

    /// <summary>The HTTP status of the answer.</summary>
    public int Status { get; internal set; }

    /// <summary>Discord's error code; null where all went well.</summary>
    public int? Code { get; internal set; }

    /// <summary>How long it took the box, by the machine's clock.</summary>
    public double Milliseconds { get; internal set; }

    /// <summary>The JSON that was sent.</summary>
    public ReadOnlyMemory<byte> RequestBody { get; internal set; }

    /// <summary>How many files came with it.</summary>
    public int Files { get; internal set; }

    /// <summary>The JSON that was answered.</summary>
    public ReadOnlyMemory<byte> ResponseBody { get; internal set; }

    /// <summary>`POST /channels/{channel}/messages`.</summary>
    public string Name => $"{Method} {Route}";
}

/// <summary>A payload on a gateway socket.</summary>
/// <param name="Number">Its place in the journal.</param>
/// <param name="At">When, by the world's clock.</param>
/// <param name="Session">The session; empty before IDENTIFY.</param>
/// <param name="FromClient">Whether the client sent it.</param>
/// <param name="Op">The opcode.</param>
/// <param name="Event">The event's name, of a dispatch.</param>
/// <param name="Payload">The JSON; that of IDENTIFY and RESUME is left out, since a token stands in it.</param>
public sealed record GatewayRecord(long Number, DateTimeOffset At, string Session, bool FromClient, int Op, string? Event, ReadOnlyMemory<byte> Payload);

/// <summary>A documented rule that a client broke.</summary>
/// <param name="At">When, by the world's clock.</param>
/// <param name="Where">The route, or `gateway`.</param>
/// <param name="What">A sentence.</param>
public sealed record Violation(DateTimeOffset At, string Where, string What);

/// <summary>
/// What passed over the wire. The newest calls and payloads are kept with their bodies, up to a bound; counts are kept of all.
/// </summary>
public sealed class Journal : IDisposable
{
    private readonly Lock _gate = new();
    private readonly BoxOptions _options;
    private readonly Queue<CallRecord> _calls = new();
    private readonly Queue<GatewayRecord> _payloads = new();
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly List<Violation> _violations = [];
    private readonly List<string> _unmodelled = [];
    private readonly StreamWriter? _file;
    private long _number;

    internal Journal(BoxOptions options)
    {
        _options = options;
        if (options.JournalFile is { } path) _file = new StreamWriter(path, append: true, new UTF8Encoding(false));
    }

    /// <summary>The number of the newest entry: give it to <see cref="Calls"/> later to hear what came after.</summary>
    public long Now
    {
        get
        {
            lock (_gate) return _number;
        }
    }

    /// <summary>What clients did against Discord's documented rules.</summary>
    public IReadOnlyList<Violation> Violations
    {
        get
        {
            lock (_gate) return [.. _violations];
        }
    }

    /// <summary>What was asked for and is not modelled (501).</summary>
    public IReadOnlyList<string> Unmodelleds
    {
        get
        {
            lock (_gate) return [.. _unmodelled];
        }
    }

    /// <summary>How often each route was called, by name as `POST /channels/{channel}/messages`.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>The calls after an entry, oldest first; all that are kept with 0.</summary>
    public IReadOnlyList<CallRecord> Calls(long since = 0)
    {
        lock (_gate) return _calls.Where(call => call.Number > since).ToList();
    }

    /// <summary>The gateway's payloads after an entry, oldest first; all that are kept with 0.</summary>
    public IReadOnlyList<GatewayRecord> Payloads(long since = 0)
    {
        lock (_gate) return _payloads.Where(payload => payload.Number > since).ToList();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate) _file?.Dispose();
    }

    internal void Note(CallRecord call)
    {
        _counts.AddOrUpdate(call.Name, 1, (_, count) => count + 1);
        lock (_gate)
        {
            call.Number = ++_number;
            Keep(_calls, call);
            Append(writer =>
            {
                writer.WriteString("kind", "call");
                writer.WriteString("method", call.Method);
                writer.WriteString("route", call.Route);
                writer.WriteString("path", call.Path);
                writer.WriteNumber("status", call.Status);
                Raw(writer, "request", call.RequestBody);
                Raw(writer, "response", call.ResponseBody);
            });
        }
    }

    internal void NoteGateway(string session, bool fromClient, int op, string? name, ReadOnlyMemory<byte> payload)
    {
        lock (_gate)
        {
            Keep(_payloads, new GatewayRecord(++_number, _options.Time.GetUtcNow(), session, fromClient, op, name, payload));
            Append(writer =>
            {
                writer.WriteString("kind", fromClient ? "command" : "dispatch");
                writer.WriteString("session", session);
                writer.WriteNumber("op", op);
                writer.WriteString("event", name);
                Raw(writer, "payload", payload);
            });
        }
    }

    internal void Violation(CallRecord call, string what) => Violation(call.Name, what);

    internal void Violation(string where, string what)
    {
        lock (_gate)
        {
            if (_violations.Count < 10_000) _violations.Add(new(_options.Time.GetUtcNow(), where, what));
        }
    }

    internal void Unmodelled(CallRecord call, string what)
    {
        lock (_gate)
        {
            if (_unmodelled.Count < 10_000) _unmodelled.Add($"{call.Method} {call.Path}: {what}");
        }
    }

    private void Keep<T>(Queue<T> queue, T entry)
    {
        queue.Enqueue(entry);
        while (queue.Count > _options.JournalLength) queue.Dequeue();
    }

    private void Append(Action<Utf8JsonWriter> write)
    {
        if (_file is null) return;
        using var line = new MemoryStream();
        using (var writer = new Utf8JsonWriter(line))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        _file.WriteLine(Encoding.UTF8.GetString(line.ToArray()));
        _file.Flush();
    }

    private static void Raw(Utf8JsonWriter writer, string name, ReadOnlyMemory<byte> json)
    {
        // A proxy's page in trouble is no JSON.
        if (json.Length == 0 || json.Span[0] is not ((byte)'{' or (byte)'[')) return;
        writer.WritePropertyName(name);
        writer.WriteRawValue(json.Span, skipInputValidation: true);
    }
}
