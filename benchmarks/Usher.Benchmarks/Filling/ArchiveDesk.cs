using Usher.Desk.Settings;
using Usher.Sandbox;

namespace Usher.Benchmarks.Filling;

/// <summary>The desk whose archive is filled and read: eight departments in Harbour.</summary>
internal static class ArchiveDesk
{
    private static readonly string[] Departments = ["support", "billing", "technical", "account", "reports", "partners", "appeals", "press"];

    /// <summary>The text of its <c>usher.yml</c>.</summary>
    internal static string Text =>
        $$"""
        guild: ${GUILD}
        language: en
        log_channel: ${LOG_CHANNEL}
        managers: ["${MANAGER_ROLE}"]
        departments:
        {{string.Join('\n', Departments.Select(key => $$"""  {{key}}: { name: {{key}}, staff: ["${{{(key == "billing" ? "BILLING_ROLE" : "SUPPORT_ROLE")}}}"], home: { thread: "${SUPPORT_CHANNEL}" } }"""))}}

        """;

    /// <summary>It, read.</summary>
    internal static DeskSettings In(Box box) => DeskFile.Read(box.Harbour, Text)[0];
}
