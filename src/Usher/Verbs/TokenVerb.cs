using System.CommandLine;
using System.Globalization;
using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Starting;
using Usher.Storage;
using Usher.Web.Api;
using Usher.Web.Api.Callers;

namespace Usher.Verbs;

/// <summary><c>usher token</c>: the keys with which programs call the API.</summary>
internal static class TokenVerb
{
    internal static Command Command()
    {
        var config = VerbOptions.Config();
        var data = VerbOptions.ServedData();
        var guild = new Option<string?>("--guild") { HelpName = "ID", Description = "The guild, where the file has several." };
        var number = new Argument<long>("NUMBER") { Description = "The key's number, as list tells it." };

        var create = new Command("create", "Makes a key and prints it, this once.") { guild, config, data };
        var wish = new KeyWish(create);
        create.SetAction((parsed, stop) => WithAsync(parsed, config, data, guild, opened => CreateAsync(opened, wish.Read(parsed, opened.Desk)), stop));
        var list = new Command("list", "Lists the keys, and what was done to each.") { guild, config, data };
        list.SetAction((parsed, stop) => WithAsync(parsed, config, data, guild, ListAsync, stop));
        var revoke = new Command("revoke", "Takes a key back: from now on it opens nothing.") { number, guild, config, data };
        revoke.SetAction((parsed, stop) => WithAsync(parsed, config, data, guild, opened => RevokeAsync(opened, parsed.GetValue(number)), stop));
        var rotate = new Command("rotate", "Gives a key another secret and prints it, this once. The old one opens nothing from then on.") { number, guild, config, data };
        rotate.SetAction((parsed, stop) => WithAsync(parsed, config, data, guild, opened => RotateAsync(opened, parsed.GetValue(number)), stop));
        return new Command("token", "Makes, lists, takes back and renews the keys with which programs call the API.") { create, list, revoke, rotate };
    }

    private static Task<int> WithAsync(
        ParseResult parsed, Option<FileInfo> config, Option<DirectoryInfo> data, Option<string?> guild, Func<OpenedDesk, Task> work, CancellationToken stop) =>
        OpenedDesk.WithAsync(
            parsed, config, data, guild,
            async opened =>
            {
                await work(opened);
                return 0;
            },
            stop);

    private static async Task CreateAsync(OpenedDesk opened, ApiKey wish)
    {
        var token = ApiTokens.New(wish.Guild);
        var number = await opened.Store.AddApiKeyAsync(wish, ApiTokens.HashOf(token), Done("created: " + Told(wish)), opened.Stop);
        Console.Error.WriteLine($"Key {Number(number)} «{wish.Name}» of guild {wish.Guild}: {Told(wish)}.");
        Console.Error.WriteLine("This is shown once; what is kept is a hash of it. Send it as Authorization: Bearer …");
        Console.Out.WriteLine(token);
    }

    private static async Task ListAsync(OpenedDesk opened)
    {
        var keys = await opened.Store.ApiKeysAsync(opened.Desk.Guild, opened.Stop);
        if (keys.Count == 0) Console.WriteLine("There are no keys. usher token create makes one.");
        foreach (var key in keys)
        {
            Console.WriteLine($"{Number(key.Number)} «{key.Name}», {StateOf(key)}, {(key.LastUsedAt is { } used ? "last used " + Moment(used) : "never used")}: {Told(key)}");
            foreach (var done in await opened.Store.ApiKeyEventsAsync(key.Guild, key.Number, opened.Stop)) Console.WriteLine($"  {Moment(done.At)} by {done.By}: {done.What}");
        }
    }

    private static async Task RevokeAsync(OpenedDesk opened, long number)
    {
        if (!await opened.Store.RevokeApiKeyAsync(opened.Desk.Guild, number, Done("revoked"), opened.Stop)) throw NoSuch(number);
        Console.WriteLine($"Key {Number(number)} opens nothing any more.");
    }

    private static async Task RotateAsync(OpenedDesk opened, long number)
    {
        var token = ApiTokens.New(opened.Desk.Guild);
        if (!await opened.Store.RotateApiKeyAsync(opened.Desk.Guild, number, ApiTokens.HashOf(token), Done("rotated"), opened.Stop)) throw NoSuch(number);
        Console.Error.WriteLine($"Key {Number(number)} has this secret from now on; the old one opens nothing any more.");
        Console.Out.WriteLine(token);
    }

    private static CannotStartException NoSuch(long number) => new($"There is no key {Number(number)} that holds. usher token list shows them.", CommandLine.MustBeMended);

    private static ApiKeyEvent Done(string what) => new(TimeProvider.System.GetUtcNow(), OpenedDesk.User, what);

    private static string Told(ApiKey key)
    {
        var standing = key.IsManager ? "as manager" : key.Departments.Count > 0 ? $"as staff of {string.Join(", ", key.Departments)}" : "as that member may";
        var name = key.ActsAs is { } user ? $", in the name of {user}" : "";
        var end = key.ExpiresAt is { } expires ? $", until {Moment(expires)}" : "";
        return $"{string.Join(' ', key.Scopes)} {standing}{name}, {Number(key.RequestsPerMinute)} requests a minute{end}";
    }

    private static string StateOf(ApiKey key) => key.RevokedAt is { } revoked ? "revoked " + Moment(revoked) : key.Holds(TimeProvider.System.GetUtcNow()) ? "holds" : "expired";

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What a new key shall be, as the options of <c>create</c> say it.</summary>
    private sealed class KeyWish
    {
        private const int LongestName = 32;
        private const int UsualPerMinute = 600;
        private const int MostPerMinute = 600_000;

        private readonly Option<string> _name = new("--name") { HelpName = "NAME", Description = "What it is called: it signs what the program writes.", Required = true };
        private readonly Option<string[]> _scopes = new("--scopes") { HelpName = "SCOPES", Description = $"What it may ask for: {string.Join(", ", Scopes.All)}; all when not said.", AllowMultipleArgumentsPerToken = true };
        private readonly Option<string[]> _departments = new("--department") { HelpName = "KEY", Description = "A department whose staff it counts as; may be said several times.", AllowMultipleArgumentsPerToken = true };
        private readonly Option<bool> _manager = new("--manager") { Description = "It may do what managers may." };
        private readonly Option<string?> _as = new("--as") { HelpName = "USER", Description = "The member in whose name it acts; alone it may what that member may." };
        private readonly Option<int> _days = new("--days") { HelpName = "N", Description = "How many days it holds; for ever when not said." };
        private readonly Option<int> _rate = new("--rate") { HelpName = "N", Description = "How many requests a minute it may send.", DefaultValueFactory = _ => UsualPerMinute };

        internal KeyWish(Command command)
        {
            foreach (var option in (Option[])[_name, _scopes, _departments, _manager, _as, _days, _rate]) command.Add(option);
        }

        internal ApiKey Read(ParseResult parsed, DeskSettings desk)
        {
            var name = parsed.GetRequiredValue(_name).Trim();
            // It stands in messages: no markup, no mention, nothing that could be taken for a person's words.
            if (name.Length is 0 or > LongestName || !name.All(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '.' or '-'))
                throw Wrong($"--name takes 1 to {LongestName} letters, digits, blanks, dots and hyphens.");
            var scopes = Words(parsed.GetValue(_scopes));
            if (scopes.FirstOrDefault(scope => !Scopes.All.Contains(scope)) is { } odd) throw Wrong($"There is no scope «{odd}». There are {string.Join(", ", Scopes.All)}.");
            var departments = Words(parsed.GetValue(_departments));
            if (departments.FirstOrDefault(key => desk.Department(key) is null) is { } gone) throw Wrong($"There is no department «{gone}». There are {string.Join(", ", desk.Departments.Select(d => d.Key))}.");
            var actsAs = parsed.GetValue(_as) is not { } id ? (UserId?)null
                : ulong.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var user) && user > 0 ? new UserId(user) : throw Wrong($"--as takes a user's id; «{id}» is none.");
            if (departments.Count == 0 && !parsed.GetValue(_manager) && actsAs is null) throw Wrong("Say what it may act as: --department KEY, --manager, or --as USER.");
            if (parsed.GetValue(_rate) is < 1 or > MostPerMinute) throw Wrong($"--rate takes a number from 1 to {Number(MostPerMinute)}.");
            if (parsed.GetValue(_days) is < 0 or > 36_500) throw Wrong("--days takes a number of days.");
            var now = TimeProvider.System.GetUtcNow();
            return new ApiKey(desk.Guild, 0, name, scopes.Count == 0 ? Scopes.All : scopes.ToValueList(), parsed.GetValue(_rate), now)
            {
                Departments = departments.ToValueList(),
                IsManager = parsed.GetValue(_manager),
                ActsAs = actsAs,
                ExpiresAt = parsed.GetValue(_days) is > 0 and var days ? now.AddDays(days) : null,
            };
        }

        // «a b», «a,b» and «--x a --x b» are the same.
        private static List<string> Words(string[]? values) =>
            [.. (values ?? []).SelectMany(value => value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct(StringComparer.Ordinal)];

        private static CannotStartException Wrong(string sentence) => new(sentence, CommandLine.MustBeMended);
    }
}
