using Usher.Scenarios.Stages;
using Xunit;

namespace Usher.Scenarios;

/// <summary>What staff does stands in the audit log, whichever door they took; what anybody says does not.</summary>
public sealed class AuditStories
{
    [Fact]
    public async Task Clicks_commands_and_calls_of_staff_are_told_and_members_own_doings_and_words_are_not()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        stage.Alice.Types("My secret is 4711", home);
        await stage.AfterAsync(stage.Carol.Clicks("Claim", home));
        stage.Carol.Types("I see 4711", home);
        await stage.AfterAsync(stage.Carol.Runs("/note", home, ("text", "she said 4711")));
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);
        Assert.Equal(200, (await crm.PostAsync("/api/tickets/TKT000001/reply", """{ "message": "4711 is no secret" }""")).Status);
        Assert.Equal(200, (await crm.PutAsync("/api/tickets/TKT000001/priority", """{ "priority": "high" }""")).Status);
        await stage.AfterAsync(stage.Dana.Runs("/block", home, ("member", stage.Alice.Mention), ("reason", "said 4711")));
        await stage.AfterAsync(stage.Carol.Runs("/close", home, ("reason", "solved 4711")));

        var audit = await crm.GetAsync("/api/audit");

        var entries = audit.Body.GetProperty("entries").EnumerateArray().Reverse().ToList();
        Assert.Equal(
            ["ticket_claimed", "note_written", "key_created", "replied", "priority_set", "member_blocked", "ticket_closed"],
            entries.Select(entry => entry.GetProperty("action").GetString()));
        var claim = entries.Single(entry => entry.GetProperty("action").GetString() == "ticket_claimed");
        Assert.Equal((stage.Carol.User.Id.ToString(), "TKT000001"), (claim.GetProperty("by").GetString(), claim.GetProperty("ticket_id").GetString()));
        Assert.Equal(("CRM", "High"), entries.Where(entry => entry.GetProperty("action").GetString() == "priority_set").Select(entry => (entry.GetProperty("program").GetString(), entry.GetProperty("detail").GetString())).Single());
        Assert.DoesNotContain("4711", audit.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("solved", audit.Text, StringComparison.Ordinal);
        var verdict = await crm.GetAsync("/api/audit/verify");
        Assert.True(verdict.Body.GetProperty("whole").GetBoolean());
        Assert.Equal(entries.Count, verdict.Body.GetProperty("entries").GetInt32());
    }

    [Fact]
    public async Task It_is_read_page_by_page_and_by_what_is_asked_for_and_wrong_questions_are_told()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        await stage.AfterAsync(stage.Carol.Clicks("Claim", home));
        await stage.AfterAsync(stage.Carol.Runs("/unclaim", home));
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);

        var page = await crm.GetAsync("/api/audit?ticket_id=TKT000001&limit=1");
        Assert.Equal("ticket_unclaimed", Assert.Single(page.Body.GetProperty("entries").EnumerateArray()).GetProperty("action").GetString());
        var next = await crm.GetAsync($"/api/audit?ticket_id=TKT000001&limit=1&cursor={page["next_cursor"]}");
        Assert.Equal("ticket_claimed", Assert.Single(next.Body.GetProperty("entries").EnumerateArray()).GetProperty("action").GetString());
        Assert.Null(next["next_cursor"]);
        Assert.Empty((await crm.GetAsync($"/api/audit?by={stage.Bob.User.Id}")).Body.GetProperty("entries").EnumerateArray());
        foreach (var wrong in (string[])["ticket_id=X", "by=bob", "from=soon", "limit=0", "cursor=x", "who=1"])
            Assert.Equal((wrong, 400), (wrong, (await crm.GetAsync("/api/audit?" + wrong)).Status));
        var staff = await ApiProgram.WithKeyAsync(stage, departments: ["support"]);
        Assert.Equal((403, "access.denied"), (await staff.GetAsync("/api/audit")).Verdict);
        Assert.Equal((403, "access.denied"), (await staff.GetAsync("/api/audit/verify")).Verdict);
    }

    [Fact]
    public async Task Dana_reads_it_in_Discord_and_Carol_is_told_who_may()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        await stage.AfterAsync(stage.Carol.Clicks("Claim", home));

        var read = await stage.AfterAsync(stage.Dana.Runs("/audit", home, ("number", 1)));
        Assert.Contains("`ticket_claimed` · #0001", read.Text, StringComparison.Ordinal);
        Assert.Contains(stage.Carol.User.Id.ToString(), read.Text, StringComparison.Ordinal);
        Assert.Contains("nothing of that", (await stage.AfterAsync(stage.Dana.Runs("/audit", home, ("number", 7)))).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("ticket_claimed", (await stage.AfterAsync(stage.Carol.Runs("/audit", home))).Text, StringComparison.Ordinal);
    }
}
