using System.Runtime.InteropServices;
using Xunit;

namespace Usher.Storage.Tests;

public sealed partial class ShortSleepTests : StoreTest
{
    // Built without usleep, the library would round up to a second and say so: whoever waits at the door of the log would, and everybody behind.
    [Fact]
    public async Task SQLite_sleeps_for_the_millisecond_that_it_asks_for()
    {
        await using var file = await OpenAsync(OptionsFor(DatabasePath + "-of-its-own"));

        Assert.Equal(1, Sleep(1));
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_sleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sleep(int milliseconds);
}
