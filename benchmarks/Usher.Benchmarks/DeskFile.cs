using System.Globalization;
using Usher.Desk.Settings;
using Usher.Engine.Settings;
using Usher.Sandbox;
using Usher.Sandbox.Cast;

namespace Usher.Benchmarks;

/// <summary>The desk of Harbour as the benchmarks run it: a department with threads, one with channels.</summary>
internal static class DeskFile
{
    internal const string ThreadDepartment = "support";
    internal const string ChannelDepartment = "billing";

    /// <summary>The text of its <c>usher.yml</c>; ids stand in it by name.</summary>
    /// <param name="countdown">How long a closed channel stays.</param>
    internal static string Of(TimeSpan countdown) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        guild: ${GUILD}
        language: en
        log_channel: ${LOG_CHANNEL}
        managers: ["${MANAGER_ROLE}"]
        countdown: {{(int)countdown.TotalSeconds}}s
        departments:
          {{ThreadDepartment}}:
            name: Support
            staff: ["${SUPPORT_ROLE}"]
            home: { thread: "${SUPPORT_CHANNEL}" }
            naming: "{department}-{number}"
          {{ChannelDepartment}}:
            name: Billing
            staff: ["${BILLING_ROLE}"]
            home: { channel: "${TICKETS_CATEGORY}" }
            naming: "{department}-{number}"
        panels:
          help:
            channel: ${HELP_CHANNEL}
            title: How can we help?
            departments: [{{ThreadDepartment}}, {{ChannelDepartment}}]

        """);

    /// <summary>It with a third department, which asks as the preset <c>moddy</c> does for a bug.</summary>
    /// <param name="countdown">How long a closed channel stays.</param>
    internal static string WithBugReports(TimeSpan countdown) => Of(countdown)
        .Replace(
            "panels:\n",
            """
              bug_report:
                name: Bug Reports
                staff: ["${SUPPORT_ROLE}"]
                home: { thread: "${SUPPORT_CHANNEL}" }
                form:
                  questions:
                    has_code: { ask: Do you have an error code?, as: buttons, options: { has: "Yes, I have one", none: "No" } }
                    code: { ask: Error code, pattern: "[0-9A-F]{8}", when: { has_code: has } }
            panels:

            """,
            StringComparison.Ordinal)
        .Replace($"[{ThreadDepartment}, {ChannelDepartment}]", $"[{ThreadDepartment}, {ChannelDepartment}, bug_report]", StringComparison.Ordinal);

    /// <summary>The settings of it, read.</summary>
    internal static IReadOnlyList<DeskSettings> Read(Harbour harbour, string text)
    {
        var reading = SettingsFile.Read(text, harbour.Names);
        return reading.IsGood ? reading.Desks : throw new InvalidOperationException(string.Join('\n', reading.Faults.Select(fault => fault.ToString())));
    }

    /// <summary>What a program is told of the box through its environment.</summary>
    internal static Dictionary<string, string> Environment(Box box) => new(box.Harbour.Names, StringComparer.Ordinal)
    {
        ["DISCORD_API_URL"] = box.ApiAddress.ToString(),
        ["DISCORD_TOKEN"] = box.Token,
        ["USHER_LOG_LEVEL"] = "Warning",
    };
}
