using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Posting;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Discord.Json;
using Usher.Discord.Model;
using Usher.Discord.Rest;
using Usher.Engine.Deciding;
using Usher.Engine.Intake;
using Usher.Storage;

namespace Usher.Engine;

// Settings: taken at the start, and again whenever they change.
public sealed partial class DeskHost
{
    private readonly SemaphoreSlim _applying = new(1);
    private IReadOnlyList<DeskSettings> _file;

    // What Discord was told last, by guild; nothing while that is not known to have worked.
    private readonly ConcurrentDictionary<GuildId, string> _registered = new();

    /// <summary>
    /// Takes new settings while the desk runs: what is decided from now on follows them, commands are registered again where they
    /// changed, panels that changed are edited where they stand, and panels that are gone from the settings are taken down.
    /// </summary>
    /// <param name="settings">The desks, one a guild. A guild that is missing has no desk any more: its panels stay and answer so.</param>
    /// <param name="cancellation">Stops waiting; settings that are in force stay so.</param>
    /// <returns>What changed, as <see cref="SettingsDifference"/> names it; empty when nothing did.</returns>
    public async Task<IReadOnlyList<string>> ApplyAsync(IReadOnlyList<DeskSettings> settings, CancellationToken cancellation)
    {
        await _applying.WaitAsync(cancellation);
        try
        {
            _file = settings;
            var before = Guilds.Desks.ToList();
            var changes = await TakeAsync(cancellation);
            if (changes.Count > 0) await TellAuditAsync(before, cancellation);
            return changes;
        }
        finally
        {
            _applying.Release();
        }
    }

    // Whoever may write the file is no member of any guild: what is known is that it was the file.
    private async Task TellAuditAsync(List<DeskSettings> before, CancellationToken cancellation)
    {
        foreach (var desk in Guilds.Desks.ToList())
        {
            var words = string.Join(", ", SettingsDifference.Between([.. before.Where(was => was.Guild == desk.Guild)], [desk]));
            if (words.Length > 0) await Store.RecordAsync(desk.Guild, new AuditSignature(_options.Time.GetUtcNow(), default, "usher.yml"), new Deed("settings_changed", Detail: words), cancellation);
        }
    }

    private async Task ChangeAsync(GuildId guild, ChangeSettings change, CancellationToken cancellation)
    {
        await _applying.WaitAsync(cancellation);
        try
        {
            if (_file.FirstOrDefault(desk => desk.Guild == guild) is not { } file) return;
            var before = (await Store.LatestSettingsAsync(guild, cancellation))?.Overrides ?? SettingsOverrides.None;
            var after = before.With(change.Change, file);
            var words = string.Join(", ", SettingsDifference.Between([before.Over(file)], [after.Over(file)]));
            // Said again, or taken up again after a crash: it is so already.
            if (after != before) await Store.SaveSettingsAsync(guild, after, words, change.By, _options.Time.GetUtcNow(), cancellation);
            await TakeAsync(cancellation);
        }
        finally
        {
            _applying.Release();
        }
    }

    // The file's settings with what was changed in Discord over them.
    private async Task<IReadOnlyList<DeskSettings>> OverlaidAsync(CancellationToken cancellation)
    {
        var desks = new List<DeskSettings>();
        foreach (var desk in _file) desks.Add(await Store.LatestSettingsAsync(desk.Guild, cancellation) is { } version ? version.Overrides.Over(desk) : desk);
        return desks;
    }

    private async Task<IReadOnlyList<string>> TakeAsync(CancellationToken cancellation)
    {
        var settings = await OverlaidAsync(cancellation);
        var before = Guilds.Desks.ToList();
        var changes = SettingsDifference.Between(before, settings);
        Guilds.Use(settings);
        foreach (var desk in settings)
        {
            var was = before.Find(d => d.Guild == desk.Guild);
            if (was is null) _ = WatchedAsync("learning the names of a guild", () => LearnAsync(desk.Guild));
            if (was != desk) _ = WatchedAsync("registering the slash commands", () => RegisterCommandsAsync(desk, onlyIfChanged: was is not null));
            var (changed, gone) = PanelsThatChanged(was, desk);
            if (was is null || changed.Count > 0 || gone) _ = WatchedAsync("keeping the panels", () => KeepPanelsAsync(desk, was is null ? null : changed));
        }
        if (changes.Count > 0) _rooms.SettingsChanged();
        if (changes.Count > 0) await Webhooks.ApplyAsync(cancellation);
        var words = string.Join(", ", changes);
        if (words.Length > 0) LogApplied(words);
        return changes;
    }

    private static (ValueList<string> Changed, bool Gone) PanelsThatChanged(DeskSettings? before, DeskSettings after)
    {
        var changed = after.Panels.Where(panel =>
            before?.Panel(panel.Key) is not { } was || was.Channel != panel.Channel || PanelCard.Of(was, before) != PanelCard.Of(panel, after));
        return (changed.Select(panel => panel.Key).ToValueList(), before?.Panels.Any(panel => after.Panel(panel.Key) is null) == true);
    }

    private async Task RegisterCommandsAsync(DeskSettings settings, bool onlyIfChanged)
    {
        var commands = SlashCommands.For(_rules, settings);
        var fingerprint = Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(commands, DiscordJson.Default.IReadOnlyListApplicationCommandRequest)));
        if (onlyIfChanged && _registered.GetValueOrDefault(settings.Guild) == fingerprint) return;
        _registered.TryRemove(settings.Guild, out _);
        try
        {
            await Rest.OverwriteGuildCommandsAsync(Guilds.Application, new Snowflake(settings.Guild.Value), commands, _stopping.Token);
        }
        catch (DiscordApiException refused) when (refused.Code is ErrorCode.MissingAccess or ErrorCode.UnknownGuild)
        {
            Miss(settings.Guild);
            return;
        }
        _registered[settings.Guild] = fingerprint;
        _absent.Remove(settings.Guild);
    }

    private Task KeepPanelsAsync(DeskSettings settings, ValueList<string>? changed) => _decider.DecideAsync(
        new Order { Guild = settings.Guild, Command = new KeepPanels(changed), Subject = new Subject.ToDesk(), Actor = Actor.Desk }, _stopping.Token);

    // The gateway told of it at the connection, when it had no desk and was not listened to, or before this start.
    private async Task LearnAsync(GuildId guild)
    {
        if (Guilds.Find(guild) is not null) return;
        var id = new Snowflake(guild.Value);
        try
        {
            var told = await Rest.GetGuildAsync(id, _stopping.Token);
            Guilds.Learn(told with { Channels = await Rest.GetGuildChannelsAsync(id, _stopping.Token) });
        }
        catch (DiscordApiException refused) when (refused.IsGone || refused.IsForbidden)
        {
            Miss(guild);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "New settings are in force: {Changes}.")]
    private partial void LogApplied(string changes);
}
