using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Engine.Settings;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;
using Usher.Scenarios.Stages;
using Usher.Starting;
using Usher.Testing;

namespace Usher.Scenarios;

/// <summary>Moddy's desk beside a second database, a real PostgreSQL: what is found there, what is not, and what happens while it is not there itself.</summary>
[Trait("Speed", "Slow")]
public sealed class SecondDatabaseStories
{
    private const string Nowhere = "postgres://reader@127.0.0.1:1/moddy";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_error_code_is_looked_up_and_the_traceback_is_shown_to_nobody()
    {
        await using var stage = await StartAsync(await DatabaseAsync());
        var calls = stage.Box.Journal.Now;

        var home = await ReportsAsync(stage, "bb1fe07d");

        var card = Card(stage, home);
        Assert.Contains("**Commande :** `/warn`", card);
        Assert.Contains($"**Utilisateur :** <@{stage.Alice.User.Id}>", card);
        Assert.Contains($"**Serveur :** `{stage.Harbour.Guild.Id}`", card);
        Assert.Contains("**Fichier source :** `cogs/moderation_tools.py:212`", card);
        Assert.Contains("**Type d’erreur :** `TimeoutError`", card);
        Assert.Contains("**Quand :** <t:", card);
        Assert.DoesNotContain("traceback", card, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secret-of-the-traceback", string.Join('\n', stage.Log), StringComparison.Ordinal);
        Assert.Equal(3, stage.Box.Journal.Calls(calls).Count(call => !call.Route.Contains("interactions", StringComparison.Ordinal) && !call.Route.Contains("webhooks", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("XYZ", "huit caractères")]
    [InlineData("00000000", "rien n’est connu sous")]
    public async Task A_wrong_code_is_told_plainly_and_the_ticket_opens_without_it(string code, string told)
    {
        await using var stage = await StartAsync(await DatabaseAsync());
        var channel = Support(stage);
        await AsksForCodeAsync(stage, code);
        Assert.Contains(told, Person.TextOf(stage.Alice.Sees(channel)[^1]));

        var before = stage.Alice.Channels(stage.Harbour.Guild).ToHashSet();
        await stage.AfterAsync(stage.Alice.Clicks("Continuer sans", channel));

        Assert.Single(stage.Alice.Channels(stage.Harbour.Guild), home => !before.Contains(home));
    }

    [Theory]
    [InlineData("' or '1'='1")]
    [InlineData("'; drop table errors; --")]
    [InlineData("BB1FE07D') q; delete from errors; --")]
    [InlineData("{opener}")]
    public async Task Sql_in_an_answer_is_only_an_answer(string answer)
    {
        var database = await DatabaseAsync();
        await using var stage = await StartAsync(database, change: settings => Without(settings, "code", question => question with { Pattern = null, PatternSays = null }));

        await AsksForCodeAsync(stage, answer);

        Assert.Contains("rien n’est connu sous", Person.TextOf(stage.Alice.Sees(Support(stage))[^1]));
        Assert.Equal(2L, await PostgresServer.RunAsync(database, "select count(*) from errors", Now));
    }

    [Fact]
    public async Task While_the_database_is_away_the_ticket_opens_and_staff_looks_up_again_when_it_is_back()
    {
        var database = await DatabaseAsync();
        await PostgresServer.RunAsync(database, "alter table errors rename to errors_away", Now);
        await using var stage = await StartAsync(database);

        var home = await ReportsAsync(stage, "BB1FE07D");
        Assert.Contains("La recherche n’a pas abouti", Card(stage, home));
        await stage.AfterAsync(stage.Carol.Clicks("Rechercher à nouveau", home));
        Assert.Contains("La recherche n’a pas abouti", Card(stage, home));
        await PostgresServer.RunAsync(database, "alter table errors_away rename to errors", Now);
        await stage.AfterAsync(stage.Carol.Clicks("Rechercher à nouveau", home));

        Assert.Contains("`TimeoutError`", Card(stage, home));
        Assert.DoesNotContain("Rechercher à nouveau", Person.ButtonsOf(stage.Alice.Sees(home)[1]));
    }

    [Theory]
    [InlineData(Nowhere)]
    [InlineData(null)]
    public async Task A_database_that_is_not_there_at_the_start_holds_nothing_up(string? url)
    {
        await using var stage = await StartAsync(url);

        var home = await ReportsAsync(stage, "BB1FE07D");

        Assert.Contains("La recherche n’a pas abouti", Card(stage, home));
        Assert.DoesNotContain("reader", string.Join('\n', stage.Log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_sleeps_is_stopped_by_the_server_and_the_ticket_opens()
    {
        var database = await DatabaseAsync();
        await using var stage = await StartAsync(database, change: settings => Asking(settings, "errors", "select e.*, pg_sleep(60) from errors e where error_code = {answer}"));

        var home = await ReportsAsync(stage, "BB1FE07D");

        Assert.Contains("La recherche n’a pas abouti", Card(stage, home));
        Assert.Equal(0L, await PostgresServer.RunAsync(database, "select count(*) from pg_stat_activity where query like '%pg_sleep(60)%' and pid <> pg_backend_pid() and state = 'active'", Now));
    }

    [Theory]
    [InlineData("update errors set command = 'gone' returning *")]
    [InlineData("with gone as (delete from errors returning *) select * from gone where error_code = {answer}")]
    [InlineData("select 1) q; delete from errors; select * from (select * from errors where error_code = {answer}")]
    [InlineData("select * from errors where error_code = {answer} and set_config('transaction_read_only', 'off', false) is not null and wipe()")]
    public async Task What_writes_is_refused_whatever_the_settings_say(string query)
    {
        var database = await DatabaseAsync();
        await PostgresServer.RunAsync(database, "create function wipe() returns bool language plpgsql as $$ begin delete from errors; return true; end $$", Now);
        await using var stage = await StartAsync(database, change: settings => Asking(settings, "errors", query));

        var home = await ReportsAsync(stage, "BB1FE07D");

        Assert.Contains("La recherche n’a pas abouti", Card(stage, home));
        Assert.Equal(2L, await PostgresServer.RunAsync(database, "select count(*) from errors where command <> 'gone'", Now));
    }

    [Fact]
    public async Task Alice_picks_one_of_her_open_sanctions_and_everything_of_it_stands_in_the_ticket()
    {
        await using var stage = await StartAsync(await DatabaseAsync());
        var channel = Support(stage);
        await stage.AfterAsync(stage.Alice.Clicks("Sanction Appeals", channel));
        await stage.AfterAsync(stage.Alice.Clicks("Moi-même", channel));
        var before = stage.Alice.Channels(stage.Harbour.Guild).ToHashSet();

        await stage.AfterAsync(stage.Alice.Picks("Choisissez …", channel, "Dossier A1B2C3D4 - mute"));

        var home = Assert.Single(stage.Alice.Channels(stage.Harbour.Guild), c => !before.Contains(c));
        var card = Card(stage, home);
        Assert.Contains("> Dossier A1B2C3D4 - mute", card);
        Assert.Contains("**Dossier :** `A1B2C3D4`", card);
        Assert.Contains("**Type de dossier :** global", card);
        Assert.Contains("**Type de sanction :** mute", card);
        Assert.Contains("**Entité sanctionnée :** Utilisateur", card);
        Assert.Contains("**Motif :** Spam dans plusieurs salons", card);
        Assert.Contains($"**Créé par :** <@{stage.Carol.User.Id}>", card);
        Assert.Contains("**Créé le :** <t:", card);
        Assert.DoesNotContain("E5F60718", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_servers_sanctions_are_found_by_its_invitation()
    {
        await using var stage = await StartAsync(await DatabaseAsync());
        var channel = Support(stage);
        var code = stage.Erin.Invites(channel);
        await stage.AfterAsync(stage.Alice.Clicks("Sanction Appeals", channel));
        await stage.AfterAsync(stage.Alice.Clicks("Un serveur", channel));
        await stage.AfterAsync(stage.Alice.Fills(("Lien d’invitation du serveur", $"discord.gg/{code}")));
        var before = stage.Alice.Channels(stage.Harbour.Guild).ToHashSet();

        await stage.AfterAsync(stage.Alice.Picks("Choisissez …", channel, "Dossier 0C0FFEE0 - ban"));

        var home = Assert.Single(stage.Alice.Channels(stage.Harbour.Guild), c => !before.Contains(c));
        Assert.Contains("Publicité dans l'inter-serveur", Card(stage, home));
    }

    [Fact]
    public async Task Whoever_has_no_open_sanction_is_told_so_and_no_ticket_opens()
    {
        var database = await DatabaseAsync();
        await PostgresServer.RunAsync(database, "update moderation_cases set status = 'closed'", Now);
        await using var stage = await StartAsync(database);
        var channel = Support(stage);
        await stage.AfterAsync(stage.Alice.Clicks("Sanction Appeals", channel));
        await stage.AfterAsync(stage.Alice.Clicks("Moi-même", channel));

        var told = stage.Alice.Sees(channel)[^1];
        Assert.Contains("aucune sanction en cours", Person.TextOf(told));
        Assert.DoesNotContain(Person.ButtonsOf(told), button => button == "Continuer sans");
    }

    [Fact]
    public async Task A_sanction_that_was_closed_while_Alice_chose_is_not_taken()
    {
        var database = await DatabaseAsync();
        await using var stage = await StartAsync(database);
        var channel = Support(stage);
        await stage.AfterAsync(stage.Alice.Clicks("Sanction Appeals", channel));
        await stage.AfterAsync(stage.Alice.Clicks("Moi-même", channel));
        await PostgresServer.RunAsync(database, "update moderation_cases set status = 'closed' where case_id = 'A1B2C3D4'", Now);

        await stage.AfterAsync(stage.Alice.Picks("Choisissez …", channel, "Dossier A1B2C3D4 - mute"));

        Assert.Contains("Ce choix n’existe plus", Person.TextOf(stage.Alice.Sees(channel)[^1]));
        var before = stage.Alice.Channels(stage.Harbour.Guild).ToHashSet();
        await stage.AfterAsync(stage.Alice.Picks("Choisissez …", channel, "Dossier E5F60718 - blacklist"));
        Assert.Contains("E5F60718", Card(stage, Assert.Single(stage.Alice.Channels(stage.Harbour.Guild), c => !before.Contains(c))));
    }

    [Fact]
    public async Task While_sanctions_cannot_be_looked_up_Alice_appeals_all_the_same_and_staff_sees_them_later()
    {
        var database = await DatabaseAsync();
        await PostgresServer.RunAsync(database, "alter table moderation_cases rename to away", Now);
        await using var stage = await StartAsync(database);
        var channel = Support(stage);
        await stage.AfterAsync(stage.Alice.Clicks("Sanction Appeals", channel));
        await stage.AfterAsync(stage.Alice.Clicks("Moi-même", channel));
        Assert.Contains("La recherche n’a pas abouti", Person.TextOf(stage.Alice.Sees(channel)[^1]));
        var before = stage.Alice.Channels(stage.Harbour.Guild).ToHashSet();
        await stage.AfterAsync(stage.Alice.Clicks("Continuer sans", channel));
        var home = Assert.Single(stage.Alice.Channels(stage.Harbour.Guild), c => !before.Contains(c));
        Assert.Contains("La recherche n’a pas abouti", Card(stage, home));

        await PostgresServer.RunAsync(database, "alter table away rename to moderation_cases", Now);
        await stage.AfterAsync(stage.Carol.Clicks("Rechercher à nouveau", home));

        Assert.Contains("Dossier A1B2C3D4 - mute", Card(stage, home));
        Assert.Contains("Dossier E5F60718 - blacklist", Card(stage, home));
        await stage.AfterAsync(stage.Alice.Clicks("Plus", home));
        await stage.AfterAsync(stage.Alice.Picks("Choisissez une action", home, "Modifier une réponse"));
        await stage.AfterAsync(stage.Alice.Picks("Choisissez …", home, "Quelle sanction contestez-vous ?"));
        await stage.AfterAsync(stage.Alice.Picks("Choisissez …", home, "Dossier A1B2C3D4 - mute"));
        Assert.Contains("**Motif :** Spam dans plusieurs salons", Card(stage, home));
    }

    [Fact]
    public async Task A_restart_between_the_question_and_the_choice_loses_nothing()
    {
        await using var stage = await StartAsync(await DatabaseAsync());
        var channel = Support(stage);
        await stage.AfterAsync(stage.Alice.Clicks("Sanction Appeals", channel));
        await stage.AfterAsync(stage.Alice.Clicks("Moi-même", channel));
        await stage.StopUsherAsync();
        await stage.StartUsherAsync();
        var before = stage.Alice.Channels(stage.Harbour.Guild).ToHashSet();

        await stage.AfterAsync(stage.Alice.Picks("Choisissez …", channel, "Dossier A1B2C3D4 - mute"));

        Assert.Contains("Spam dans plusieurs salons", Card(stage, Assert.Single(stage.Alice.Channels(stage.Harbour.Guild), c => !before.Contains(c))));
    }

    [Theory]
    [InlineData("""["Dev"]""")]
    [InlineData("""
        "[\"Support\", \"Dev\"]"
        """)]
    public async Task Bob_is_a_developer_by_the_table_alone_and_by_every_door(string roles)
    {
        var database = await DatabaseAsync();
        await PostgresServer.RunAsync(database, $"update staff_permissions set roles = '{roles.Trim()}'", Now);
        await using var stage = await StartAsync(database);
        var home = await ReportsAsync(stage, "BB1FE07D");
        await stage.AfterAsync(stage.Carol.Runs("/add", home, ("member", stage.Bob.Mention)));

        await stage.AfterAsync(stage.Bob.Clicks("Prendre en charge", home));
        Assert.Contains($"<@{stage.Bob.User.Id}>", Stage.CardIn(home, stage.Alice));
        await stage.AfterAsync(stage.Bob.Runs("/unclaim", home));
        stage.Bob.Types("!claim", home);
        await stage.SettlesAsync();

        Assert.Contains($"<@{stage.Bob.User.Id}>", Stage.CardIn(home, stage.Alice));
    }

    [Fact]
    public async Task A_ticket_is_assigned_to_staff_by_the_table()
    {
        await using var stage = await StartAsync(await DatabaseAsync());
        var home = await ReportsAsync(stage, "BB1FE07D");

        await stage.AfterAsync(stage.Carol.Runs("/assign", home, ("member", stage.Bob.Mention)));

        Assert.Contains($"<@{stage.Bob.User.Id}>", Stage.CardIn(home, stage.Alice));
    }

    [Fact]
    public async Task What_the_table_says_is_believed_for_a_minute_and_not_longer()
    {
        var database = await DatabaseAsync();
        await using var stage = await StartAsync(database);
        var home = await ReportsAsync(stage, "BB1FE07D");
        await stage.AfterAsync(stage.Carol.Runs("/add", home, ("member", stage.Bob.Mention)));
        await stage.AfterAsync(stage.Bob.Clicks("Prendre en charge", home));
        await PostgresServer.RunAsync(database, "delete from staff_permissions", Now);

        await stage.PassesAsync(TimeSpan.FromMinutes(2));
        var refused = await stage.AfterAsync(stage.Bob.Clicks("Rendre", home));

        Assert.True(refused.IsPrivate);
        Assert.Contains("1406147173166354505", refused.Text);
    }

    [Fact]
    public async Task While_the_table_is_away_Discords_roles_count()
    {
        await using var stage = await StartAsync(Nowhere);
        var home = await ReportsAsync(stage, "BB1FE07D");
        await stage.AfterAsync(stage.Carol.Runs("/add", home, ("member", stage.Bob.Mention)));

        var refused = await stage.AfterAsync(stage.Bob.Clicks("Prendre en charge", home));
        Assert.True(refused.IsPrivate);
        await stage.AfterAsync(stage.Carol.Clicks("Prendre en charge", home));

        Assert.Contains($"<@{stage.Carol.User.Id}>", Stage.CardIn(home, stage.Alice));
        Assert.Single(stage.Log, line => line.Contains("The table of staff could not be asked", StringComparison.Ordinal));
    }

    // The sample rows name people of the box, whose ids are the same in every box; the guild's too.
    private static async Task<string> DatabaseAsync()
    {
        await using var box = await Usher.Sandbox.Box.StartAsync(new Usher.Sandbox.BoxOptions(), Now);
        return await PostgresServer.DatabaseAsync(SecondDatabase.Rows(Preset.Named("moddy")!, box)!, Now);
    }

    private static Task<Stage> StartAsync(string? database, Func<DeskSettings, DeskSettings>? change = null) => Stage.StartAsync(stage =>
    {
        var preset = Preset.Named("moddy")!;
        var names = new Dictionary<string, string>(stage.Harbour.Furnish(preset.Scenery!));
        if (database is not null) names["MODDYDB_URL"] = database;
        var reading = SettingsFile.Read(preset.Text, names);
        Assert.Empty(reading.Faults);
        stage.Settings = (change ?? (settings => settings))(Assert.Single(reading.Desks));
    });

    private static DeskSettings Asking(DeskSettings settings, string source, string query) =>
        settings with { Sources = settings.Sources.Select(s => s.Key == source ? (SqlSourceSettings)s with { Query = query } : s).ToValueList() };

    private static DeskSettings Without(DeskSettings settings, string question, Func<Question, Question> change) => settings with
    {
        Departments = settings.Departments.Select(department => department.Form is not { } form ? department : department with
        {
            Form = form with { Questions = form.Questions.Select(q => q.Key == question ? change(q) : q).ToValueList() },
        }).ToValueList(),
    };

    private static ChannelState Support(Stage stage) => stage.Harbour.Guild.Channel("support");

    private static string Card(Stage stage, ChannelState home) => Person.TextOf(stage.Alice.Sees(home)[1]);

    private static async Task AsksForCodeAsync(Stage stage, string code)
    {
        await stage.AfterAsync(stage.Alice.Clicks("Bug Reports", Support(stage)));
        await stage.AfterAsync(stage.Alice.Clicks("Oui, j’ai un code", Support(stage)));
        await stage.AfterAsync(stage.Alice.Fills(("Code d’erreur", code)));
    }

    private static async Task<ChannelState> ReportsAsync(Stage stage, string code)
    {
        var before = stage.Alice.Channels(stage.Harbour.Guild).ToHashSet();
        await AsksForCodeAsync(stage, code);
        return Assert.Single(stage.Alice.Channels(stage.Harbour.Guild), home => !before.Contains(home));
    }
}
