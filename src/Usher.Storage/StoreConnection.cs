using System.Data.Common;
using Usher.Desk.Values;

namespace Usher.Storage;

/// <summary>In whose name is read.</summary>
internal readonly record struct ReadingName(GuildId Guild, UserId Member);

/// <summary>One open connection. Used by one caller at a time.</summary>
internal abstract class StoreConnection : IAsyncDisposable
{
    public abstract Dialect Dialect { get; }

    /// <summary>The statements that it has run so far.</summary>
    public abstract IEnumerable<string> Statements { get; }

    /// <summary>Runs a statement and answers how many rows it changed.</summary>
    public abstract Task<int> ExecuteAsync(Sql sql, CancellationToken cancellationToken = default);

    /// <summary>Runs a statement whose answer nobody needs: now, or on the way of a later one of the same unit of work. What is wrong with it shows there.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="givesRows">Whether it gives rows all the same, as every <c>select</c> does.</param>
    public abstract Task PutAsync(Sql sql, bool givesRows = false);

    /// <summary>Runs a query; the reader stands before its first row.</summary>
    protected abstract Task<DbDataReader> QueryAsync(Sql sql, CancellationToken cancellationToken);

    /// <summary>Runs a script of our own, such as a migration.</summary>
    public abstract Task RunScriptAsync(string script, CancellationToken cancellationToken = default);

    /// <summary>From here on reads are done in that name; null: in nobody's.</summary>
    public abstract void SpeakFor(ReadingName? name);

    /// <summary>Begins a transaction that writes.</summary>
    public abstract Task BeginAsync(CancellationToken cancellationToken = default);

    /// <summary>Begins a unit of work within the transaction, which can be undone alone.</summary>
    public abstract Task BeginUnitAsync();

    /// <summary>The unit is whole; afterwards nothing of it can fail any more but the commit.</summary>
    public abstract Task EndUnitAsync();

    /// <summary>Undoes what the unit has done.</summary>
    public abstract Task UndoUnitAsync();

    /// <summary>Ends the transaction and keeps its work. When it throws, nothing is kept, or the exception says that nobody knows.</summary>
    public abstract Task CommitAsync(CancellationToken cancellationToken = default);

    /// <summary>Ends the transaction, if one is under way, and undoes its work.</summary>
    public abstract Task RollBackAsync();

    /// <summary>Whether the statement changed anything.</summary>
    public async Task<bool> ChangesAsync(Sql sql) => await ExecuteAsync(sql) > 0;

    /// <summary>The first row; the type's default when there is none.</summary>
    public async Task<T?> FindAsync<T>(Sql sql, Func<DbDataReader, T> read, CancellationToken cancellationToken = default)
    {
        await using var rows = await QueryAsync(sql, cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? read(rows) : default;
    }

    public async Task<List<T>> ListAsync<T>(Sql sql, Func<DbDataReader, T> read, CancellationToken cancellationToken = default)
    {
        await using var rows = await QueryAsync(sql, cancellationToken);
        var list = new List<T>();
        while (await rows.ReadAsync(cancellationToken)) list.Add(read(rows));
        return list;
    }

    public abstract ValueTask DisposeAsync();
}
