using System.Globalization;
using Usher.Desk.Effects;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Discord.Model;
using Usher.Discord.Rest;

namespace Usher.Engine.Outgoing;

// Threads and channels: made once, found again when the answer was lost, closed, reopened, deleted.
public sealed partial class EffectRunner
{
    private const int WeekInMinutes = 10080;

    // A lost answer's home may carry a time of Discord's clock a little before ours.
    private static readonly TimeSpan ClocksDifferBy = TimeSpan.FromMinutes(1);

    private const Permissions Participant =
        Permissions.ViewChannel | Permissions.SendMessages | Permissions.ReadMessageHistory | Permissions.AttachFiles | Permissions.EmbedLinks;

    private Task<Outcome> CreateThreadAsync(Run run, CreateThread create, CancellationToken cancellation) =>
        NamedAsync(run, create.Name, name => CreateThreadNowAsync(run, create with { Name = name }, cancellation));

    private Task<Outcome> CreateChannelAsync(Run run, CreateChannel create, CancellationToken cancellation) =>
        NamedAsync(run, create.Name, name => CreateChannelNowAsync(run, create with { Name = name }, cancellation));

    // In guilds that Discord shows to everybody it refuses some words, which a member's name may hold: the ticket opens under a name that holds none.
    private static async Task<Outcome> NamedAsync(Run run, string name, Func<string, Task<Outcome>> create)
    {
        try
        {
            return await create(name);
        }
        catch (DiscordApiException refused) when (refused.Faults.Any(fault => fault.StartsWith("name:", StringComparison.Ordinal)))
        {
            var plain = string.Create(CultureInfo.InvariantCulture, $"ticket-{run.Row.Ticket ?? 0:0000}");
            if (plain == name) throw;
            var outcome = await create(plain);
            return outcome is Done done ? done with { Name = plain } : outcome;
        }
    }

    private Task<Outcome> CreateThreadNowAsync(Run run, CreateThread create, CancellationToken cancellation) =>
        CreateHomeAsync(
            run, create.Name,
            began => FindThreadAsync(run, create, began, cancellation),
            () => rest.StartThreadAsync(
                Id(create.Parent),
                new StartThreadRequest { Name = create.Name, Type = ChannelType.PrivateThread, AutoArchiveDuration = WeekInMinutes, Invitable = false },
                Reason(run), cancellation),
            cancellation);

    private Task<Outcome> CreateChannelNowAsync(Run run, CreateChannel create, CancellationToken cancellation) =>
        CreateHomeAsync(
            run, create.Name,
            began => FindChannelAsync(run, create, began, cancellation),
            () => rest.CreateChannelAsync(new Snowflake(run.Row.Guild.Value), RequestOf(run, create), Reason(run), cancellation),
            cancellation);

    private async Task<Outcome> CreateHomeAsync(
        Run run, string name, Func<DateTimeOffset, Task<Channel?>> find, Func<Task<Channel>> make, CancellationToken cancellation)
    {
        var ticket = new TicketKey(run.Row.Guild, run.Row.Ticket ?? 0);
        homes.Expect(run.Row.Guild, name, ticket);
        try
        {
            var found = run.Row.BegunAt is { } began ? await find(began - ClocksDifferBy) : null;
            // What was said in a home that was found again may have been missed.
            if (found is not null) await store.MarkGapsAsync([ticket], cancellation);
            else await BeginAsync(run, cancellation);
            var home = found ?? await make();
            return new Done(Channel: new ChannelId(home.Id.Value));
        }
        finally
        {
            homes.ExpectNoMore(run.Row.Guild, name);
        }
    }

    private async Task<Channel?> FindThreadAsync(Run run, CreateThread create, DateTimeOffset since, CancellationToken cancellation)
    {
        var active = await rest.GetActiveThreadsAsync(new Snowflake(run.Row.Guild.Value), cancellation);
        return await FirstFreeAsync(
            active.Threads.Where(thread => thread.ParentId == Id(create.Parent) && thread.OwnerId == Id(guilds.Self) && thread.Name == create.Name && thread.Id.CreatedAt >= since),
            cancellation);
    }

    private async Task<Channel?> FindChannelAsync(Run run, CreateChannel create, DateTimeOffset since, CancellationToken cancellation)
    {
        var channels = await rest.GetGuildChannelsAsync(new Snowflake(run.Row.Guild.Value), cancellation);
        return await FirstFreeAsync(channels.Where(channel => channel.Topic == create.Topic && channel.Id.CreatedAt >= since), cancellation);
    }

    private async Task<Channel?> FirstFreeAsync(IEnumerable<Channel> candidates, CancellationToken cancellation)
    {
        foreach (var candidate in candidates)
        {
            if (await store.FindTicketByHomeAsync(new ChannelId(candidate.Id.Value), cancellation) is null) return candidate;
        }
        return null;
    }

    private CreateChannelRequest RequestOf(Run run, CreateChannel create) => new()
    {
        Name = create.Name,
        Type = ChannelType.GuildText,
        Topic = create.Topic,
        ParentId = create.Category is { } category ? Id(category) : null,
        PermissionOverwrites = create.LikeCategory ? null : OverwritesOf(run, create.Members, create.Roles),
    };

    private IReadOnlyList<Overwrite> OverwritesOf(Run run, ValueList<UserId> members, ValueList<RoleId> roles, Permissions may = Participant) =>
    [
        // The role of everyone has the guild's own id.
        Overwrite.ForRole(new Snowflake(run.Row.Guild.Value), deny: Permissions.ViewChannel),
        Overwrite.ForMember(Id(guilds.Self), allow: may),
        .. members.Select(member => Overwrite.ForMember(Id(member), allow: may)),
        .. RolesThere(run, roles).Select(role => Overwrite.ForRole(role, allow: may)),
    ];

    // Discord refuses all of it for one role that was deleted; while the guild is not known, every role is taken to be there.
    private IEnumerable<Snowflake> RolesThere(Run run, IEnumerable<RoleId> roles)
    {
        var known = guilds.Find(run.Row.Guild)?.Roles;
        return roles.Where(role => known is null || known.ContainsKey(role.Value)).Select(role => new Snowflake(role.Value));
    }

    private async Task<Outcome> MoveChannelAsync(Run run, MoveChannel move, CancellationToken cancellation)
    {
        var overwrites = move.LikeCategory is { } model ? await LikeAsync(model, move.Members, cancellation) : OverwritesOf(run, move.Members, move.Roles, move.ToTalk ? Caller : Participant);
        var change = new ModifyChannelRequest { PermissionOverwrites = overwrites };
        if (move.Category is { } category) change = change with { ParentId = Id(category) };
        await rest.ModifyChannelAsync(Id(move.Channel), change, Reason(run), cancellation);
        return new Done();
    }

    // Whoever saw it sees it on; nobody's sight is changed, only that they write.
    private async Task<Outcome> ShutChannelAsync(Run run, ShutChannel shut, CancellationToken cancellation)
    {
        var everyone = new Snowflake(run.Row.Guild.Value);
        var channel = await rest.GetChannelAsync(Id(shut.Channel), cancellation);
        var overwrites = channel.PermissionOverwrites ?? [];
        if (overwrites.All(overwrite => overwrite.Id != everyone)) overwrites = [.. overwrites, Overwrite.ForRole(everyone)];
        await rest.ModifyChannelAsync(
            Id(shut.Channel),
            new ModifyChannelRequest
            {
                PermissionOverwrites =
                [
                    .. overwrites.Select(overwrite => overwrite.Id == Id(guilds.Self)
                        ? overwrite
                        : overwrite with { Allow = overwrite.Allow & ~Permissions.SendMessages, Deny = overwrite.Deny | Permissions.SendMessages }),
                ],
            },
            Reason(run), cancellation);
        return new Done();
    }

    private async Task<IReadOnlyList<Overwrite>> LikeAsync(ChannelId category, ValueList<UserId> members, CancellationToken cancellation)
    {
        var model = await rest.GetChannelAsync(Id(category), cancellation);
        var own = members.Append(guilds.Self).Select(Id).ToList();
        return
        [
            .. (model.PermissionOverwrites ?? []).Where(overwrite => overwrite.Type != OverwriteType.Member || !own.Contains(overwrite.Id)),
            .. own.Select(member => Overwrite.ForMember(member, allow: Participant)),
        ];
    }

    private async Task<Outcome> CloseThreadAsync(Run run, CloseThread close, CancellationToken cancellation)
    {
        try
        {
            await ShutAsync(run, close, cancellation);
            return new Done();
        }
        catch (DiscordApiException refused) when (refused.Code == ErrorCode.ArchivedThread)
        {
            return await ShutArchivedAsync(run, close, cancellation);
        }
        catch (DiscordApiException refused) when (refused.Code == ErrorCode.UnknownChannel)
        {
            return new Done();
        }
    }

    // Archived by an attempt whose answer was lost, or by somebody's hand or silence: then it may still lack the lock.
    private async Task<Outcome> ShutArchivedAsync(Run run, CloseThread close, CancellationToken cancellation)
    {
        var thread = await rest.GetChannelAsync(Id(close.Thread), cancellation);
        if (thread.ThreadMetadata is { Archived: true, Locked: true }) return new Done();
        // An archived thread takes no other change than to be brought back.
        if (thread.ThreadMetadata is { Archived: true })
            await rest.ModifyChannelAsync(Id(close.Thread), new ModifyChannelRequest { Archived = false }, Reason(run), cancellation);
        await ShutAsync(run, close, cancellation);
        return new Done();
    }

    private Task ShutAsync(Run run, CloseThread close, CancellationToken cancellation) =>
        rest.ModifyChannelAsync(Id(close.Thread), new ModifyChannelRequest { Archived = true, Locked = true }, Reason(run), cancellation);

    private async Task<Outcome> ReopenThreadAsync(Run run, ReopenThread reopen, CancellationToken cancellation)
    {
        await rest.ModifyChannelAsync(Id(reopen.Thread), new ModifyChannelRequest { Archived = false, Locked = false }, Reason(run), cancellation);
        return new Done();
    }

    private async Task<Outcome> RenameHomeAsync(Run run, RenameHome rename, CancellationToken cancellation)
    {
        try
        {
            await AwakeAsync(
                run, rename.Home,
                () => rest.ModifyChannelAsync(Id(rename.Home), new ModifyChannelRequest { Name = rename.Name }, Reason(run), cancellation),
                cancellation);
            return new Done();
        }
        catch (DiscordRateLimitedException limited) when (!limited.IsInvalidRequestBudget)
        {
            return new HeldBack(time.GetUtcNow() + limited.RetryAfter);
        }
    }

    // After a week of silence Discord archives a thread whose ticket is still open; an archived thread takes no change.
    private async Task AwakeAsync(Run run, ChannelId home, Func<Task> change, CancellationToken cancellation)
    {
        try
        {
            await change();
        }
        catch (DiscordApiException refused) when (refused.Code == ErrorCode.ArchivedThread)
        {
            if (await TicketOfAsync(run, cancellation) is not { IsOpen: true }) throw;
            await rest.ModifyChannelAsync(Id(home), new ModifyChannelRequest { Archived = false }, Reason(run), cancellation);
            await change();
        }
    }

    private async Task<Outcome> DeleteHomeAsync(Run run, ChannelId home, CancellationToken cancellation)
    {
        try
        {
            // After this nothing can be fetched any more.
            if (run.Row.Ticket is { } number) await catchUp.EnsureAsync(new TicketKey(run.Row.Guild, number), cancellation);
            await rest.DeleteChannelAsync(Id(home), Reason(run), cancellation);
        }
        catch (DiscordApiException refused) when (refused.Code == ErrorCode.UnknownChannel)
        {
            // Somebody was faster; the goal is reached.
        }
        return new Done();
    }
}
