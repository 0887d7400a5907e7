namespace Usher.Storage;

/// <summary>Why the store cannot be used.</summary>
public enum StoreFailure
{
    /// <summary>Another program holds the database's lock for longer than <see cref="StoreOptions.LockTimeout"/>. Passes.</summary>
    Locked,

    /// <summary>The disk is full. Passes when somebody makes room.</summary>
    DiskFull,

    /// <summary>The file is damaged, or no database at all.</summary>
    Corrupt,

    /// <summary>The file or its folder cannot be written.</summary>
    ReadOnly,

    /// <summary>The database server does not answer, or the connection to it was lost. Passes.</summary>
    Unreachable,

    /// <summary>A later version of the program has changed the database.</summary>
    Newer,

    /// <summary>Something else; the inner exception tells.</summary>
    Other,
}

/// <summary>The store cannot do what was asked, through no fault of the asker. Nothing of it was written. <see cref="Exception.Message"/> is a sentence for people.</summary>
public sealed class StoreUnavailableException(StoreFailure reason, string sentence, Exception? inner = null) : Exception(sentence, inner)
{
    /// <summary>Why.</summary>
    public StoreFailure Reason { get; } = reason;

    /// <summary>Whether the same thing may well work later without the program being started anew.</summary>
    public bool Passes => Reason is StoreFailure.Locked or StoreFailure.DiskFull or StoreFailure.Unreachable;
}
