using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Usher.Testing;
using static Microsoft.Playwright.Assertions;

namespace Usher.Browser;

/// <summary>The demo as somebody meets it who started it with nothing: choosing a desk.</summary>
public sealed class DesksTests(Chromium chromium) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("usher-desks-");
    private UsherProcess? _demo;
    private string _address = "";

    public async ValueTask InitializeAsync()
    {
        _demo = UsherProcess.Start(_folder.FullName, new Dictionary<string, string>(), "demo", "--port", "0", "--data", _folder.FullName);
        _address = (await _demo.LineAsync())!.Split("Usher is ready: ")[1];
    }

    public async ValueTask DisposeAsync()
    {
        if (_demo is not null) await _demo.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_desk_is_chosen_with_the_keyboard_and_a_ticket_opened_in_it()
    {
        var page = await OpenAsync(1200, 900);
        await Expect(page.Locator(".desk")).ToHaveCountAsync(6);
        await page.GetByRole(AriaRole.Button, new() { Name = "Open Harbour Goods" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        // Another world is made meanwhile: on a busy machine that takes its time.
        await page.Locator("body[data-ready=alice]").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 60_000 });
        await page.Locator(".channel-title", new() { HasText = "order-here" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create Ticket" }).ClickAsync();
        await Expect(page.Locator("#channels")).ToContainTextAsync("ticket-");

        // Whoever comes back is in that desk, and finds the others from there.
        await page.GotoAsync(_address);
        await page.GetByRole(AriaRole.Link, new() { Name = "Desks" }).ClickAsync();
        await Expect(page.Locator(".note")).ToContainTextAsync("You are in Harbour Goods");
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on in Harbour Goods" }).ClickAsync();
        await Expect(page.Locator("#channels")).ToContainTextAsync("ticket-");
    }

    [Fact]
    public async Task The_page_is_readable_on_a_phone_and_for_everybody()
    {
        var page = await OpenAsync(360, 740);

        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        Assert.Empty((await page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Help}"));
        Assert.True(await page.EvaluateAsync<bool>("[...document.querySelectorAll('button')].every(button => button.offsetHeight >= 44)"));
    }

    private Task<IPage> OpenAsync(int width, int height) => chromium.OpenAsync(_address, width, height, ready: ".desks");
}
