using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;
using Usher.Sandbox.World.Rules;

namespace Usher.Sandbox.Wire.Rest;

/// <summary>Application commands, global and of a guild. <see href="https://discord.com/developers/docs/interactions/application-commands"/></summary>
internal static class CommandRoutes
{
    public static IReadOnlyList<RestRoute> All { get; } =
    [
        .. For("/applications/{application}/commands"), .. For("/applications/{application}/guilds/{guild}/commands"),
    ];

    private static RestRoute[] For(string path) =>
    [
        new("GET", path, List),
        new("POST", path, Create) { Rate = new(5, 20) },
        new("PUT", path, Overwrite) { Rate = new(2, 60) },
        new("GET", path + "/{command}", call => RestAnswer.Ok(writer => Payloads.Command(writer, Find(call)))),
        new("PATCH", path + "/{command}", Edit) { Rate = new(5, 20) },
        new("DELETE", path + "/{command}", Delete) { Rate = new(5, 20) },
    ];

    private static RestAnswer List(RestCall call)
    {
        var guild = Scope(call);
        return RestAnswer.Ok(writer => Payloads.Array(writer, Of(call, guild), Payloads.Command));
    }

    /// <summary>A command of the same name and type is replaced: then the answer is 200, not 201.</summary>
    private static RestAnswer Create(RestCall call)
    {
        var guild = Scope(call);
        var faults = new FormRefusal();
        CommandForm.Check(call.Form(faults));
        faults.ThrowIfAny();
        var (command, isNew) = Put(call, guild, call.Json);
        if (Of(call, guild).Count(other => other.Type == command.Type) > Limits.GlobalCommands)
        {
            call.Application.Commands.Remove(command.Id);
            throw DiscordRefusal.Bad(ErrorCode.MaximumApplicationCommands, "Maximum number of application commands reached");
        }
        return isNew ? RestAnswer.Created(writer => Payloads.Command(writer, command)) : RestAnswer.Ok(writer => Payloads.Command(writer, command));
    }

    private static RestAnswer Overwrite(RestCall call)
    {
        var guild = Scope(call);
        if (call.Json.ValueKind != JsonValueKind.Array) throw FormRefusal.Single("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
        var faults = new FormRefusal();
        var names = new HashSet<(string?, int)>();
        foreach (var (element, index) in call.Json.EnumerateArray().Select((element, index) => (element, index)))
        {
            var form = new Fields(element, $"{index}", faults);
            CommandForm.Check(form);
            if (!names.Add((form.Text("name"), form.Number("type") ?? 1))) faults.Add($"{index}.name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique");
        }
        faults.ThrowIfAny();
        if (names.GroupBy(name => name.Item2).Any(group => group.Count() > (group.Key == 1 ? Limits.GlobalCommands : 5)))
            throw DiscordRefusal.Bad(ErrorCode.MaximumApplicationCommands, "Maximum number of application commands reached");
        var kept = call.Json.EnumerateArray().Select(element => Put(call, guild, element).Command).ToList();
        foreach (var gone in Of(call, guild).Except(kept).ToList()) call.Application.Commands.Remove(gone.Id);
        return RestAnswer.Ok(writer => Payloads.Array(writer, kept, Payloads.Command));
    }

    private static RestAnswer Edit(RestCall call)
    {
        var old = Find(call);
        var merged = Merge(old.Definition, call.Json);
        var faults = new FormRefusal();
        CommandForm.Check(new(merged, "", faults));
        faults.ThrowIfAny();
        var command = Make(call, old.Id, old.GuildId, merged);
        call.Application.Commands[old.Id] = command;
        return RestAnswer.Ok(writer => Payloads.Command(writer, command));
    }

    private static RestAnswer Delete(RestCall call)
    {
        call.Application.Commands.Remove(Find(call).Id);
        return RestAnswer.NoContent;
    }

    private static Snowflake? Scope(RestCall call)
    {
        if (call.Id("application") != call.Application.Id) throw new DiscordRefusal(403, 20012, "You are not authorized to perform this action on this application");
        if (!call.Has("guild")) return null;
        var guild = call.World.FindGuild(call.Id("guild"));
        return guild is not null && guild.MemberIndex.ContainsKey(call.Bot.Id) ? guild.Id : throw DiscordRefusal.MissingAccess();
    }

    private static IEnumerable<CommandState> Of(RestCall call, Snowflake? guild) => call.Application.Commands.Values.Where(command => command.GuildId == guild);

    private static CommandState Find(RestCall call)
    {
        var guild = Scope(call);
        var command = call.Application.Commands.GetValueOrDefault(call.Id("command"));
        return command is not null && command.GuildId == guild ? command : throw DiscordRefusal.NotFound(ErrorCode.UnknownApplicationCommand, "application command");
    }

    private static (CommandState Command, bool IsNew) Put(RestCall call, Snowflake? guild, JsonElement definition)
    {
        var (name, type) = (definition.GetProperty("name").GetString(), CommandForm.TypeOf(definition));
        var old = Of(call, guild).FirstOrDefault(command => command.Name == name && command.Type == type);
        var command = Make(call, old?.Id ?? call.World.NextId(), guild, definition);
        call.Application.Commands[command.Id] = command;
        return (command, old is null);
    }

    private static CommandState Make(RestCall call, Snowflake id, Snowflake? guild, JsonElement definition)
    {
        var faults = new FormRefusal();
        return new()
        {
            Id = id,
            ApplicationId = call.Application.Id,
            GuildId = guild,
            Type = CommandForm.TypeOf(definition),
            Name = definition.GetProperty("name").GetString()!,
            Definition = definition.Clone(),
            DefaultMemberPermissions = new Fields(definition, "", faults).Bits("default_member_permissions"),
            Version = call.World.NextId(),
        };
    }

    private static JsonElement Merge(JsonElement old, JsonElement change)
    {
        var fields = old.EnumerateObject().ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
        if (change.ValueKind == JsonValueKind.Object)
        {
            foreach (var field in change.EnumerateObject()) fields[field.Name] = field.Value;
        }
        var bytes = Payloads.Bytes(writer =>
        {
            writer.WriteStartObject();
            foreach (var (name, value) in fields)
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }
            writer.WriteEndObject();
        });
        var reader = new Utf8JsonReader(bytes);
        return JsonElement.ParseValue(ref reader);
    }
}
