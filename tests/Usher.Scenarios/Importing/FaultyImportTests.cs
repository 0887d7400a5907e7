using System.Globalization;
using System.Text;
using Usher.Desk.Tickets;
using Usher.Engine.Importing;
using Usher.Engine.Importing.Sources;

namespace Usher.Scenarios.Importing;

/// <summary>Sources that are wrong: each fault is named with its row and what helps, and nothing half-read is taken over.</summary>
public sealed class FaultyImportTests : TakeoverTest
{
    private const string Whole = """{"ticket_id":"TKT000001","user_id":"100000000000000001","category":"support","created_at":"2024-01-20T10:30:00Z","status":"open"}""";

    [Theory]
    [InlineData("""{"user_id":"somebody"}""", "tickets 1, user_id: «somebody» is no id of Discord")]
    [InlineData("""{"user_id":1.0000000000000000e17}""", "tickets 1, user_id: «1.0000000000000000e17» is an id that a program rounded")]
    [InlineData("""{"user_id":-5}""", "tickets 1, user_id: «-5» is no id of Discord")]
    [InlineData("""{"user_id":null}""", "tickets 1, user_id: it is missing. Without it nobody knows whose it is: add it there.")]
    [InlineData("""{"user_id":["1"]}""", "tickets 1, user_id: «[\"1\"]» is no id of Discord")]
    [InlineData("""{"ticket_id":""}""", "tickets 1, id: it is missing")]
    [InlineData("""{"created_at":"yesterday"}""", "tickets 1, created_at: «yesterday» is no time since Discord began. Write it like 2026-01-20T10:30:00Z.")]
    [InlineData("""{"created_at":"0001-01-01T00:00:00Z"}""", "tickets 1, created_at: «0001-01-01T00:00:00Z» is no time")]
    [InlineData("""{"created_at":null}""", "tickets 1, created_at: it is missing")]
    [InlineData("""{"status":"perhaps"}""", "tickets 1, status: «perhaps» is no status that is known. Write open or closed there.")]
    [InlineData("""{"priority":"purple"}""", "tickets 1, priority: «purple» is no priority. There are low, medium, high and critical.")]
    [InlineData("""{"rating":9}""", "tickets 1, satisfaction_rating: a rating is from 1 to 5")]
    [InlineData("""{"category":"partnership"}""", "tickets 1, department: there is no department «partnership» in the settings. Add it to usher.yml, or say --department \"partnership=KEY\"")]
    [InlineData("""{"category":null}""", "tickets 1, department: it says of no department. Say --department *=KEY.")]
    [InlineData("""{"messages":[{"user_id":1,"message":"Hi"}]}""", "tickets 1, messages 1, created_at: it is missing")]
    [InlineData("""{"messages":[{"message":"Hi","created_at":"2024-01-20T10:30:00Z"}]}""", "tickets 1, messages 1, author_id: it is missing")]
    public async Task Every_fault_says_where_it_is_and_what_helps(string other, string told)
    {
        var plan = await PlanAsync("shellia", Write("tickets.json", $"[{Merged(other)}]"));

        Assert.Contains(told, Assert.Single(plan.Faults).ToString(), StringComparison.Ordinal);
        Assert.Empty(plan.New);
    }

    [Fact]
    public async Task All_faults_are_told_at_once_and_without_them_the_rest_can_be_taken()
    {
        var file = Write("tickets.json", $$"""[{{Whole}}, {{Whole}}, {"ticket_id":"B"}, {"ticket_id":"C","user_id":"5","created_at":"2024-01-20","status":"done","category":"nowhere"}, 7]""");
        var plan = await PlanAsync("shellia", file);

        Assert.Equal(
            [
                "tickets 2: its id «TKT000001» is that of tickets 1 too. Leave one of them.",
                "tickets 3, user_id: it is missing. Without it nobody knows whose it is: add it there.",
                "tickets 3, created_at: it is missing. Write when that was, like 2026-01-20T10:30:00Z.",
                "tickets 5: there is nothing in it. Leave it out there.",
                "tickets 4, department: there is no department «nowhere» in the settings. Add it to usher.yml, or say --department \"nowhere=KEY\"; --department *=KEY is for all others.",
            ],
            plan.Faults.Select(fault => fault.ToString()));
        Assert.Equal("TKT000001", Assert.Single(plan.New).Old.Id);
    }

    [Fact]
    public async Task Messages_of_a_ticket_that_is_not_there_are_named()
    {
        Write("old/tickets.json", $"[{Whole}]");
        Write("old/ticket_messages.json", """[{"ticket_id":"TKTLOST01","author_id":"5","content":"Anybody?","created_at":"2024-01-20"},{"ticket_id":"TKTLOST01","author_id":"5","content":"No?","created_at":"2024-01-20"}]""");

        Assert.Equal(
            "ticket_messages 1, ticket_id: there is no ticket «TKTLOST01», in which 2 rows like this stand. Delete them there, or bring the ticket back.",
            Assert.Single((await ReadAsync("shellia", Path("old"))).Faults).ToString());
    }

    [Theory]
    [InlineData("tickets.json", "[{\"ticket_id\":\"A\",\n\"user_id\":", "«tickets.json» is no JSON, or cut off, at line 2.")]
    [InlineData("tickets.json", "", "«tickets.json» is empty.")]
    [InlineData("tickets.json", "   \n", "«tickets.json» is empty.")]
    [InlineData("tickets.json", "\"hello\"", "«tickets.json» holds neither a list nor an object.")]
    [InlineData("tickets.json", "{\"canal_id\": 5, \"mensagem_id\": 6}", "There is no table «tickets» there. Is it the right database or file?")]
    [InlineData("tickets.ndjson", "{\"ticket_id\":\"A\"}\n{\"ticket_id\":", "«tickets.ndjson» is no JSON, or cut off, at line 2.")]
    [InlineData("tickets.csv", "id,user_id\n1,\"two\nthree", "«tickets.csv» is cut off: the value that begins in line 2 has no end.")]
    [InlineData("tickets.csv", "id,user_id\n1,2\n3", "«tickets.csv», line 3: 1 values for 2 names.")]
    [InlineData("notes.txt", "Dear diary", "«notes.txt» is no JSON, or cut off, at line 1.")]
    [InlineData("tickets.db", "SQLite format 3\0 and then nothing of it", "«tickets.db» is damaged or cut off")]
    [InlineData("tickets.duckdb", "12345678DUCK9012345678", "«tickets.duckdb» is a DuckDB file, which only DuckDB reads. Let it write its tables as JSON")]
    public async Task A_broken_source_is_one_clear_line(string name, string content, string told)
    {
        var failure = await Assert.ThrowsAsync<ImportException>(() => ReadAsync("shellia", Write(name, content)));

        Assert.StartsWith(told, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.DoesNotContain(Path(""), failure.Message, StringComparison.Ordinal);
    }

    // As a database writes its tables out: a line a row, however few there are.
    [Fact]
    public async Task Of_a_folder_a_file_of_one_row_and_one_of_none_are_tables_too()
    {
        Write("old/tickets.json", """{"channel_id":1367400000000000001,"ticket_id":"AB12CD","author_id":100000000000000001,"created_at":"2025-11-20 18:00:00"}""" + "\n");
        Write("old/ticket_html.json", "");
        Write("old/observacoes.json", """{"ticket_id":"AB12CD","autor_id":100000000000000002,"observacao":"Be kind","created_at":"2025-11-20 18:05:00"}""");

        var read = await ReadAsync("fivem", Path("old"));

        Assert.Empty(read.Faults);
        var ticket = Assert.Single(read.Tickets);
        Assert.Equal(("AB12CD", "Be kind"), (ticket.Id, Assert.Single(ticket.Notes).Text));
        Assert.Null(ticket.End);
    }

    [Fact]
    public async Task A_single_line_is_a_row_and_what_has_no_tickets_is_none() =>
        Assert.Equal("T1", Assert.Single((await ReadAsync("shellia", Write("tickets.ndjson", """{"ticket_id":"T1","user_id":"5","category":"support","created_at":"2024-01-20T10:30:00Z"}"""))).Tickets).Id);

    [Theory]
    [InlineData("\n", "first\nsecond")]
    [InlineData("\r\n", "first\r\nsecond")]
    [InlineData("\r", "first\rsecond")]
    public async Task Lines_of_csv_end_as_programs_end_them_and_quoted_ones_stay(string end, string description)
    {
        var text = "\uFEFFticket_id,user_id,category,created_at,description" + end
            + $"T1,5,support,2024-01-20T10:30:00Z,\"{description}, \"\"quoted\"\"\"" + end + end + "T2,6,support,2024-01-20T10:31:00Z," + end;

        var read = await ReadAsync("shellia", Write("tickets.csv", text));

        Assert.Empty(read.Faults);
        Assert.Equal([description + ", \"quoted\"", null], read.Tickets.Select(ticket => ticket.Description));
    }

    [Theory]
    [InlineData("mysql://root@localhost/tickets", "mysql addresses cannot be read.")]
    [InlineData("nowhere.db", "There is no file or folder «nowhere.db»")]
    [InlineData("postgres://somebody:hidden@127.0.0.1:1/old", "The database does not answer.")]
    public async Task What_cannot_be_opened_is_told_without_its_password(string from, string told)
    {
        var failure = await Assert.ThrowsAsync<ImportException>(() => ReadAsync("shellia", from));

        Assert.StartsWith(told, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sqlite_file_that_lost_its_end_is_told()
    {
        var rows = string.Concat(Enumerable.Range(1, 2000).Select(i => string.Create(CultureInfo.InvariantCulture, $"insert into tickets values ('T{i}', {i}, 'support', '2024-01-20', '{new string('x', 100)}');")));
        var file = await SqliteAsync("old.db", "create table tickets (id text, user_id integer, category text, created_at text, description text);" + rows);
        await using (var stream = File.OpenWrite(file)) stream.SetLength(stream.Length / 2);

        Assert.StartsWith("«old.db» is damaged or cut off", (await Assert.ThrowsAsync<ImportException>(() => ReadAsync("shellia", file))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_encodings_are_read_or_told_and_odd_words_kept()
    {
        var words = Whole.Replace("}", ""","subject":"caf\u00e9 \ud800 \u0000 end"}""", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path("utf16.json"), $"[{words}]", Encoding.Unicode, Token);
        await TakeAsync("shellia", Path("utf16.json"));
        Assert.Contains("end", (await TicketAsync(1)).Subject, StringComparison.Ordinal);

        await File.WriteAllBytesAsync(Path("latin.json"), Encoding.Latin1.GetBytes("[{\"subject\":\"caf\u00e9\"}]"), Token);
        Assert.StartsWith("«latin.json» is not UTF-8.", (await Assert.ThrowsAsync<ImportException>(() => ReadAsync("shellia", Path("latin.json")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_hundred_thousand_rows_and_a_line_of_megabytes_are_read()
    {
        var text = new StringBuilder();
        for (var i = 1; i <= 100_000; i++) text.Append(CultureInfo.InvariantCulture, $$"""{"ticket_id":"T{{i}}","user_id":"{{i}}","category":"support","created_at":"2024-01-20T10:30:00Z","status":"closed"}""").Append('\n');
        text.Append(Merged($$"""{"ticket_id":"LONG","description":"{{new string('y', 5_000_000)}}"}""")).Append('\n');

        var plan = await PlanAsync("shellia", Write("tickets.ndjson", text.ToString()));

        Assert.Equal((100_001, 0), (plan.New.Count(), plan.Faults.Count));
        Assert.Equal(5_000_000, plan.New.Single(step => step.Old.Id == "LONG").Old.Description!.Length);
    }

    [Theory]
    [InlineData("2026-01-20T10:30:00Z", "2026-01-20T10:30:00Z")]
    [InlineData("2026-01-20T07:30:00-03:00", "2026-01-20T10:30:00Z")]
    [InlineData("2026-01-20 10:30:00+00", "2026-01-20T10:30:00Z")]
    [InlineData("2026-01-20T07:30:00.123456", "2026-01-20T10:30:00.123456Z")]
    [InlineData("2026-01-20 07:30:00", "2026-01-20T10:30:00Z")]
    [InlineData("20/01/2026 07:30", "2026-01-20T10:30:00Z")]
    [InlineData("1768905000", "2026-01-20T10:30:00Z")]
    [InlineData("1768905000.5", "2026-01-20T10:30:00.5Z")]
    [InlineData("1768905000000", "2026-01-20T10:30:00Z")]
    [InlineData("2026-01-20 10:30:00 UTC", "2026-01-20T10:30:00Z")]
    [InlineData("2026-01-20 10:30:00.123456789+00:00", "2026-01-20T10:30:00.1234568Z")]
    [InlineData("2026-01-20 07:30:00-0300", "2026-01-20T10:30:00Z")]
    [InlineData("01-20-2026", null)]
    [InlineData("12", null)]
    [InlineData("-1768905000", null)]
    [InlineData("2014-12-31T00:00:00Z", null)]
    public void Times_are_read_as_programs_write_them(string written, string? moment) =>
        Assert.Equal(moment is null ? null : At(moment), new SourceTimes(TimeZoneInfo.FindSystemTimeZoneById("America/Sao_Paulo")).Read(written));

    [Fact]
    public async Task A_run_that_was_stopped_goes_on_where_it_ended()
    {
        var file = Write("tickets.json", $"[{string.Join(',', Enumerable.Range(1, 250).Select(i => Merged(string.Create(CultureInfo.InvariantCulture, $$"""{"ticket_id":"T{{i}}","user_id":"{{i}}","status":"closed"}"""))))}]");
        var takeover = Takeover("shellia");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await takeover.ApplyAsync(await takeover.PlanAsync(await ReadAsync("shellia", file), Token), Storage.AuditSignature.CommandLine(null, default), _ => stop.Cancel(), stop.Token));
        Assert.Equal(100, (await TicketsAsync()).Count);

        await TakeAsync("shellia", file);

        Assert.Equal((250, 250), ((await TicketsAsync()).Count, (await TicketsAsync()).Select(ticket => ticket.Opener).Distinct().Count()));
    }

    [Fact]
    public async Task Two_runs_at_once_take_each_ticket_once()
    {
        var file = Write("tickets.json", $"[{Whole}, {Merged("""{"ticket_id":"T2"}""")}]");
        var takeover = Takeover("shellia");
        var plan = await takeover.PlanAsync(await ReadAsync("shellia", file), Token);

        var missed = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => takeover.ApplyAsync(plan, Storage.AuditSignature.CommandLine(null, default), static _ => { }, Token)));

        Assert.Equal(2, missed.Sum(missing => missing.Count));
        var tickets = await TicketsAsync();
        // One opener in one department: each has a place of its own.
        Assert.Equal([0, 1], tickets.Select(ticket => ticket.Slot).Order());
        Assert.All(tickets, ticket => Assert.Equal(TicketStatus.Opening, ticket.Status));
    }

    private static string Merged(string other)
    {
        var row = System.Text.Json.Nodes.JsonNode.Parse(Whole)!.AsObject();
        foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse(other)!.AsObject()) row[name] = value?.DeepClone();
        return row.ToJsonString();
    }
}
