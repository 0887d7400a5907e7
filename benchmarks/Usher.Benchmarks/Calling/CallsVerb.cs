using System.CommandLine;
using System.Globalization;
using Usher.Sandbox;
using Usher.Sandbox.Cast;

namespace Usher.Benchmarks.Calling;

/// <summary><c>calls</c>: how many requests to Discord each step of a ticket takes, counted where they arrive.</summary>
internal static class CallsVerb
{
    internal static Command Command()
    {
        var command = new Command("calls", "Counts the requests to Discord that each step of a ticket takes.");
        command.SetAction((_, cancellation) => RunAsync(cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken cancellation)
    {
        var report = new Report("Requests to Discord, counted by the box");
        var box = await Box.StartAsync(new BoxOptions(), cancellation);
        await using var live = await LiveDesk.StartAsync(box, DeskFile.Read(box.Harbour, DeskFile.WithBugReports(TimeSpan.FromSeconds(1))), cancellation);
        var count = new Count(live);
        report.Row("", "requests", "of them log and DM", "answers to the click", "what");
        var inThread = await LifeAsync(count, report, "thread", "Support", box.Cast["Alice"], box.Cast["Bob"], cancellation);
        var inChannel = await LifeAsync(count, report, "channel", "Billing", box.Cast["Alice"], box.Cast["Carol"], cancellation);
        var moving = await MovesAsync(count, report, box.Cast["Alice"], box.Cast["Carol"], cancellation);
        var bugReport = await BugReportAsync(count, report, box.Cast["Alice"], cancellation);
        report.PrintTable();
        Report.Note("A channel that a ticket left is deleted after five minutes: that request comes on top.");
        Report.Note("Closing also writes the log entry (1) and opens (once a person) and writes the opener's DM (2): the transcript goes there. They are counted apart.");
        Report.Note("A channel's close is the line that tells the countdown and, at its end, the deletion; the card is shown by the answer to the click in both homes.");
        report.Target($"opening in a thread takes at most 2: {inThread.Opening}", inThread.Opening <= 2);
        report.Target($"opening in a channel takes at most 2: {inChannel.Opening}", inChannel.Opening <= 2);
        report.Target($"claiming takes none: {inThread.Claiming} and {inChannel.Claiming}", inThread.Claiming + inChannel.Claiming == 0);
        report.Target($"closing a thread takes at most 2: {inThread.Closing}", inThread.Closing <= 2);
        report.Target($"a transfer to where tickets live otherwise takes at most 5 from a thread and 6 from a channel: {moving.FromThread} and {moving.FromChannel}", moving is { FromThread: <= 5, FromChannel: <= 6 });
        report.Target($"a bug report, from the panel to both cards, takes at most 3: {bugReport}", bugReport <= 3);
        return report.ExitCode;
    }

    // From a thread to a channel and back: a new home with its card, a line and a last look in the old one, which is shut.
    private static async Task<(int FromThread, int FromChannel)> MovesAsync(Count count, Report report, Person opener, Person staff, CancellationToken cancellation)
    {
        var guild = count.Box.Harbour.Guild;
        var before = opener.Channels(guild).ToHashSet();
        await count.OfAsync(() => opener.Clicks("Support", count.Box.Harbour.Help), cancellation);
        var thread = opener.Channels(guild).Single(channel => !before.Contains(channel));
        var toChannel = await count.OfAsync(() => staff.Runs("/transfer", thread, ("department", "billing")), cancellation);
        var home = opener.Channels(guild).Single(channel => !before.Contains(channel) && channel != thread);
        var toThread = await count.OfAsync(() => staff.Runs("/transfer", home, ("department", "support")), cancellation);
        Row(report, "transfer, thread to channel", toChannel);
        Row(report, "transfer, channel to thread", toThread);
        return (toChannel.Own, toThread.Own);
    }

    // As the preset moddy asks: a button, a modal, the thread with its two cards.
    private static async Task<int> BugReportAsync(Count count, Report report, Person opener, CancellationToken cancellation)
    {
        var harbour = count.Box.Harbour;
        var reporting = await count.OfAsync(
            async () =>
            {
                await opener.Clicks("Bug Reports", harbour.Help);
                while (await opener.Clicks("Yes, I have one", harbour.Help) is { Modal: null }) cancellation.ThrowIfCancellationRequested();
                await opener.Fills(("Error code", "BB1FE07D"));
            },
            cancellation);
        Row(report, "bug report, all", reporting);
        return reporting.Own;
    }

    private static async Task<(int Opening, int Claiming, int Closing)> LifeAsync(
        Count count, Report report, string kind, string department, Person opener, Person staff, CancellationToken cancellation)
    {
        var box = count.Box;
        var before = opener.Channels(box.Harbour.Guild).ToHashSet();
        var opening = await count.OfAsync(() => opener.Clicks(department, box.Harbour.Help), cancellation);
        var home = opener.Channels(box.Harbour.Guild).Single(channel => !before.Contains(channel));
        var claiming = await count.OfAsync(() => staff.Clicks("Claim", home), cancellation);
        var closing = await count.OfAsync(
            async () =>
            {
                // On a busy machine the answer may come too late for a form; people click again then.
                while (await staff.Clicks("Close", home) is { Modal: null }) cancellation.ThrowIfCancellationRequested();
                await staff.Fills(("reason", "solved"));
                // The countdown of a channel.
                await Task.Delay(TimeSpan.FromSeconds(2), cancellation);
            },
            cancellation);
        Row(report, $"open, {kind}", opening);
        Row(report, $"claim, {kind}", claiming);
        Row(report, $"close, {kind}", closing);
        return (opening.Own, claiming.Own, closing.Own);
    }

    private static void Row(Report report, string step, Tally tally) => report.Row(
        step, tally.Own.ToString(CultureInfo.InvariantCulture), tally.Handing.ToString(CultureInfo.InvariantCulture), tally.Answers.ToString(CultureInfo.InvariantCulture), tally.What);
}
