using System.Globalization;
using System.Security.Cryptography;
using Usher.Desk.Texts;
using Usher.Discord.Model;
using Usher.Sandbox;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;

namespace Usher.Benchmarks.Killing;

/// <summary>One ticket from click to close, by people who do what people do: when nothing comes of a click they click again.</summary>
internal sealed class TicketStory(Box box, Eyes eyes, KillPlan plan, int index, Person opener, Person staff, Action<string> fault, CancellationToken cancellation)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly Random _random = new((plan.Seed * 1_000_003) + index);
    private int _said;

    /// <summary>Why it was closed: unlike any other's.</summary>
    internal string ClosingReason { get; } = string.Create(CultureInfo.InvariantCulture, $"reason{index}x");

    /// <summary>Who opened it.</summary>
    internal Person Opener => opener;

    private bool InThread => index % 2 == 0;

    internal async Task RunAsync()
    {
        if (await OpenAsync() is not { } home) return;
        if (!await UntilAsync(() => Buttons(home).Contains("Claim"), "shows its card to staff")) return;
        await TalkAsync(home, 1 + _random.Next(4));
        await ClaimAsync(home);
        await TalkAsync(home, 1 + _random.Next(6));
        await CloseAsync(home);
    }

    private async Task<ChannelState?> OpenAsync()
    {
        while (eyes.HomeOf(opener.User) is null)
        {
            if (await TryAsync(async () => await opener.Clicks(InThread ? "Support" : "Billing", box.Harbour.Help)) is { Failed: false } asked && !IsBusy(asked))
            {
                if (!await UntilAsync(() => eyes.HomeOf(opener.User) is not null, $"is opened (acknowledged with “{asked.Text}”)")) return null;
            }
            await PauseAsync(500);
        }
        return eyes.HomeOf(opener.User);
    }

    private async Task TalkAsync(ChannelState home, int messages)
    {
        for (var message = 0; message < messages; message++)
        {
            await PauseAsync(400);
            var who = _random.Next(2) == 0 ? opener : staff;
            who.Types(string.Create(CultureInfo.InvariantCulture, $"t{index}m{_said++}x says {who.Name}"), home, [.. Files()]);
        }
    }

    private IEnumerable<NewFile> Files()
    {
        for (var file = _random.Next(5) == 0 ? 1 + _random.Next(2) : 0; file > 0; file--)
            yield return new NewFile(string.Create(CultureInfo.InvariantCulture, $"t{index}m{_said}f{file}x.bin"), "application/octet-stream", RandomNumberGenerator.GetBytes(100 + _random.Next(5000)));
    }

    private async Task ClaimAsync(ChannelState home)
    {
        while (!Buttons(home).Contains("Unclaim"))
        {
            if (await TryAsync(async () => await staff.Clicks("Claim", home)) is { Failed: false } asked && !IsBusy(asked))
            {
                if (!await UntilAsync(() => Buttons(home).Contains("Unclaim"), "shows who claimed it")) return;
            }
            await PauseAsync(500);
        }
    }

    private async Task CloseAsync(ChannelState home)
    {
        while (!IsEnded(home))
        {
            var asked = _random.Next(2) == 0
                ? await TryAsync(async () => await staff.Runs("close", home, ("reason", ClosingReason)))
                : await TryAsync(async () => await staff.Clicks("Close", home) is { Failed: false, Modal: not null } ? await staff.Fills(("reason", ClosingReason)) : null);
            if (asked is { Failed: false } && !IsBusy(asked))
            {
                if (!await UntilAsync(() => IsEnded(home), $"is closed (acknowledged with “{asked.Text}”)")) return;
            }
            await PauseAsync(500);
        }
    }

    /// <summary>Whether its home is as it must be at the end.</summary>
    internal static bool IsEnded(ChannelState home) => home.Deleted || home.Thread is { Archived: true, Locked: true };

    private IEnumerable<string> Buttons(ChannelState home) => staff.Sees(home).Where(message => message.Author.IsBot).SelectMany(Person.ButtonsOf);

    // Nothing was done, and the person was told so.
    private static bool IsBusy(Asked asked) => asked.Text == Language.English.Say("refusal.busy");

    private async Task<Asked?> TryAsync(Func<Task<Asked?>> act)
    {
        try
        {
            // Whoever waits longer than Discord would has found a fault of the box.
            return await act().WaitAsync(TimeSpan.FromSeconds(30), cancellation);
        }
        catch (Exception gone) when (gone is NotOnScreenException or DiscordRefusal)
        {
            return null;
        }
    }

    private async Task<bool> UntilAsync(Func<bool> there, string what)
    {
        var until = DateTimeOffset.UtcNow + plan.Patience;
        while (!there())
        {
            if (DateTimeOffset.UtcNow > until)
            {
                fault($"The ticket of {opener.Name} ({(InThread ? "thread" : "channel")}) never {what}.");
                return false;
            }
            await Task.Delay(Look, cancellation);
        }
        return true;
    }

    private Task PauseAsync(int most) => Task.Delay(_random.Next(most), cancellation);
}
