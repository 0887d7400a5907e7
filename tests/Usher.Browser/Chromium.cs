using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Usher.Browser.Chromium))]

namespace Usher.Browser;

/// <summary>One browser for all tests; each person on a page has a context of their own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A new window; nothing is shared with another one.</summary>
    /// <param name="address">What to open.</param>
    /// <param name="width">Its width in pixels.</param>
    /// <param name="height">Its height in pixels.</param>
    /// <param name="ready">What is there once the page can be used.</param>
    public async Task<IPage> OpenAsync(string address, int width = 1440, int height = 900, string ready = "body[data-ready]")
    {
        var context = await _browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ReducedMotion = ReducedMotion.Reduce,
            // The checker of accessibility is put into the page by the test; the page's own policy would refuse it.
            BypassCSP = false,
        });
        context.SetDefaultTimeout(20_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync(address);
        await page.Locator(ready).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        return page;
    }

    public async ValueTask InitializeAsync()
    {
        // Room for a busy machine: what is there is seen at once however long one would have waited.
        Assertions.SetDefaultExpectTimeout(15_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
