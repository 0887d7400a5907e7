using System.Text.RegularExpressions;
using Usher.Sandbox;

namespace Usher.Benchmarks.Calling;

/// <summary>The requests of one step.</summary>
/// <param name="Own">Those that count.</param>
/// <param name="Handing">Those of the log entry and the direct message.</param>
/// <param name="Answers">The answers to the click itself.</param>
/// <param name="What">The first, by route.</param>
internal sealed record Tally(int Own, int Handing, int Answers, string What);

/// <summary>Counts by the box's journal.</summary>
internal sealed partial class Count(LiveDesk live)
{
    internal Box Box => live.Box;

    /// <summary>What a step takes, with everything that follows from it.</summary>
    internal async Task<Tally> OfAsync(Func<Task> step, CancellationToken cancellation)
    {
        var before = Box.Journal.Now;
        await step();
        await live.SettleAsync(cancellation);
        var calls = Box.Journal.Calls(before);
        var answers = calls.Where(call => call.Route.StartsWith("/interactions/", StringComparison.Ordinal) || call.Route.StartsWith("/webhooks/", StringComparison.Ordinal)).ToList();
        var handing = calls.Where(IsHanding).ToList();
        var own = calls.Except(answers).Except(handing).ToList();
        return new Tally(own.Count, handing.Count, answers.Count, string.Join(", ", own.Select(call => call.Name)));
    }

    private bool IsHanding(CallRecord call) =>
        call.Route == "/users/@me/channels"
        || (Channel().Match(call.Path) is { Success: true } match && (match.Groups["channel"].Value == Box.Harbour.StaffLog.Id.ToString() || IsDm(match.Groups["channel"].Value)));

    private bool IsDm(string channel) =>
        Usher.Discord.Model.Snowflake.TryParse(channel, out var id) && Box.World.FindChannel(id) is { IsDm: true };

    [GeneratedRegex("/channels/(?<channel>[0-9]+)/messages", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Channel();
}
