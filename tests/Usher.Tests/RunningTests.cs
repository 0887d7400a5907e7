using System.Diagnostics;
using System.Net;
using Usher.Discord.Model;
using Usher.Engine.Settings;
using Usher.Sandbox;
using Usher.Testing;
using Xunit;

namespace Usher.Tests;

public sealed class RunningTests : IDisposable
{
    private static readonly TimeSpan CleanStop = TimeSpan.FromSeconds(10);
    private static readonly Dictionary<string, string> NoEnvironment = [];

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task The_demo_serves_its_page_and_the_desk_on_one_port_and_stops_cleanly(string signal)
    {
        await using var usher = UsherProcess.Start(_folder.Path, NoEnvironment, "demo", "--port", "0", "--data", _folder.Path);

        var address = await ReadyAsync(usher, "Usher is ready: ");

        Assert.Contains("<html", await _http.GetStringAsync(address, _cancelled), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("ready", await _http.GetStringAsync(new Uri(address, "health/ready"), _cancelled));
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(new Uri(address, "api/ticket/nobody-has-this-token"), _cancelled)).StatusCode);
        Assert.True(File.Exists(Path.Combine(_folder.Path, "usher.db")));
        await StopsCleanlyAsync(usher, signal);
        Assert.Null(await usher.LineAsync());
    }

    [Fact]
    public async Task Started_with_nothing_it_is_the_demo_in_a_fresh_folder_that_it_names()
    {
        await using var usher = UsherProcess.Start(_folder.Path, NoEnvironment);

        await ReadyAsync(usher, "Usher is ready: ");
        await StopsCleanlyAsync(usher, "TERM");

        var folder = Path.GetFullPath((await usher.ErrorsAsync()).Split("The demo keeps its data in ")[1].Split(". ")[0]);
        Assert.True(File.Exists(Path.Combine(folder, "usher.db")));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_the_sandbox_prints_is_what_serve_needs()
    {
        await using var sandbox = UsherProcess.Start(_folder.Path, NoEnvironment, "sandbox", "--port", "0", "--limits", "off", "--journal", "journal.jsonl");
        var environment = await ToldAsync(sandbox);
        await WritePresetAsync();
        await using var usher = UsherProcess.Start(_folder.Path, environment, "serve", "--port", "0");

        var address = await ReadyAsync(usher, "Usher is ready: ");

        Assert.Equal("alive", await _http.GetStringAsync(new Uri(address, "health/live"), _cancelled));
        Assert.Equal("ready", await _http.GetStringAsync(new Uri(address, "health/ready"), _cancelled));
        await StopsCleanlyAsync(usher, "TERM");
        Assert.True(File.Exists(Path.Combine(_folder.Path, "data", "usher.db")));
        await StopsCleanlyAsync(sandbox, "TERM");
        Assert.NotEmpty(await File.ReadAllLinesAsync(Path.Combine(_folder.Path, "journal.jsonl"), _cancelled));
    }

    [Fact]
    public async Task A_token_that_Discord_refuses_is_one_clear_line()
    {
        await using var sandbox = UsherProcess.Start(_folder.Path, NoEnvironment, "sandbox", "--port", "0");
        var environment = await ToldAsync(sandbox);
        environment["DISCORD_TOKEN"] = "of.yesterday";
        environment["USHER_URL"] = "https://desk.example.org";
        await WritePresetAsync();

        var (code, output, errors) = await UsherProcess.RunAsync(_folder.Path, environment, "serve", "--port", "0");

        Assert.Equal(1, code);
        Assert.Empty(output);
        Assert.StartsWith("Discord refuses DISCORD_TOKEN.", Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain("of.yesterday", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_intent_that_is_switched_off_is_named_with_where_to_switch_it_on()
    {
        await using var box = await Box.StartAsync(new BoxOptions(), _cancelled);
        box.Harbour.Bot.PrivilegedIntents = Intents.None;
        await WritePresetAsync();
        var environment = EnvironmentOf(box);

        var (code, output, errors) = await UsherProcess.RunAsync(_folder.Path, environment, "serve", "--port", "0");

        Assert.Equal(1, code);
        Assert.Empty(output);
        var last = errors.Trim().Split('\n')[^1];
        Assert.Contains("4014", last, StringComparison.Ordinal);
        Assert.Contains("Privileged Gateway Intents", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_saved_file_is_in_force_a_moment_later_and_a_faulty_one_changes_nothing()
    {
        await using var box = await Box.StartAsync(new BoxOptions(), _cancelled);
        await WritePresetAsync();
        var file = Path.Combine(_folder.Path, "usher.yml");
        var preset = await File.ReadAllTextAsync(file, _cancelled);
        await using var usher = UsherProcess.Start(_folder.Path, EnvironmentOf(box), "serve", "--port", "0");
        await ReadyAsync(usher, "Usher is ready: ");
        var panel = await PanelAsync(box, "How can we help?");

        await File.WriteAllTextAsync(file, preset.Replace("language: en", "language: klingon", StringComparison.Ordinal), _cancelled);
        await usher.ErrorAsync("usher.yml is not taken; to be mended: 1.");
        await ReplaceAsync(file, preset.Replace("title: How can we help?", "title: Ask the crew", StringComparison.Ordinal));
        await usher.ErrorAsync("New settings are in force: panels.help.title.");
        Assert.Equal(panel, await PanelAsync(box, "Ask the crew"));
        usher.Signal("HUP");
        await usher.ErrorAsync("it says what was in force already");

        await StopsCleanlyAsync(usher, "TERM");
        Assert.Contains("usher.yml:", await usher.ErrorsAsync(), StringComparison.Ordinal);
        Assert.Contains("klingon", await usher.ErrorsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_shows_the_desk_that_is_asked_for()
    {
        await using var usher = UsherProcess.Start(_folder.Path, NoEnvironment, "--preset", "moddy", "--port", "0", "--data", _folder.Path);

        var address = await ReadyAsync(usher, "Usher is ready: ");

        Assert.Contains("Moddy Support", await _http.GetStringAsync(new Uri(address, "box/state?as=100000000000000001"), _cancelled), StringComparison.Ordinal);
        await StopsCleanlyAsync(usher, "TERM");
    }

    [Fact]
    public async Task A_folder_goes_on_with_the_desk_it_was_begun_with_and_says_so()
    {
        await using (var first = UsherProcess.Start(_folder.Path, NoEnvironment, "demo", "--preset", "fivem", "--port", "0", "--data", _folder.Path))
        {
            await ReadyAsync(first, "Usher is ready: ");
            await StopsCleanlyAsync(first, "TERM");
        }
        Assert.True(File.Exists(Path.Combine(_folder.Path, "usher.db")));

        await using var again = UsherProcess.Start(_folder.Path, NoEnvironment, "demo", "--port", "0", "--data", _folder.Path);
        var address = await ReadyAsync(again, "Usher is ready: ");

        Assert.Contains("Cidade Porto", await _http.GetStringAsync(new Uri(address, "box/state?as=100000000000000001"), _cancelled), StringComparison.Ordinal);
        Assert.Contains("Discord in a box", await _http.GetStringAsync(address, _cancelled), StringComparison.Ordinal);
        Assert.Contains("was begun earlier, and goes on with <strong>Cidade Porto", await _http.GetStringAsync(new Uri(address, "desks"), _cancelled), StringComparison.Ordinal);
        await StopsCleanlyAsync(again, "TERM");
        Assert.Contains("begun with the desk «fivem», which goes on", await again.ErrorsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Started_without_a_preset_the_page_asks_and_another_desk_gets_a_folder_of_its_own()
    {
        await using var usher = UsherProcess.Start(_folder.Path, NoEnvironment, "demo", "--port", "0", "--data", _folder.Path);
        var address = await ReadyAsync(usher, "Usher is ready: ");

        Assert.Contains("Choose a desk", await _http.GetStringAsync(address, _cancelled), StringComparison.Ordinal);
        Assert.Contains("Discord in a box", await _http.GetStringAsync(new Uri(address, "?as=alice"), _cancelled), StringComparison.Ordinal);
        var before = await _http.GetStringAsync(new Uri(address, "desks/world"), _cancelled);
        using var shellia = new FormUrlEncodedContent([KeyValuePair.Create("preset", "shellia")]);
        using var opening = await _http.PostAsync(new Uri(address, "desks"), shellia, _cancelled);
        Assert.Contains("Opening Shellia", await opening.Content.ReadAsStringAsync(_cancelled), StringComparison.Ordinal);

        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await WorldAsync(address) is var world && (world is null || world == before)) await look.WaitForNextTickAsync(_cancelled);
        Assert.Contains("Discord in a box", await _http.GetStringAsync(address, _cancelled), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder.Path, "shellia", "usher.db")));
        await StopsCleanlyAsync(usher, "TERM");
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("moddy")]
    [InlineData("fivem")]
    [InlineData("dcticket")]
    [InlineData("storefront")]
    [InlineData("shellia")]
    public async Task Init_writes_a_file_that_is_good_once_what_it_names_is_filled_in(string preset)
    {
        var (code, output, errors) = await UsherProcess.RunAsync(_folder.Path, NoEnvironment, "init", "--preset", preset);

        Assert.Equal((0, ""), (code, errors));
        var yaml = await File.ReadAllTextAsync(Path.Combine(_folder.Path, "usher.yml"), _cancelled);
        Assert.StartsWith("# yaml-language-server: $schema=usher.schema.json\n", yaml, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder.Path, "usher.schema.json")));
        Assert.DoesNotContain("x-demo", yaml, StringComparison.Ordinal);
        var names = output.Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line.Trim().Split(':')[0]).ToList();
        Assert.Contains("GUILD", names);
        var reading = SettingsFile.Read(yaml, names.Select((name, index) => (name, value: name.EndsWith("DB_URL", StringComparison.Ordinal) ? "postgres://reader:secret@db.example.org/moddy" : $"1000000000000000{index:00}")).ToDictionary(v => v.name, v => v.value));
        Assert.Empty(reading.Faults);
        Assert.All(names, name => Assert.Contains($"#   {name} ", yaml, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Init_overwrites_only_what_it_is_told_to()
    {
        var file = Path.Combine(_folder.Path, "usher.yml");
        await File.WriteAllTextAsync(file, "mine", _cancelled);

        var (code, output, errors) = await UsherProcess.RunAsync(_folder.Path, NoEnvironment, "init", "--preset", "moddy");
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("--force", errors, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(file, _cancelled));

        Assert.Equal(0, (await UsherProcess.RunAsync(_folder.Path, NoEnvironment, "init", "--preset", "moddy", "--force")).ExitCode);
        Assert.Contains("bug_report", await File.ReadAllTextAsync(file, _cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_changed_in_Discord_is_listed_exported_and_taken_back()
    {
        await using var box = await Box.StartAsync(new BoxOptions(), _cancelled);
        await WritePresetAsync();
        var environment = EnvironmentOf(box);
        await using var usher = UsherProcess.Start(_folder.Path, environment, "serve", "--port", "0");
        await ReadyAsync(usher, "Usher is ready: ");
        await PanelAsync(box, "How can we help?");
        var role = box.Harbour.Billing.Id.ToString();
        await box.Cast["Dana"].Runs("/role set", box.Harbour.General, ("department", "support"), ("role", role));
        await usher.ErrorAsync("New settings are in force: departments.support.staff.");

        var (_, diff, _) = await UsherProcess.RunAsync(_folder.Path, environment, "settings", "diff");
        Assert.Contains($"by {box.Cast["Dana"].User.Id}: departments.support.staff", diff, StringComparison.Ordinal);
        Assert.Contains($"holds over the file: departments.support.staff: {box.Harbour.Support.Id} -> {role}", diff, StringComparison.Ordinal);

        var (code, yaml, _) = await UsherProcess.RunAsync(_folder.Path, environment, "settings", "export");
        Assert.Equal(0, code);
        Assert.Contains("${GUILD}", yaml, StringComparison.Ordinal);
        var preset = SettingsFile.Read(await File.ReadAllTextAsync(Path.Combine(_folder.Path, "usher.yml"), _cancelled), environment);
        var exported = SettingsFile.Read(yaml, environment);
        Assert.Empty(exported.Faults);
        Assert.Equal(["departments.support.staff"], Usher.Desk.Settings.SettingsDifference.Between(preset.Desks, exported.Desks));

        var (_, back, _) = await UsherProcess.RunAsync(_folder.Path, environment, "settings", "rollback", "--to", "0");
        Assert.Contains("is version 0 again", back, StringComparison.Ordinal);
        usher.Signal("HUP");
        await usher.ErrorAsync("New settings are in force: departments.support.staff.", times: 2);
        await StopsCleanlyAsync(usher, "TERM");
        Assert.Equal(2, (await usher.ErrorsAsync()).Split("New settings are in force: departments.support.staff.").Length - 1);
        Assert.Equal(2, (await UsherProcess.RunAsync(_folder.Path, environment, "settings", "rollback", "--to", "9")).ExitCode);
    }

    [Fact]
    public async Task The_schema_is_printed_for_editors()
    {
        var (code, output, errors) = await UsherProcess.RunAsync(_folder.Path, NoEnvironment, "schema");

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal("usher.yml", System.Text.Json.JsonDocument.Parse(output).RootElement.GetProperty("title").GetString());
    }

    // Null between two worlds.
    private async Task<string?> WorldAsync(Uri address)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(address, "desks/world"), _cancelled);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(_cancelled) : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static Dictionary<string, string> EnvironmentOf(Box box) =>
        new(box.Harbour.Names) { ["DISCORD_TOKEN"] = box.Token, ["DISCORD_API_URL"] = box.ApiAddress.ToString() };

    // Editors write beside the file and put the new one in its place.
    private async Task ReplaceAsync(string file, string text)
    {
        await File.WriteAllTextAsync(file + "~", text, _cancelled);
        File.Move(file + "~", file, overwrite: true);
    }

    // The panel's message once it says so.
    private async Task<Snowflake> PanelAsync(Box box, string words)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await look.WaitForNextTickAsync(_cancelled))
        {
            var stands = box.Cast["Alice"].Sees(box.Harbour.Help);
            if (stands is [var panel] && Usher.Sandbox.Cast.Person.TextOf(panel).Contains(words, StringComparison.Ordinal)) return panel.Id;
        }
        throw new InvalidOperationException();
    }

    private static async Task<Uri> ReadyAsync(UsherProcess usher, string words)
    {
        var line = await usher.LineAsync();
        if (line is null) Assert.Fail("It ended before it was ready: " + await usher.ErrorsAsync());
        Assert.StartsWith(words, line, StringComparison.Ordinal);
        return new Uri(line[words.Length..]);
    }

    private static async Task<Dictionary<string, string>> ToldAsync(UsherProcess sandbox)
    {
        var told = new Dictionary<string, string>();
        while (await sandbox.LineAsync() is { } line && !line.StartsWith("The sandbox is ready: ", StringComparison.Ordinal))
        {
            var parts = line.Split('=', 2);
            told[parts[0]] = parts[1];
        }
        return told;
    }

    private static async Task StopsCleanlyAsync(UsherProcess usher, string signal)
    {
        var clock = Stopwatch.StartNew();
        usher.Signal(signal);
        Assert.Equal(0, await usher.EndAsync());
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, CleanStop);
    }

    private async Task WritePresetAsync()
    {
        await using var preset = typeof(CommandLine).Assembly.GetManifestResourceStream("presets.demo.yml")!;
        await using var file = File.Create(Path.Combine(_folder.Path, "usher.yml"));
        await preset.CopyToAsync(file);
    }
}
