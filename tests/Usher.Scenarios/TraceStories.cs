using System.Collections.Concurrent;
using System.Diagnostics;
using Usher.Sandbox;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>One trace from a click, a request or a timer to what Discord is told. Whoever listens hears the whole process, so these are told alone.</summary>
[Collection(KilledStories.Alone)]
public sealed class TraceStories : IDisposable
{
    private const string StartThread = "POST /channels/{channel}/threads";
    private const string Post = "POST /channels/{channel}/messages";
    private const string Callback = "POST /interactions/{interaction}/{token}/callback";
    private const string Click = "gateway INTERACTION_CREATE";

    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;

    public TraceStories()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Usher.", StringComparison.Ordinal),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task A_click_its_decision_its_commit_and_what_Discord_is_told_are_one_trace()
    {
        await using var stage = await Stage.StartAsync();
        await stage.OpensAsync("Support");

        var told = Assert.Single(_spans, span => span.OperationName == StartThread);
        Assert.Equal(["desk.effect CreateThread", "desk.commit", "desk.decide OpenTicket", Click], AboveOf(told));
        var click = RootOf(told);
        var trace = OfTrace(click).ToList();
        Assert.Same(click, Assert.Single(trace, span => ParentOf(span) is null));
        Assert.Equal((ActivityKind.Consumer, ActivityKind.Client), (click.Kind, told.Kind));
        // What comes of the thread being there: the card, and the answer to the click.
        Assert.Equal(
            ["desk.effect PostCard", "desk.commit", "desk.decide EndEffect", "desk.effect CreateThread", "desk.commit", "desk.decide OpenTicket", Click],
            AboveOf(Assert.Single(trace, span => span.OperationName == Post)));
        Assert.Equal("desk.effect Answer", AboveOf(Assert.Single(trace, span => span.OperationName == Callback)).First());
        Assert.All(trace, span => Assert.NotEqual(ActivityStatusCode.Error, span.Status));
        Assert.Equal(
            ("POST", "/channels/{channel}/threads", 201, "127.0.0.1"),
            (told.GetTagItem("http.request.method"), told.GetTagItem("url.template"), told.GetTagItem("http.response.status_code"), told.GetTagItem("server.address")));
        Assert.Equal(1L, Assert.Single(trace, span => Named(span) == "desk.effect PostCard").GetTagItem("usher.ticket"));
    }

    [Fact]
    public async Task An_effect_that_waits_over_a_restart_stays_in_the_trace_of_its_click()
    {
        await using var stage = await Stage.StartAsync();
        stage.Box.Weather.Next(StartThread, Fault.ServerError, times: 100);
        var asking = stage.Alice.Clicks("Support", stage.Harbour.Help);
        await stage.WaitsOutAsync(TimeSpan.FromSeconds(20));
        var failed = _spans.Where(span => span.OperationName == StartThread).ToList();
        var click = RootOf(failed[0]);
        Assert.All(failed, span => Assert.Equal((ActivityStatusCode.Error, 500, "500"), (span.Status, span.GetTagItem("http.response.status_code"), span.GetTagItem("error.type"))));
        Assert.Contains(_spans, span => Named(span) == "desk.effect CreateThread" && span.Status == ActivityStatusCode.Error);
        await stage.StopUsherAsync();
        stage.Box.Weather.Clear();
        var before = _spans.ToHashSet();

        await stage.StartUsherAsync();
        await stage.WaitsOutAsync(TimeSpan.FromMinutes(2));
        await stage.AfterAsync(asking);

        var told = Assert.Single(_spans, span => span.OperationName == StartThread && !before.Contains(span));
        Assert.Equal(click.TraceId, told.TraceId);
        Assert.Equal(["desk.effect CreateThread", "desk.commit", "desk.decide OpenTicket", Click], AboveOf(told));
        Assert.Same(click, Assert.Single(OfTrace(click), span => ParentOf(span) is null));
    }

    [Fact]
    public async Task A_request_to_the_API_goes_on_with_the_trace_of_whoever_makes_it()
    {
        await using var stage = await Stage.StartAsync();
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);
        const string Theirs = "4bf92f3577b34da6a3ce929d0e0e4736";

        await crm.PostAsync("/api/tickets", Ticket(stage, "A boat"), ("traceparent", $"00-{Theirs}-00f067aa0ba902b7-01"));
        await crm.GetAsync("/api/tickets/TKT000001");
        await crm.GetAsync("/api/tickets/TKT000099");

        await stage.UntilAsync(() => _spans.Any(span => span.OperationName == "POST /api/tickets"));
        var told = Assert.Single(_spans, span => span.OperationName == StartThread);
        Assert.Equal(["desk.effect CreateThread", "desk.commit", "desk.decide AskInWriting", "POST /api/tickets"], AboveOf(told));
        var request = RootOf(told);
        Assert.Equal((Theirs, "00f067aa0ba902b7", ActivityKind.Server, 201), (request.TraceId.ToString(), request.ParentSpanId.ToString(), request.Kind, request.GetTagItem("http.response.status_code")));
        // A request's span ends when its answer has been sent.
        await stage.UntilAsync(() => _spans.Count(span => span.OperationName == "GET /api/tickets/{id}") == 2);
        var looks = _spans.Where(span => span.OperationName == "GET /api/tickets/{id}").ToList();
        Assert.Equal([200, 404], looks.Select(span => span.GetTagItem("http.response.status_code")));
        Assert.Equal("ticket.none", looks[1].GetTagItem("usher.refusal"));
        Assert.All(looks, span => Assert.Equal((default, ActivityStatusCode.Unset), (span.ParentSpanId, span.Status)));
        Assert.NotEqual(looks[0].TraceId, looks[1].TraceId);
    }

    [Fact]
    public async Task A_timer_begins_a_trace_of_its_own()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Billing");
        await stage.AfterAsync(stage.Carol.Runs("/close", home));
        await stage.PassesAsync(TimeSpan.FromSeconds(11));

        var told = Assert.Single(_spans, span => span.OperationName == "DELETE /channels/{channel}");
        Assert.Equal(["desk.effect DeleteChannel", "desk.commit", "desk.decide FireTimer", "desk.timer remove-home"], AboveOf(told));
        Assert.Equal(default, RootOf(told).ParentSpanId);
    }

    [Fact]
    public async Task A_refusal_stands_in_the_trace_by_its_name()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        await stage.AfterAsync(stage.Alice.Runs("/note", home, ("text", "let me write here")));

        var refused = Assert.Single(_spans, span => "Refused".Equals(span.GetTagItem("usher.result")));
        Assert.Equal(("access.denied", Click), (refused.GetTagItem("usher.refusal"), RootOf(refused).OperationName));
    }

    [Fact]
    public async Task Nothing_of_a_token_or_of_what_somebody_wrote_stands_in_a_span()
    {
        await using var stage = await Stage.StartAsync();
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);
        await crm.PostAsync("/api/tickets", Ticket(stage, "Zanzibar"));
        var home = stage.HomeOf(1);
        stage.Alice.Types("Timbuktu", home);
        await stage.SettlesAsync();
        await crm.PostAsync("/api/tickets/1/reply", """{"message":"Samarkand"}""");
        await stage.AfterAsync(stage.Bob.Runs("/note", home, ("text", "Kathmandu")));
        stage.Box.Weather.Next(Callback, Fault.Slow, lasting: TimeSpan.FromSeconds(2));
        var asking = stage.Bob.Runs("/close", home, ("reason", "Marrakesh"));
        await stage.WaitsOutAsync(TimeSpan.FromSeconds(10));
        var asked = await asking;
        Assert.True(home.Thread!.Archived);
        var link = new Uri((await crm.GetAsync("/api/tickets/1"))["url"]!);
        await stage.Browser.GetStringAsync(link, TestContext.Current.CancellationToken);

        var all = string.Join('\n', _spans.Select(Everything));
        Assert.Contains("/interactions/{interaction}/{token}/callback", all, StringComparison.Ordinal);
        string[] secrets =
        [
            "Zanzibar", "Timbuktu", "Samarkand", "Kathmandu", "Marrakesh", "Alice", crm.Token, stage.Box.Token, asked.Interaction.Token,
            asked.Interaction.Id.ToString(), link.Segments[^1], home.Id.ToString(),
        ];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, all, StringComparison.OrdinalIgnoreCase));
    }

    private static string Ticket(Stage stage, string subject) => $$"""{ "user_id": {{stage.Alice.User.Id}}, "category": "support", "subject": "{{subject}}", "description": "{{subject}} is late" }""";

    private IEnumerable<Activity> OfTrace(Activity one) => _spans.Where(span => span.TraceId == one.TraceId);

    private Activity? ParentOf(Activity span) => _spans.FirstOrDefault(other => other.SpanId == span.ParentSpanId && other.TraceId == span.TraceId);

    private Activity RootOf(Activity span) => ParentOf(span) is { } parent ? RootOf(parent) : span;

    private IEnumerable<string> AboveOf(Activity span)
    {
        for (var above = ParentOf(span); above is not null; above = ParentOf(above)) yield return Named(above);
    }

    private static string Named(Activity span) =>
        $"{span.OperationName} {span.GetTagItem("usher.effect") ?? span.GetTagItem("usher.command") ?? span.GetTagItem("usher.timer")}".TrimEnd();

    private static string Everything(Activity span) => string.Join(
        ' ',
        [
            span.OperationName, span.DisplayName, span.StatusDescription, span.TraceStateString,
            .. span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"), .. span.Baggage.Select(item => $"{item.Key}={item.Value}"),
            .. span.Events.Select(told => told.Name + string.Concat(told.Tags.Select(tag => $"{tag.Key}={tag.Value}"))),
        ]);
}
