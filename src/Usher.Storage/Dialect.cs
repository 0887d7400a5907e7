using System.Data.Common;
using System.Text.RegularExpressions;
using Usher.Desk.Texts;
using Usher.Desk.Values;
using Usher.Storage.Postgres;
using Usher.Storage.Searching;
using Usher.Storage.Sqlite;

namespace Usher.Storage;

/// <summary>What a connection is for.</summary>
internal enum Purpose
{
    /// <summary>The one that writes, and migrates.</summary>
    Writing,

    /// <summary>The desk's own reading, of any guild.</summary>
    Reading,

    /// <summary>Reading in the name of one member at a time.</summary>
    ReadingInAName,
}

/// <summary>What differs from database to database.</summary>
internal abstract partial class Dialect : IAsyncDisposable
{
    /// <summary>The dialect that the address asks for.</summary>
    public static Dialect Of(StoreOptions options) =>
        SqliteDialect.TryOf(options) ?? (Dialect?)PostgresDialect.TryOf(options)
        ?? throw new StoreUnavailableException(
            StoreFailure.Other, "The database's address must have the form sqlite:PATH, such as sqlite:data/usher.db, or postgres://user:password@host/database.");

    /// <summary>What migrations for this database alone end in: <c>0014-search.sqlite.sql</c>, <c>0014-search.postgres.sql</c>.</summary>
    public abstract string Name { get; }

    /// <summary>How many read side by side at most.</summary>
    public abstract int MostReaders { get; }

    /// <summary>Lets go of what its connections share, when they are closed.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>Opens a connection.</summary>
    public abstract Task<StoreConnection> OpenAsync(Purpose purpose, CancellationToken cancellationToken);

    /// <summary>Makes the database fit for one writer beside many readers, and sees that sessions have no more rights than its walls hold; before anything else is done with it.</summary>
    public abstract Task PrepareAsync(StoreConnection connection, CancellationToken cancellationToken);

    /// <summary>Within the transaction of a migration: waits until no other program migrates, and makes a place for tables.</summary>
    public abstract Task LockForMigrationAsync(StoreConnection connection, CancellationToken cancellationToken);

    /// <summary>Whether a table of that name is there: 1 or 0.</summary>
    public abstract Sql Has(string table);

    /// <summary>Within the transaction of a migration, after its last step: sees that the database itself keeps guilds and members apart, if it can.</summary>
    public abstract Task BuildWallsAsync(StoreConnection connection, CancellationToken cancellationToken);

    /// <summary>Within a transaction: waits until no other program adds to the audit log of that guild.</summary>
    public abstract Task LockAuditAsync(StoreConnection connection, GuildId guild);

    /// <summary>Goes a step further in taking words that nothing has any more out of the search's own pages.</summary>
    /// <returns>Whether there is more to do.</returns>
    public abstract Task<bool> ForgetWordsAsync(StoreConnection connection, bool isFirst);

    /// <summary>Takes what was deleted out of the database's own files, too, as far as that takes no long time.</summary>
    public abstract Task WipeAsync(StoreConnection connection);

    /// <summary>What whoever runs the program should know of the database and its rights, as a sentence; null when all is well.</summary>
    public abstract Task<string?> DoubtAsync(StoreConnection connection, CancellationToken cancellationToken);

    /// <summary>Whether a write was refused because the opener's slot is taken.</summary>
    public abstract bool IsSlotTaken(DbException exception);

    /// <summary>What a failure means to people; null when it is a fault of ours and no trouble of the database's.</summary>
    public abstract StoreUnavailableException? Explain(Exception exception);

    /// <summary>Whether the same work may well be done when it is begun anew at once. Nothing of it was written.</summary>
    public abstract bool IsWorthAnotherTry(Exception? exception);

    /// <summary>What the index holds of a text, as an expression over a ticket <c>t</c>.</summary>
    /// <param name="sql">The statement that goes on with it.</param>
    /// <param name="tokens">Everything that it is found by, but for what only the ticket knows: its opener and its department.</param>
    /// <param name="words">The words alone.</param>
    /// <param name="language">The guild's language.</param>
    public abstract void AddIndexed(Sql sql, string tokens, string words, Language language);

    /// <summary>What the index holds of a text whose ticket went from one department to another, as an expression over the index.</summary>
    /// <param name="sql">The statement that goes on with it.</param>
    /// <param name="from">The token of the department that it was in.</param>
    /// <param name="to">That of the one in which it is.</param>
    public abstract void AddMoved(Sql sql, string from, string to);

    /// <summary>Where a search looks, as the beginning of a condition over the index <c>s</c>.</summary>
    /// <param name="sql">The statement that goes on with it.</param>
    /// <param name="periods">What the tokens of the index begin with there.</param>
    /// <param name="days">Tokens of which one must be there; none when it does not matter.</param>
    /// <param name="terms">What must be there besides, each.</param>
    public abstract void AddSearch(Sql sql, IReadOnlyList<string> periods, IReadOnlyList<string> days, IEnumerable<SearchTerm> terms);

    /// <summary>Whether a row of the index <c>s</c> fits, as an expression: for rows that are found otherwise.</summary>
    /// <param name="sql">The statement that goes on with it.</param>
    /// <param name="term">What must be there.</param>
    public abstract void AddFits(Sql sql, SearchTerm term);

    /// <summary>Asks about how much the index holds, of all guilds.</summary>
    public abstract Sql SizeOfIndex { get; }

    /// <summary>The texts of a column behind each other, as an expression over the rows of a group.</summary>
    public abstract SqlWords Joined(string column);

    /// <summary>Asks what the forms of words have in common, a row for each word that has some; null where the database knows no languages.</summary>
    public abstract Sql? StemsOf(string words, Language language);

    /// <summary>Fills in what a migration leaves open.</summary>
    public string Translate(string migration) => PlaceForm.Replace(migration, place => place.Groups["what"].Value switch
    {
        "identity" => Identity,
        "time" => TimeOf(place.Groups["column"].Value),
        "answers" => AnswersOf(place.Groups["column"].Value),
        var unknown => throw new InvalidOperationException($"A migration leaves open what nobody fills in: {unknown}."),
    });

    /// <summary>A key that numbers rows without ever giving a number twice.</summary>
    protected abstract string Identity { get; }

    /// <summary>A column of milliseconds since 1970, as people and other programs read times.</summary>
    protected abstract string TimeOf(string column);

    /// <summary>The answers of a ticket's JSON, as an object of questions.</summary>
    protected abstract string AnswersOf(string column);

    [GeneratedRegex(@"\{(?<what>\w+)(?: (?<column>\w+))?\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlaceForm { get; }
}
