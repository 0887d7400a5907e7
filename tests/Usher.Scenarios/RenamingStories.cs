using System.Net.Http.Headers;
using System.Net.Http.Json;
using Usher.Discord.Model;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>Staff gives tickets other names, as often as Discord allows.</summary>
public sealed class RenamingStories
{
    [Theory]
    [InlineData("Support", "Broken Anchor", "Broken Anchor")]
    [InlineData("Billing", "Broken Anchor", "broken-anchor")]
    public async Task Carol_renames_by_the_menu_with_one_call(string department, string asked, string name)
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync(department);
        await stage.AfterAsync(stage.Carol.Clicks("More", home));
        await stage.AfterAsync(stage.Carol.Picks("Choose an action", home, "Rename the ticket"));
        var before = stage.Box.Journal.Now;

        var told = await stage.AfterAsync(stage.Carol.Fills(("name", asked)));

        Assert.Equal(name, home.Name);
        Assert.True(told.IsPrivate);
        Assert.Contains(name, told.Text);
        Assert.Single(stage.Box.Journal.Calls(before), call => !call.Route.Contains("/callback", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task The_third_name_waits_for_Discord_the_last_one_wins_and_a_restart_does_not_matter(string department)
    {
        await using var stage = await Stage.StartAsync(limits: true);
        var home = await stage.OpensAsync(department);
        await stage.AfterAsync(stage.Carol.Runs("/rename", home, ("name", "one")));
        await stage.AfterAsync(stage.Carol.Runs("/rename", home, ("name", "two")));
        var before = stage.Box.Journal.Now;

        var told = await stage.AfterAsync(stage.Carol.Runs("/rename", home, ("name", "three")));
        stage.Carol.Types("!rename four", home);
        await stage.SettlesAsync();

        Assert.Equal("two", home.Name);
        Assert.Contains("three", told.Text);
        Assert.Contains("<t:", told.Text);
        Assert.Contains("four", Person.TextOf(stage.Alice.Sees(home)[^1]));
        Assert.DoesNotContain(stage.Box.Journal.Calls(before), call => call.Method == "PATCH");

        await stage.StopUsherAsync();
        await stage.StartUsherAsync();
        await stage.PassesAsync(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(6));

        Assert.Equal("four", home.Name);
    }

    [Fact]
    public async Task A_channel_that_others_renamed_holds_up_nothing_else_and_gets_its_name_later()
    {
        await using var stage = await Stage.StartAsync(limits: true);
        var home = await stage.OpensAsync("Billing");
        await OthersRenameAsync(stage, home, "mine", "yours");

        await stage.AfterAsync(stage.Carol.Runs("/rename", home, ("name", "one")));
        await stage.AfterAsync(stage.Carol.Runs("/reply", home, ("text", "Hello Alice")));

        Assert.NotEqual("one", home.Name);
        Assert.Contains("Hello Alice", Person.TextOf(stage.Alice.Sees(home)[^1]));
        Assert.Contains(stage.Alice.Sees(home), message => Person.TextOf(message).Contains("will be called **one**", StringComparison.Ordinal));
        await stage.PassesAsync(TimeSpan.FromMinutes(10));
        Assert.Equal("one", home.Name);
    }

    [Fact]
    public async Task Without_the_permission_the_ticket_says_which_one_is_missing()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Billing");
        var role = stage.Harbour.Guild.Roles.Single(r => r.ManagedBy == stage.Harbour.Bot);
        stage.Box.World.EditRole(role, permissions: role.Permissions & ~Permissions.ManageChannels);

        await stage.AfterAsync(stage.Carol.Runs("/rename", home, ("name", "one")));

        Assert.NotEqual("one", home.Name);
        Assert.Contains("Manage Channels", Person.TextOf(stage.Alice.Sees(home)[^1]));
    }

    // Another program with the same token, of which the desk knows nothing.
    private static async Task OthersRenameAsync(Stage stage, ChannelState home, params string[] names)
    {
        foreach (var name in names)
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, new Uri(stage.Box.ApiAddress, $"channels/{home.Id}"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bot", stage.Box.Token);
            request.Content = JsonContent.Create(new { name });
            using var answer = await stage.Browser.SendAsync(request, TestContext.Current.CancellationToken);
            answer.EnsureSuccessStatusCode();
        }
    }
}
