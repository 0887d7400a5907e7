using Npgsql;
using Usher.Desk.Settings;
using Usher.Sandbox;
using Usher.Sandbox.Database;

namespace Usher.Starting;

/// <summary>
/// The databases that the desk of a preset finds in its owner's house: those that the environment names, as they are, and otherwise a throw-away PostgreSQL with rows
/// about the people of the box. It starts beside the demo; until it answers, and where there is none, the desk shows how it goes without.
/// </summary>
internal sealed class SecondDatabase(IReadOnlyDictionary<string, string> environment, CancellationToken stop) : IAsyncDisposable
{
    private const string Database = "postgres";
    private readonly HashSet<string> _filled = new(StringComparer.Ordinal);
    private ThrowAwayPostgres? _server;
    private Task _filling = Task.CompletedTask;
    private bool _said;

    /// <summary>The addresses under the names that a preset speaks of; those that are not there are left out.</summary>
    internal IEnumerable<(string Name, string Url)> AddressesFor(Preset preset, Box box)
    {
        foreach (var name in preset.DatabaseNames)
        {
            if (environment.TryGetValue(name, out var url) && url.Length > 0) yield return (name, url);
            else if (OwnFor(preset, box, name) is { } own) yield return (name, own);
        }
    }

    /// <summary>What stands in a preset's second database, about the people and the guild of a box; null when it has none.</summary>
    internal static string? Rows(Preset preset, Box box) => preset.SampleRows is not { } sql ? null : SourceNames.Fill(sql, name => name switch
    {
        "GUILD" => box.Harbour.Guild.Id.ToString(),
        _ => box.Cast[name].User.Id.ToString(),
    });

    private string? OwnFor(Preset preset, Box box, string name)
    {
        if (Rows(preset, box) is not { } rows) return null;
        if (!ThrowAwayPostgres.IsPossible)
        {
            Say($"{name} is not set and PostgreSQL is not on this machine: the desk is shown without its second database.");
            return null;
        }
        try
        {
            _server ??= ThrowAwayPostgres.Begin();
        }
        catch (Exception failure) when (IsTrouble(failure))
        {
            Say($"The second database does not start, and the desk is shown without: {failure.Message}");
            return null;
        }
        // Ids are the same in every world: what stands there once stays right.
        if (_filled.Add(preset.Name)) _filling = FillAsync(_server, rows, _filling);
        return _server.Url(Database);
    }

    private async Task FillAsync(ThrowAwayPostgres server, string rows, Task earlier)
    {
        try
        {
            await earlier;
            await server.AnswersAsync(stop);
            await using var connection = new NpgsqlConnection(server.ConnectionString(Database));
            await connection.OpenAsync(stop);
            await using var command = new NpgsqlCommand(rows, connection);
            await command.ExecuteNonQueryAsync(stop);
        }
        catch (OperationCanceledException)
        {
            // The demo ends before it was there.
        }
        catch (Exception failure) when (IsTrouble(failure))
        {
            Say($"The second database does not start, and the desk is shown without: {failure.Message}");
        }
    }

    private static bool IsTrouble(Exception failure) => failure is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception or NpgsqlException;

    private void Say(string words)
    {
        if (_said) return;
        _said = true;
        Console.Error.WriteLine(words);
    }

    public async ValueTask DisposeAsync()
    {
        await _filling;
        if (_server is not null) await _server.DisposeAsync();
    }
}
