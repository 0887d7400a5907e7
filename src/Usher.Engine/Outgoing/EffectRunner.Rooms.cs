using System.Globalization;
using Usher.Desk.Effects;
using Usher.Desk.Values;
using Usher.Discord.Model;
using Usher.Discord.Rest;
using Usher.Storage;

namespace Usher.Engine.Outgoing;

// Channel categories that are made for want of room. What is full is asked of Discord: what was told of it may be old.
public sealed partial class EffectRunner
{
    // https://discord.com/developers/docs/resources/guild#create-guild-channel
    private const int MostInCategory = 50;
    private const int LongestCategoryName = 100;

    private async Task<Outcome> MakeRoomAsync(Run run, MakeRoom make, CancellationToken cancellation)
    {
        await categories.Turn.WaitAsync(cancellation);
        try
        {
            var channels = await rest.GetGuildChannelsAsync(new Snowflake(run.Row.Guild.Value), cancellation);
            if (channels.FirstOrDefault(channel => channel.Id == Id(make.Like)) is not { } like) return new CannotBeDone(FailureReason.ChannelGone, "The channel category is gone.");
            var category = await FindRoomAsync(run, make, like, channels, cancellation) ?? await MakeCategoryAsync(run, like, channels, cancellation);
            await store.SaveMadeCategoryAsync(new MadeCategory(run.Row.Guild, category, make.Like, time.GetUtcNow()), cancellation);
            categories.Add(run.Row.Guild, category);
            return new Done(Channel: category);
        }
        finally
        {
            categories.Turn.Release();
        }
    }

    private async Task<ChannelId?> FindRoomAsync(Run run, MakeRoom make, Channel like, IReadOnlyList<Channel> channels, CancellationToken cancellation)
    {
        var known = (await store.MadeCategoriesAsync(run.Row.Guild, cancellation)).Where(category => category.Like == make.Like).Select(category => Id(category.Category)).ToHashSet();
        // Made by an attempt whose answer was lost.
        bool IsOfLostAttempt(Channel channel) =>
            run.Row.BegunAt is { } began && channel.Type == ChannelType.GuildCategory && channel.Id.CreatedAt >= began - ClocksDifferBy && channel.Name?.StartsWith(like.Name + " ", StringComparison.Ordinal) == true;
        var room = channels.Where(channel => known.Contains(channel.Id) || IsOfLostAttempt(channel)).OrderBy(channel => channel.Id.Value)
            .FirstOrDefault(category => channels.Count(channel => channel.ParentId == category.Id) < MostInCategory);
        return room is null ? null : new ChannelId(room.Id.Value);
    }

    private async Task<ChannelId> MakeCategoryAsync(Run run, Channel like, IReadOnlyList<Channel> channels, CancellationToken cancellation)
    {
        var names = channels.Where(channel => channel.Type == ChannelType.GuildCategory).Select(channel => channel.Name).ToHashSet(StringComparer.Ordinal);
        var number = 2;
        while (names.Contains(Numbered(like.Name ?? "", number))) number++;
        await BeginAsync(run, cancellation);
        var request = new CreateChannelRequest
        {
            Name = Numbered(like.Name ?? "", number),
            Type = ChannelType.GuildCategory,
            // Of the same position the younger comes second: https://discord.com/developers/docs/resources/channel#channel-object
            Position = like.Position,
            PermissionOverwrites = like.PermissionOverwrites,
        };
        var category = await rest.CreateChannelAsync(new Snowflake(run.Row.Guild.Value), request, Reason(run), cancellation);
        return new ChannelId(category.Id.Value);
    }

    private static string Numbered(string name, int number)
    {
        var end = " " + number.ToString(CultureInfo.InvariantCulture);
        return name.Length + end.Length <= LongestCategoryName ? name + end : name[..(LongestCategoryName - end.Length)] + end;
    }

    private async Task<Outcome> RemoveCategoryAsync(Run run, RemoveCategory remove, CancellationToken cancellation)
    {
        await categories.Turn.WaitAsync(cancellation);
        try
        {
            if (!categories.Contains(remove.Category)) return new Done();
            var channels = await rest.GetGuildChannelsAsync(new Snowflake(run.Row.Guild.Value), cancellation);
            if (channels.Any(channel => channel.ParentId == Id(remove.Category))) return new Done();
            if (channels.Any(channel => channel.Id == Id(remove.Category))) await rest.DeleteChannelAsync(Id(remove.Category), Reason(run), cancellation);
            await store.ForgetMadeCategoryAsync(run.Row.Guild, remove.Category, cancellation);
            categories.Remove(remove.Category);
            return new Done();
        }
        finally
        {
            categories.Turn.Release();
        }
    }
}
