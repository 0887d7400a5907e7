using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Tagging;
using Usher.Desk.Figures;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Engine.Guilds;
using Usher.Storage;
using Usher.Storage.Searching;
using Usher.Testing;
using Usher.Web.Exports;
using Usher.Web.Transcripts;

namespace Usher.Scenarios.Importing;

public sealed class ShelliaImportTests : TakeoverTest
{
    // As the system itself makes them.
    private const string Tables = """
        create table tickets (
          id varchar(9) primary key, user_id bigint not null, guild_id bigint not null, subject varchar(255) not null, description text not null, category varchar(50) default 'general',
          priority varchar(20) default 'medium', status varchar(20) default 'open', plan_at_creation varchar(20) default 'free', assigned_to bigint, created_by bigint not null,
          created_at timestamptz default now(), closed_at timestamptz, closed_by bigint, close_reason text, first_response_at timestamptz, resolved_at timestamptz, satisfaction_rating integer);
        create table ticket_messages (
          id varchar(12) primary key, ticket_id varchar(9) references tickets (id), author_id bigint not null, content text not null, is_internal boolean default false, attachments jsonb,
          created_at timestamptz default now());
        create table ticket_audit_log (ticket_id varchar(9), action varchar(50) not null, performed_by bigint not null, created_at timestamptz default now());
        """;

    private const string Rows = """
        insert into tickets values
          ('TKTA1B2C3', 100000000000000001, 1100000000000000001, 'Double payment', 'I paid twice for the crown', 'billing', 'high', 'resolved', 'pro', 100000000000000009, 100000000000000001,
           '2024-01-20 10:30:00+00', null, 100000000000000009, 'Refunded', null, '2024-01-20 14:30:00+00', 5),
          ('TKT123456', 100000000000000002, 1100000000000000001, 'Cannot sign in', 'Since this morning', 'technical', 'critical', 'open', 'free', null, 100000000000000002,
           '2024-02-01 08:00:00+00', null, null, null, null, null, null),
          ('TKTELSE00', 100000000000000002, 1200000000000000001, 'Elsewhere', 'Another guild', 'technical', 'low', 'open', 'free', null, 100000000000000002, '2024-02-01 08:00:00+00', null, null, null, null, null, null);
        insert into ticket_messages values
          ('m1', 'TKTA1B2C3', 100000000000000009, 'Which card was it?', false, null, '2024-01-20 11:30:00+00'),
          ('m2', 'TKTA1B2C3', 100000000000000009, 'Difficult customer, be patient', true, null, '2024-01-20 11:31:00+00'),
          ('m3', 'TKTA1B2C3', 100000000000000001, 'The blue one, see the zebra picture', false, '["https://cdn.example/zebra.png"]', '2024-01-20 12:30:00+00'),
          ('m4', 'TKTELSE00', 100000000000000002, 'Nobody here hears this', false, null, '2024-01-20 12:30:00+00');
        insert into ticket_audit_log values ('TKTA1B2C3', 'assigned', 100000000000000009, '2024-01-20 11:00:00+00');
        """;

    private static readonly string[] Departments = ["technical=support"];

    [Fact]
    public async Task All_that_is_known_of_a_ticket_is_taken_over()
    {
        var plan = await TakeAsync("shellia", await PostgresServer.DatabaseAsync(Tables + Rows, Token), Departments);

        Assert.Equal((2, 1), (plan.New.Count(), plan.Elsewhere));
        var ticket = await TicketAsync(1);
        Assert.Equal(("billing", TicketStatus.Closed, Alice), (ticket.Department, ticket.Status, ticket.Opener.Value));
        Assert.Equal(("Double payment", "I paid twice for the crown", Priority.High), (ticket.Subject, ticket.Description, ticket.Priority));
        Assert.Equal(At("2024-01-20T10:30:00Z"), ticket.OpenedAt);
        Assert.Equal(new Claim(new UserId(Dana), Dana.ToString(System.Globalization.CultureInfo.InvariantCulture), At("2024-01-20T11:00:00Z")), ticket.Claim);
        Assert.Equal((At("2024-01-20T14:30:00Z"), Dana, "Refunded"), (ticket.Closing!.At, ticket.Closing.By.Value, ticket.Closing.Reason));
        Assert.Equal([("plan", "pro"), ("imported", "shellia TKTA1B2C3")], ticket.Answers.Select(answer => (answer.Question, answer.Value)));
        Assert.Equal(new TicketRating(5, null, At("2024-01-20T14:30:00Z"), "billing", new UserId(Dana)), ticket.Rating);
        Assert.Equal(At("2024-01-20T11:30:00Z"), ticket.FirstResponseAt);
        Assert.Equal(("Difficult customer, be patient", Dana), (Assert.Single(ticket.Notes).Text, ticket.Notes[0].By.Value));
        Assert.Equal([$"{Dana}: Which card was it?", $"{Alice}: The blue one, see the zebra picture\nhttps://cdn.example/zebra.png"], await SaidAsync(1));
    }

    [Fact]
    public async Task One_that_is_open_and_lived_nowhere_gets_a_home()
    {
        await TakeAsync("shellia", await PostgresServer.DatabaseAsync(Tables + Rows, Token), Departments);

        Assert.Equal(TicketStatus.Opening, (await TicketAsync(2)).Status);
        var owed = Assert.Single(await Store.OwedEffectsAsync(Token));
        Assert.IsType<CreateThread>((await Store.FindEffectAsync(owed.Id, Token))!.Effect);
    }

    [Fact]
    public async Task It_replays_is_counted_is_found_and_stands_in_the_audit_log()
    {
        await TakeAsync("shellia", await PostgresServer.DatabaseAsync(Tables + Rows, Token), Departments);

        var ticket = await TicketAsync(1);
        Assert.Equal(ticket, (await Store.FactsAsync(ticket.Key, Token)).Aggregate((Ticket?)null, (state, fact) => fact.Fact.ApplyTo(state)));

        var january = await Store.StatisticsAsync(Guild, null, At("2024-01-01"), At("2024-02-01"), Token);
        Assert.Equal((1, 1), (january.Of(MeasureKind.Opened).Count, january.Of(MeasureKind.Closed).Count));
        Assert.Equal(TimeSpan.FromHours(1), january.Of(MeasureKind.FirstResponse).Mean);
        Assert.Equal(TimeSpan.FromHours(4), january.Of(MeasureKind.Closed).Mean);
        Assert.Equal(1, january.Of(MeasureKind.FirstResponse, new UserId(Dana)).Count);

        Assert.Equal([1L], await FoundAsync("zebra", withNotes: false));
        Assert.Equal([1L], await FoundAsync("TKTA1B2C3", withNotes: false));
        Assert.Empty(await FoundAsync("patient", withNotes: false));
        Assert.Equal([1L], await FoundAsync("patient", withNotes: true));

        var entry = Assert.Single(await Store.AuditAsync(Guild, new AuditQuery { Limit = 10 }, Token));
        Assert.Equal(("tickets_imported", "shellia: 2 tickets", "command line (tester)"), (entry.Deed.Action, entry.Deed.Detail, entry.Program));
        Assert.True((await Store.VerifyAuditAsync(Guild, Token)).IsWhole);
    }

    [Fact]
    public async Task Its_transcript_and_its_export_show_what_was_said_and_notes_to_staff_alone()
    {
        await TakeAsync("shellia", await PostgresServer.DatabaseAsync(Tables + Rows, Token), Departments);
        var guilds = new GuildDirectory();
        guilds.Use([Desk]);
        var source = new TranscriptSource(guilds, Store, null, "", standalone: true);
        var ticket = await TicketAsync(1);

        var page = await WrittenAsync(output => TranscriptWriter.WriteAsync(output, source.HeadOf(ticket), source.MessagesOf(ticket, Token), Token));
        Assert.Contains("zebra picture", page, StringComparison.Ordinal);
        Assert.DoesNotContain("be patient", page, StringComparison.Ordinal);
        foreach (var seesNotes in (bool[])[false, true])
        {
            var export = new ArchiveExport(Store, source, "", _ => seesNotes);
            var json = await WrittenAsync(output => export.WriteAsync(ExportFormat.Json, ticket, output, Token));
            Assert.Contains("zebra picture", json, StringComparison.Ordinal);
            Assert.Equal(seesNotes, json.Contains("be patient", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_second_time_nothing_is_doubled_and_what_is_new_comes()
    {
        var url = await PostgresServer.DatabaseAsync(Tables + Rows, Token);
        await TakeAsync("shellia", url, Departments);
        var before = await TicketsAsync();

        var again = await TakeAsync("shellia", url, Departments);
        Assert.Equal((0, 0, 2), (again.New.Count(), again.Renewed.Count(), again.Known));
        Assert.Equal(before, await TicketsAsync());

        await PostgresServer.RunAsync(url, """
            insert into tickets (id, user_id, guild_id, subject, description, created_by, created_at, category) values ('TKTNEW001', 100000000000000001, 1100000000000000001, 'New', 'New', 1, '2024-03-01 00:00:00+00', 'billing');
            insert into ticket_messages values ('m5', 'TKT123456', 100000000000000009, 'Try again now', false, null, '2024-02-01 09:00:00+00'), ('m6', 'TKT123456', 100000000000000009, 'Was the server', true, null, '2024-02-01 09:01:00+00');
            update tickets set status = 'closed', closed_at = '2024-02-01 10:00:00+00', assigned_to = 100000000000000009, closed_by = 100000000000000009 where id = 'TKT123456';
            """, Token);
        var third = await TakeAsync("shellia", url, Departments);

        Assert.Equal((1, 1, 1), (third.New.Count(), third.Renewed.Count(), third.Known));
        var ticket = await TicketAsync(2);
        Assert.Equal((TicketStatus.Closed, Dana, "Was the server"), (ticket.Status, ticket.Claim!.By.Value, Assert.Single(ticket.Notes).Text));
        Assert.Equal(At("2024-02-01T09:00:00Z"), ticket.FirstResponseAt);
        Assert.Equal([$"{Dana}: Try again now"], await SaidAsync(2));
        Assert.Equal("New", (await TicketAsync(3)).Subject);
        Assert.Equal((0, 0, 3), (await TakeAsync("shellia", url, Departments)) is var last ? (last.New.Count(), last.Renewed.Count(), last.Known) : default);
    }

    [Fact]
    public async Task One_that_people_went_on_with_here_gets_what_was_said_there_and_nothing_else()
    {
        var url = await PostgresServer.DatabaseAsync(Tables + Rows, Token);
        await TakeAsync("shellia", url, Departments);
        var ticket = await TicketAsync(2);
        var tagged = new TagsChanged(Time.GetUtcNow(), new UserId(Dana), ["sign-in"]);
        await Store.CommitAsync(new Commit { Guild = Guild, Before = ticket, After = tagged.ApplyTo(ticket), Facts = [tagged], By = new UserId(Dana), At = Time.GetUtcNow() }, Token);

        await PostgresServer.RunAsync(url, """
            insert into ticket_messages values ('m5', 'TKT123456', 100000000000000009, 'Try again now', false, null, '2024-02-01 09:00:00+00');
            update tickets set status = 'closed' where id = 'TKT123456';
            """, Token);
        for (var run = 0; run < 2; run++) await TakeAsync("shellia", url, Departments);

        Assert.Equal((TicketStatus.Opening, "sign-in"), ((await TicketAsync(2)).Status, Assert.Single((await TicketAsync(2)).Tags)));
        Assert.Equal([$"{Dana}: Try again now"], await SaidAsync(2));
    }

    [Fact]
    public async Task What_the_api_answers_is_read_from_a_file_too()
    {
        var file = Write("tickets.json", """
            {"data": [{"ticket_id": "TKTA1B2C3", "user_id": "100000000000000001", "category": "billing", "subject": "Payment", "description": "Twice", "priority": "low", "status": "closed",
              "created_at": "2024-01-20T10:30:00Z", "closed_at": 1705756200, "resolution": "Paid back",
              "messages": [{"user_id": 100000000000000009, "message": "Thank you for waiting", "created_at": "2024-01-20T11:00:00Z"}, {"user_id": 100000000000000009, "message": "Hush", "internal_note": true, "created_at": "2024-01-20T11:00:00Z"}]}]}
            """);
        await TakeAsync("shellia", file);

        var ticket = await TicketAsync(1);
        Assert.Equal(("Paid back", At("2024-01-20T13:10:00Z"), "Hush"), (ticket.Closing!.Reason, ticket.Closing.At, Assert.Single(ticket.Notes).Text));
        Assert.Equal([$"{Dana}: Thank you for waiting"], await SaidAsync(1));
    }

    private async Task<IEnumerable<long>> FoundAsync(string words, bool withNotes) =>
        (await Store.SearchAsync(new SearchQuery(Guild, SearchTerms.Read(words)!) { WithNotes = withNotes }, Token)).Found.Select(found => found.Ticket.Number).Distinct();

    private static async Task<string> WrittenAsync(Func<System.IO.Pipelines.PipeWriter, Task> write)
    {
        using var stream = new MemoryStream();
        var output = System.IO.Pipelines.PipeWriter.Create(stream, new System.IO.Pipelines.StreamPipeWriterOptions(leaveOpen: true));
        await write(output);
        await output.CompleteAsync();
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
