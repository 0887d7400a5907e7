using System.CommandLine;
using System.Globalization;
using Usher.Desk.Engine;
using Usher.Desk.Values;
using Usher.Engine.Privacy;
using Usher.Starting;
using Usher.Storage;
using Usher.Storage.S3;
using Command = System.CommandLine.Command;

namespace Usher.Verbs;

/// <summary><c>usher member</c>: what is kept of one person.</summary>
internal static class MemberVerb
{
    internal static Command Command()
    {
        var config = VerbOptions.Config();
        var data = VerbOptions.ServedData();
        var guild = new Option<string?>("--guild") { HelpName = "ID", Description = "The guild, where the file has several." };
        var user = new Argument<string>("USER") { Description = "The user's id." };
        var to = new Option<FileInfo>("--to") { HelpName = "FILE", Description = "Where it is written; nothing that is there is written over.", Required = true };
        var export = new Command("export", "Writes everything that is kept of somebody into a zip, for them.") { user, to, guild, config, data };
        export.SetAction((parsed, stop) =>
            OpenedDesk.WithAsync(parsed, config, data, guild, opened => ExportAsync(opened, UserIn(parsed.GetRequiredValue(user)), parsed.GetRequiredValue(to), parsed.GetRequiredValue(data)), stop));
        return new Command("member", "Shows what is kept of one person.") { export };
    }

    private static async Task<int> ExportAsync(OpenedDesk opened, UserId user, FileInfo file, DirectoryInfo data)
    {
        var now = TimeProvider.System.GetUtcNow();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        // It is somebody's, and not everybody's on this machine.
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var bucket = opened.Bucket is { } settings ? new S3Bucket(settings, TimeProvider.System) : null;
        MemberExported exported;
        try
        {
            await using var output = new FileStream(file.FullName, options);
            exported = await new MemberExport(opened.Store, FileStore.ToRead(Path.Combine(data.FullName, "attachments"), bucket)).WriteAsync(opened.Desk.Guild, user, output, now, opened.Stop);
        }
        catch (StoreUnavailableException away)
        {
            // Without some of the files it would pass for the whole.
            file.Delete();
            throw new CannotStartException($"Not everything could be read, and nothing was written. {away.Message}", inner: away);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException($"{file.FullName} cannot be written: {failure.Message}", CommandLine.MustBeMended, failure);
        }
        if (exported.IsEmpty)
        {
            file.Delete();
            throw new CannotStartException($"Nothing is kept of the user {user} in the guild {opened.Desk.Guild}.", CommandLine.MustBeMended);
        }
        await opened.Store.RecordAsync(opened.Desk.Guild, AuditSignature.CommandLine(OpenedDesk.User, now), new Deed("member_exported", Concerning: user), opened.Stop);
        Console.WriteLine($"{file.FullName} holds {Count(exported.Tickets, "ticket")}, {Count(exported.Messages, "message")} and {Count(exported.Files, "file")} of the user {user}.");
        Console.WriteLine("It is theirs alone: hand it over in private, and delete it here afterwards. Notes, and what others wrote, are not in it.");
        return 0;
    }

    internal static UserId UserIn(string text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0
        ? new UserId(id)
        : throw new CannotStartException($"USER takes a user's id; «{text}» is none.", CommandLine.MustBeMended);

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
