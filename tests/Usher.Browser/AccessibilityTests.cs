using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Usher.Browser;

/// <summary>What axe-core finds wrong with the page for people who cannot see it or do not use a mouse: nothing.</summary>
public sealed class AccessibilityTests(Chromium chromium) : IAsyncLifetime
{
    private readonly Stage _stage = new(chromium);

    public ValueTask InitializeAsync() => _stage.InitializeAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task The_conversation_is_clean()
    {
        _stage.Box.Cast["Bob"].Types("# A heading\n> a quote\n- a list\n`code` ||hidden|| **bold** <@&" + _stage.Box.Harbour.Support.Id + "> <#" + _stage.Help.Id + ">\n```\na block\n```", _stage.General);
        _stage.Box.Cast["Alice"].Types("A file", _stage.General, [new Usher.Sandbox.World.NewFile("log.txt", "text/plain", "text"u8.ToArray())]);
        await CheckAsync(await _stage.OpenAsync("alice", _stage.General));
    }

    [Fact]
    public async Task Components_an_open_select_and_a_form_with_faults_are_clean()
    {
        _stage.Answers = _ => Cards.Form();
        await _stage.PostAsync(_stage.Help, Cards.Panel());
        var page = await _stage.OpenAsync("alice", _stage.Help);
        await CheckAsync(page);
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Which product?" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Boat" }).WaitForAsync();
        await CheckAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open a form" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();
        await page.GetByText("This field is required.").WaitForAsync();
        await CheckAsync(page);
    }

    [Fact]
    public async Task Menus_cards_and_the_box_drawer_are_clean()
    {
        var page = await _stage.OpenAsync("erin", _stage.General);
        await page.Locator(".user-card").ClickAsync();
        await page.GetByRole(AriaRole.Menu, new() { Name = "You are" }).WaitForAsync();
        await CheckAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await page.Locator(".member").First.ClickAsync();
        await page.Locator(".profile").WaitForAsync();
        await CheckAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = "Box", Exact = true }).ClickAsync();
        await CheckAsync(page);
        await page.GetByRole(AriaRole.Tab, new() { Name = "Weather" }).ClickAsync();
        await page.GetByLabel("Slow answers").WaitForAsync();
        await CheckAsync(page);
    }

    [Fact]
    public async Task A_narrow_window_is_clean() => await CheckAsync(await _stage.OpenAsync("alice", _stage.General, width: 420, height: 800));

    private static async Task CheckAsync(IPage page)
    {
        var found = await page.RunAxe();
        Assert.Empty(found.Violations.Select(Describe));
    }

    private static string Describe(AxeResultItem item) => $"{item.Id}: {item.Help}\n  {string.Join("\n  ", item.Nodes.Select(node => node.Html))}";
}
