using Usher.Desk.Engine;
using Usher.Desk.Features.Erasing;
using Usher.Desk.Figures;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Engine.Importing;

namespace Usher.Scenarios.Importing;

/// <summary>The systems whose tickets are text channels.</summary>
public sealed class ChannelImportTests : TakeoverTest
{
    private const string DcTables = """
        create table departments (id text primary key, name text not null, description text, emoji text, color text, category_id text);
        create table tickets (
          id text primary key, channel_id text not null, user_id text not null, department_id text not null, status text not null, ai_handled boolean default 0, human_handled boolean default 0,
          staff_id text, created_at datetime default current_timestamp, updated_at datetime default current_timestamp, closed_at datetime);
        create table messages (id text primary key, ticket_id text not null, user_id text not null, content text not null, is_ai boolean default 0, timestamp datetime default current_timestamp);
        create table ticket_invites (ticket_id text, inviter_id text, invitee_id text, created_at datetime default current_timestamp);
        insert into departments (id, name) values ('tech', '技術支援'), ('b', 'Billing');
        insert into tickets (id, channel_id, user_id, department_id, status, staff_id, created_at, closed_at) values
          ('6f1c-1', '300000000000000001', '100000000000000001', 'tech', 'closed', '100000000000000009', '2025-05-01T08:00:00.000Z', '2025-05-01T12:00:00.000Z'),
          ('6f1c-2', '300000000000000002', '100000000000000002', 'b', 'waiting_staff', null, '2025-05-02 08:00:00', null);
        insert into messages values
          ('d1', '6f1c-1', '100000000000000001', '{"isDescription":true,"text":"VPS 連不上"}', 0, '2025-05-01T08:00:01.000Z'),
          ('a1', '6f1c-1', '400000000000000001', '{"aiResponseId":"r1","content":"Please restart it."}', 1, '2025-05-01T08:00:02.000Z'),
          ('a2', '6f1c-1', '400000000000000001', '{"aiResponseId":"r1","content":"Please restart it."}', 1, '2025-05-01T08:00:02.000Z'),
          ('1367412729446400001', '6f1c-1', '100000000000000001', '{"text":"I did, no pomelo","username":"alice"}', 0, '2025-05-01T08:10:00.000Z'),
          ('1367425312358400001', '6f1c-1', '100000000000000009', 'Looking into it', 0, '2025-05-01T09:00:00.000Z'),
          ('e1', '6f1c-1', '400000000000000001', '{"embeds":[{"title":"Closed","description":"by Dana"}]}', 0, '2025-05-01T11:59:00.000Z'),
          ('1367773859020800001', '6f1c-2', '100000000000000002', 'Hello?', 0, '2025-05-02 08:05:00'),
          ('x9', '6f1c-2', '400000000000000001', 'We are closed now', 1, '2025-05-02 08:06:00');
        insert into ticket_invites (ticket_id, inviter_id, invitee_id) values ('6f1c-2', '100000000000000009', '100000000000000005');
        """;

    [Fact]
    public async Task Of_dcticket_all_that_was_said_comes_once_and_in_plain_words()
    {
        await TakeAsync("dcticket", await SqliteAsync("ticket.db", DcTables), "tech=support");

        var ticket = await TicketAsync(1);
        Assert.Equal(("support", "alice", "VPS 連不上", TicketStatus.Closed), (ticket.Department, ticket.OpenerName, ticket.Description, ticket.Status));
        Assert.Equal(new Home(HomeKind.Channel, new ChannelId(300_000_000_000_000_001), Gone: true), ticket.Home);
        Assert.Equal(["AI: Please restart it.", "alice: I did, no pomelo", $"{Dana}: Looking into it", "400000000000000001: Closed\nby Dana"], await SaidAsync(1));
        Assert.Equal(At("2025-05-01T09:00:00Z"), ticket.FirstResponseAt);
        Assert.Equal(TimeSpan.FromHours(4), (await Store.StatisticsAsync(Guild, null, At("2025-05-01"), At("2025-05-02"), Token)).Of(MeasureKind.Closed).Mean);
    }

    [Fact]
    public async Task What_stands_in_an_open_channel_under_discords_ids_is_kept_and_the_rest_is_left_for_discord_to_tell()
    {
        await TakeAsync("dcticket", await SqliteAsync("ticket.db", DcTables), "*=support");

        var ticket = await TicketAsync(2);
        Assert.Equal(("billing", TicketStatus.Open), (ticket.Department, ticket.Status));
        Assert.Equal(new Home(HomeKind.Channel, new ChannelId(300_000_000_000_000_002)), ticket.Home);
        Assert.Equal([100_000_000_000_000_005UL], ticket.Added.Where(added => added.IsIn).Select(added => added.User.Value));
        Assert.Equal(["100000000000000002: Hello?"], await SaidAsync(2));
        Assert.True(await Store.HasGapAsync(ticket.Key, Token));
        Assert.Equal(ticket.Number, (await Store.FindTicketByHomeAsync(new ChannelId(300_000_000_000_000_002), Token))!.Number);
    }

    [Fact]
    public async Task What_the_ticket_of_somebody_who_was_erased_was_called_is_gone_and_it_is_not_taken_over_again()
    {
        var file = await SqliteAsync("ticket.db", DcTables);
        await TakeAsync("dcticket", file, "*=support");
        var ticket = await TicketAsync(1);
        var erased = new MemberErased(Time.GetUtcNow(), 1, WasOpener: true, new Principal(new UserId(Dana), null), new Principal(default, "here"));
        await Store.CommitAsync(
            new Usher.Storage.Commit { Guild = Guild, Before = ticket, After = erased.ApplyTo(ticket), Facts = [erased], By = default, At = Time.GetUtcNow(), Changes = [new HistoryErased(1, ticket.Opener)] }, Token);

        Assert.DoesNotContain(await Store.TakenOverAsync(Guild, "dcticket", Token), row => row.SourceId == "6f1c-1");
        Assert.DoesNotContain((await TakeAsync("dcticket", file, "*=support")).Steps, step => step.ChangesAnything);
        Assert.Equal(2, (await TicketsAsync()).Count);
    }

    [Fact]
    public async Task Of_fivem_the_pages_become_words_and_their_addresses_go_on()
    {
        const string Token = "0fea3b83-7922-4854-97a8-bbb2558e265b";
        Write("old/tickets.json", """
            {"channel_id":300000000000000001,"ticket_id":"AB12CD","author_id":100000000000000001,"claimed_by":100000000000000009,"added_users":"[100000000000000005]","created_at":"2025-11-20T18:00:00-03:00"}
            {"channel_id":300000000000000002,"ticket_id":"ZZ9999","author_id":100000000000000002,"claimed_by":null,"added_users":"[]","created_at":"2025-11-21T09:00:00-03:00"}

            """);
        Write("old/ticket_html.json", $$"""
            [{"token":"{{Token}}","ticket_id":"AB12CD","user_id":100000000000000001,"html_content":"<html><head><style>p{}</style></head><body><h1>Ticket &amp; AB12CD</h1><p>Aberto em 20/11/2025 18:00</p><div><b>alice</b> <span>20/11/2025 18:05</span><p>Perdi meu <i>jatobá</i></p><script>alert(1)</script></div></body></html>"},
             {"token":"t2","ticket_id":"GONE01","user_id":100000000000000001,"html_content":"<p>Aberto em 01/10/2025 10:00</p><p>Fechado</p>"}]
            """);
        await TakeFivemAsync();

        var (gone, closed, open) = (await TicketAsync(1), await TicketAsync(2), await TicketAsync(3));
        Assert.Equal((At("2025-10-01T13:00:00Z"), TicketStatus.Closed, 32), (gone.OpenedAt, gone.Status, gone.TranscriptToken.Length));
        Assert.Equal((Token, At("2025-11-20T21:00:00Z"), At("2025-11-20T21:05:00Z")), (closed.TranscriptToken, closed.OpenedAt, closed.Closing!.At));
        Assert.Equal(closed.Number, (await Store.FindTicketByTokenAsync(Token, TakeoverTest.Token))!.Number);
        Assert.Equal((Dana, true), (closed.Claim!.By.Value, closed.Home.Gone));
        Assert.Equal(["transcript: Ticket & AB12CD\nAberto em 20/11/2025 18:00\nalice 20/11/2025 18:05\nPerdi meu jatobá"], await SaidAsync(2));
        Assert.Equal((TicketStatus.Open, "fivem ZZ9999"), (open.Status, Assert.Single(open.Answers).Value));
        // When the first ended stands nowhere: it counts as opened, and for no time.
        var figures = await Store.StatisticsAsync(Guild, null, At("2025-09-01"), At("2025-12-01"), TakeoverTest.Token);
        Assert.Equal((3, 1), (figures.Of(MeasureKind.Opened).Count, figures.Of(MeasureKind.Closed).Count));

        await TakeFivemAsync();
        Assert.Equal(3, (await TicketsAsync()).Count);
    }

    [Fact]
    public async Task Two_pages_under_one_address_are_both_taken_and_the_first_keeps_it()
    {
        const string Token = "0fea3b83-7922-4854-97a8-bbb2558e265b";
        string Page(string ticket, string opened) => $$"""{"token":"{{Token}}","ticket_id":"{{ticket}}","user_id":100000000000000001,"html_content":"<p>Aberto em {{opened}}</p>"}""";
        Write("old/tickets.json", "[]");
        Write("old/ticket_html.json", $"[{Page("GONE02", "02/10/2025 10:00")},{Page("GONE01", "01/10/2025 10:00")}]");
        await TakeFivemAsync();
        Write("old/ticket_html.json", $"[{Page("GONE03", "03/10/2025 10:00")}]");
        await TakeFivemAsync();

        var tokens = (await TicketsAsync()).Select(ticket => ticket.TranscriptToken).ToList();
        Assert.Equal(3, tokens.Distinct().Count());
        Assert.Equal(Token, tokens[0]);
    }

    [Fact]
    public async Task Of_fivem_tables_as_csv_are_read_too()
    {
        Write("old/tickets.csv", "channel_id,ticket_id,author_id,claimed_by,added_users,created_at\n300000000000000001,AB12CD,100000000000000001,,[],2025-11-20T18:00:00-03:00\n");
        Write("old/ticket_html.csv", "token,ticket_id,user_id,html_content\nt1,AB12CD,100000000000000001,\"<p>He said \"\"ok\"\",\nthen left</p>\"\n");
        await TakeFivemAsync();

        Assert.Equal(["transcript: He said \"ok\",\nthen left"], await SaidAsync(1));
    }

    [Fact]
    public async Task Of_a_storefront_the_answers_come_and_the_channels_tell_when()
    {
        var file = Write("config.json", """
            {
              "ticket_channel_id": 300000000000000009, "ticket_message_id": 300000000000000010, "purchase_category_id": 300000000000000011, "staff_roles": [100000000000000077],
              "tickets": {
                "1367400000000000001": {"user_id": 100000000000000001, "status": "open", "country": "Canada", "group_link": true, "payment_method": "PayPal"},
                "1367400000000000002": {"user_id": 100000000000000002, "status": "deleted", "country": "US", "group_link": false, "created_at": "2025-05-02T08:00:00"}
              }
            }
            """);
        await TakeAsync("storefront", file, "*=billing");

        var (open, deleted) = (await TicketAsync(1), await TicketAsync(2));
        Assert.Equal(At("2025-05-01T07:19:25.063Z"), open.OpenedAt);
        Assert.Equal([("country", "Canada"), ("group_link", "yes"), ("payment_method", "PayPal")], open.Answers.Select(answer => (answer.Question, answer.Value)));
        Assert.Equal((HomeKind.Channel, false, TicketStatus.Open), (open.Home.Kind, open.Home.Gone, open.Status));
        Assert.Equal((true, TicketStatus.Closed), (deleted.Home.Gone, deleted.Status));
    }

    private async Task TakeFivemAsync()
    {
        var takeover = Takeover("fivem", "*=support");
        var plan = await takeover.PlanAsync(await ReadAsync("fivem", Path("old"), new SourceTimes(TimeZoneInfo.FindSystemTimeZoneById("America/Sao_Paulo"))), Token);
        Assert.Empty(plan.Faults);
        await takeover.ApplyAsync(plan, Storage.AuditSignature.CommandLine(null, default), static _ => { }, Token);
    }
}
