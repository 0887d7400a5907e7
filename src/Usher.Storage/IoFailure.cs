namespace Usher.Storage;

/// <summary>What the operating system means by a failed read or write.</summary>
internal static class IoFailure
{
    // Linux and macOS: .NET passes the error number on as it is.
    private const int NoSpaceLeft = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaExceeded = 122;

    // Windows: ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL.
    private const int DiskFull = unchecked((int)0x80070070);
    private const int HandleDiskFull = unchecked((int)0x80070027);

    public static StoreFailure Of(Exception exception) => exception switch
    {
        UnauthorizedAccessException => StoreFailure.ReadOnly,
        { HResult: NoSpaceLeft or QuotaExceeded or DiskFull or HandleDiskFull } => StoreFailure.DiskFull,
        { HResult: ReadOnlyFileSystem } => StoreFailure.ReadOnly,
        _ => StoreFailure.Other,
    };
}
