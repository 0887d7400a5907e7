using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Usher.Storage.Sqlite;

/// <summary>
/// Lets SQLite sleep for as short as it asks. The library that comes with the package was built without <c>usleep</c> and rounds up to whole seconds: a reader that meets
/// another one at the log's door wants to wait for a microsecond, and everybody behind it waited for a second.
/// </summary>
/// <remarks>The function is a field of SQLite's public interface to the system, <see href="https://www.sqlite.org/c3ref/vfs.html"/>. Windows has it right already.</remarks>
internal static unsafe partial class ShortSleep
{
    /// <summary>Puts the function in. To be called before the first connection, once.</summary>
    public static void Install()
    {
        if (OperatingSystem.IsWindows()) return;
        var system = FindSystem(null);
        if (system is not null) system->Sleep = &Sleep;
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial OperatingSystemInterface* FindSystem(string? name);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sleep(OperatingSystemInterface* system, int microseconds)
    {
        var milliseconds = (microseconds + 999) / 1000;
        Thread.Sleep(milliseconds);
        return milliseconds * 1000;
    }

    // The fields after Sleep are left out: nothing is ever copied, only the one written.
    [StructLayout(LayoutKind.Sequential)]
    private struct OperatingSystemInterface
    {
        public int Version;
        public int FileSize;
        public int LongestPath;
        public nint Next;
        public nint Name;
        public nint ApplicationData;
        public nint Open;
        public nint Delete;
        public nint Access;
        public nint FullPath;
        public nint OpenLibrary;
        public nint LibraryError;
        public nint LibrarySymbol;
        public nint CloseLibrary;
        public nint Randomness;
        public delegate* unmanaged[Cdecl]<OperatingSystemInterface*, int, int> Sleep;
    }
}
