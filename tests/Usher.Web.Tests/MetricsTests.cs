using System.Diagnostics.Metrics;
using System.Net;
using Usher.Web.Metrics;
using Xunit;

namespace Usher.Web.Tests;

/// <summary>What is measured, as Prometheus reads it; and who reads it.</summary>
public sealed class MetricsTests
{
    [Fact]
    public void Counters_and_histograms_are_written_as_Prometheus_reads_them()
    {
        using var meter = new Meter("Usher.Test.Writing");
        using var page = new MetricsPage();
        var calls = meter.CreateCounter<long>("usher.test.calls", "{call}", "Calls \\ of\nsomething.");
        var times = meter.CreateHistogram<double>("usher.test.duration", "s", "How long.");
        calls.Add(2, new KeyValuePair<string, object?>("http.route", "/a \"b\" \\c\nd"));
        calls.Add(3, new KeyValuePair<string, object?>("http.route", "/a \"b\" \\c\nd"));
        times.Record(0.03);
        times.Record(100);

        var text = page.Write();

        Assert.Contains("# HELP usher_test_calls_total Calls \\\\ of\\nsomething.\n# TYPE usher_test_calls_total counter\nusher_test_calls_total{http_route=\"/a \\\"b\\\" \\\\c\\nd\"} 5\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE usher_test_duration_seconds histogram\n", text, StringComparison.Ordinal);
        Assert.Contains("usher_test_duration_seconds_bucket{le=\"0.025\"} 0\n", text, StringComparison.Ordinal);
        Assert.Contains("usher_test_duration_seconds_bucket{le=\"0.05\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("usher_test_duration_seconds_bucket{le=\"60\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("usher_test_duration_seconds_bucket{le=\"+Inf\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("usher_test_duration_seconds_sum 100.03\n", text, StringComparison.Ordinal);
        Assert.Contains("usher_test_duration_seconds_count 2\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Gauges_say_what_is_and_not_what_was_in_all()
    {
        using var meter = new Meter("Usher.Test.Gauges");
        using var page = new MetricsPage();
        var waiting = 7;
        _ = meter.CreateObservableGauge("usher.test.waiting", () => waiting);
        Assert.Contains("# TYPE usher_test_waiting gauge\nusher_test_waiting 7\n", page.Write(), StringComparison.Ordinal);
        waiting = 3;
        Assert.Contains("usher_test_waiting 3\n", page.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_labels_in_another_order_are_one_line()
    {
        using var meter = new Meter("Usher.Test.Orders");
        using var page = new MetricsPage();
        var counter = meter.CreateCounter<int>("usher.test.orders");
        var (one, two) = (new KeyValuePair<string, object?>("a", 1), new KeyValuePair<string, object?>("b", "x"));
        counter.Add(1, one, two);
        counter.Add(1, two, one);
        counter.Add(1, two, one);

        Assert.Equal(["usher_test_orders_total{a=\"1\",b=\"x\"} 3"], page.Write().Split('\n').Where(line => line.StartsWith("usher_test_orders_total{", StringComparison.Ordinal)));
    }

    [Fact]
    public void Other_programs_meters_are_not_on_it_and_one_that_counts_without_end_does_not_fill_it()
    {
        using var meter = new Meter("Usher.Test.Endless");
        using var others = new Meter("Somebody.Else");
        using var page = new MetricsPage();
        others.CreateCounter<long>("somebody.else").Add(1);
        var counter = meter.CreateCounter<long>("usher.test.endless");
        for (var number = 0; number < 550; number++) counter.Add(1, new KeyValuePair<string, object?>("number", number));

        var text = page.Write();

        Assert.DoesNotContain("somebody", text, StringComparison.Ordinal);
        Assert.Contains("usher_test_endless_total{otel_metric_overflow=\"true\"} 50\n", text, StringComparison.Ordinal);
        Assert.Equal(501, text.Split('\n').Count(line => line.StartsWith("usher_test_endless_total{", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(null, false, null, "127.0.0.1", false, false)]
    [InlineData("secret", false, null, "127.0.0.1", false, false)]
    [InlineData("secret", false, "Bearer secret", "203.0.113.5", true, true)]
    [InlineData("secret", false, "Bearer wrong", "127.0.0.1", false, false)]
    [InlineData("secret", true, "Bearer wrong", "127.0.0.1", false, false)]
    [InlineData("secret", false, "secret", "127.0.0.1", false, false)]
    [InlineData(null, true, null, "127.0.0.1", false, true)]
    [InlineData(null, true, null, "::1", false, true)]
    [InlineData(null, true, null, "::ffff:127.0.0.1", false, true)]
    [InlineData(null, true, null, "127.0.0.1", true, false)]
    [InlineData(null, true, null, "203.0.113.5", false, false)]
    [InlineData(null, true, "Bearer ", "203.0.113.5", false, false)]
    public void Whoever_may_read_it(string? token, bool local, string? authorization, string from, bool isForwarded, bool may) =>
        Assert.Equal(may, new MetricsAccess(token, local).Allows(authorization, IPAddress.Parse(from), isForwarded));
}
