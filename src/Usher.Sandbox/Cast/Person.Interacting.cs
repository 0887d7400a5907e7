using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Cast;

// Clicking, choosing, filling in, running commands.
public sealed partial class Person
{
    private InteractionState? _withModal;

    /// <summary>The form open before them, as the application sent it; null when none is.</summary>
    public JsonElement? Modal => _withModal?.Modal;

    /// <summary>Clicks a button: the newest on their screen in that channel with that label (or <c>custom_id</c>).</summary>
    /// <returns>When it is answered, or has failed after three seconds of the world's clock.</returns>
    public Task<Asked> Clicks(string label, ChannelState where)
    {
        var (message, button) = FindComponent(where, component => IsButton(component) && Says(component, label), $"a button “{label}”");
        return Clicks(message, button.GetProperty("custom_id").GetString()!);
    }

    /// <summary>Clicks the button of that <c>custom_id</c> on that message.</summary>
    public Task<Asked> Clicks(MessageState message, string customId) => Uses(message, customId, componentType: 2, values: null, resolved: null);

    /// <summary>Chooses in a select of that placeholder or <c>custom_id</c>: options by label or value, or mentions of users, roles, channels.</summary>
    public Task<Asked> Picks(string select, ChannelState where, params IReadOnlyList<string> choices)
    {
        var (message, component) = FindComponent(where, c => TypeOf(c) is 3 or 5 or 6 or 7 or 8 && Says(c, select), $"a select “{select}”");
        return Picks(message, component.GetProperty("custom_id").GetString()!, [.. choices.Select(choice => ValueOf(component, choice))]);
    }

    /// <summary>Chooses those values in the select of that <c>custom_id</c> on that message.</summary>
    public Task<Asked> Picks(MessageState message, string customId, IReadOnlyList<string> values)
    {
        var component = ComponentsOf(message).First(c => CustomIdOf(c) == customId);
        return Uses(message, customId, TypeOf(component), values, Resolved(message.Channel, TypeOf(component), values));
    }

    /// <summary>Fills in the form open before them and sends it: answers by label or <c>custom_id</c>.</summary>
    public Task<Asked> Fills(params IReadOnlyList<(string Question, string Answer)> answers)
    {
        var opener = _withModal ?? throw new NotOnScreenException($"{Name} has no form open.");
        return Sends([.. Answered(opener.Modal!.Value, answers)]);
    }

    /// <summary>Sends the form open before them with those components, as a client would send them.</summary>
    public Task<Asked> Sends(JsonArray components)
    {
        var opener = _withModal ?? throw new NotOnScreenException($"{Name} has no form open.");
        _withModal = null;
        var data = new JsonObject
        {
            ["custom_id"] = opener.Modal!.Value.GetProperty("custom_id").GetString(),
            ["components"] = components,
        };
        return Ask(new InteractionDraft(5, opener.Application, opener.Channel, User, Element(data)) { Message = opener.Message, Opener = opener });
    }

    /// <summary>Closes the form without sending it.</summary>
    public void Dismisses() => _withModal = null;

    /// <summary>Runs a slash command, such as <c>/close</c> or <c>/ticket close</c> with its sub-command, with its options by name.</summary>
    public Task<Asked> Runs(string command, ChannelState where, params IReadOnlyList<(string Name, object Value)> options)
    {
        var words = command.TrimStart('/').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (application, found) = Offered(where, words[0], type: 1);
        var level = words.Skip(1).Aggregate(found.Definition, (outer, word) => SubCommand(outer, word) ?? throw new NotOnScreenException($"/{words[0]} has no sub-command “{word}”."));
        JsonArray? given = options.Count == 0 ? null : new JsonArray([.. options.Select(option => (JsonNode)OptionOf(level, option.Name, option.Value))]);
        foreach (var (word, depth) in words.Skip(1).Select((word, index) => (word, words.Length - 1 - index)).Reverse())
        {
            // The innermost is a sub-command; what stands around it is a group of them.
            var type = word == words[^1] && depth == 1 ? 1 : 2;
            given = [new JsonObject { ["name"] = word, ["type"] = type, ["options"] = given ?? [] }];
        }
        var data = HeadOf(found);
        if (given is not null) data["options"] = given;
        if (where.Guild is not null && Resolve(where, level, options) is { Count: > 0 } resolved) data["resolved"] = resolved;
        return Ask(new InteractionDraft(2, application, where, User, Element(data)) { CommandName = string.Join(' ', words) });
    }

    /// <summary>Runs a command of a message's context menu.</summary>
    public Task<Asked> RunsOn(MessageState message, string command)
    {
        var (application, found) = Offered(message.Channel, command, type: 3);
        if (!Sees(message)) throw new NotOnScreenException($"{Name} does not see that message.");
        var data = HeadOf(found);
        data["target_id"] = message.Id.ToString();
        var payloads = new Payloads(_world);
        var resolved = new JsonObject();
        Into(resolved, "messages", message.Id, Element(json => payloads.Message(json, message, new MessageView(application))));
        data["resolved"] = resolved;
        return Ask(new InteractionDraft(2, application, message.Channel, User, Element(data)) { CommandName = command });
    }

    /// <summary>Runs a command of a person's context menu.</summary>
    public Task<Asked> RunsOn(UserState target, string command, ChannelState where)
    {
        var (application, found) = Offered(where, command, type: 2);
        var data = HeadOf(found);
        data["target_id"] = target.Id.ToString();
        if (Resolved(where, 5, [target.Id.ToString()]) is { } resolved) data["resolved"] = resolved;
        return Ask(new InteractionDraft(2, application, where, User, Element(data)) { CommandName = command });
    }

    private (ApplicationState Application, CommandState Command) Offered(ChannelState where, string name, int type)
    {
        // https://discord.com/developers/docs/topics/threads#active-archived-threads
        if (where.Thread is { Archived: true }) throw new NotOnScreenException($"#{where.Name} is archived: no command is offered there.");
        var (application, found) = CommandsFor(where).Where(pair => pair.Command.Name == name && pair.Command.Type == type).OrderBy(pair => pair.Command.GuildId is null).FirstOrDefault();
        return found is null ? throw new NotOnScreenException($"{Name} is offered no command “{name}” in #{where.Name}.") : (application, found);
    }

    private static JsonObject HeadOf(CommandState command)
    {
        var head = new JsonObject { ["id"] = command.Id.ToString(), ["name"] = command.Name, ["type"] = command.Type };
        if (command.GuildId is { } guild) head["guild_id"] = guild.ToString();
        return head;
    }

    private static JsonElement? SubCommand(JsonElement level, string name)
    {
        if (!level.TryGetProperty("options", out var options) || options.ValueKind != JsonValueKind.Array) return null;
        foreach (var option in options.EnumerateArray())
        {
            if (TypeOf(option) is 1 or 2 && option.GetProperty("name").GetString() == name) return option;
        }
        return null;
    }

    /// <summary>The commands offered to them there: by the default permissions that each command asks for.</summary>
    public IReadOnlyList<(ApplicationState Application, CommandState Command)> CommandsFor(ChannelState where)
    {
        if (where.Guild is not { } guild)
        {
            var bots = where.Recipients.Select(_world.ApplicationOf).OfType<ApplicationState>();
            return [.. bots.SelectMany(bot => bot.Commands.Values.Where(command => command.GuildId is null && IsFor(command, context: 1)).Select(command => (bot, command)))];
        }
        var permissions = _world.PermissionsOf(User, where);
        if (!permissions.HasFlag(Permissions.UseApplicationCommands)) return [];
        return [.. _world.CommandsOf(guild).Where(pair => IsFor(pair.Command, context: 0) && IsOffered(pair.Command, permissions))];
    }

    // https://discord.com/developers/docs/interactions/application-commands#interaction-contexts
    private static bool IsFor(CommandState command, int context)
    {
        if (context == 1 && command.Definition.TryGetProperty("dm_permission", out var inDms) && inDms.ValueKind == JsonValueKind.False) return false;
        return !command.Definition.TryGetProperty("contexts", out var contexts) || contexts.ValueKind != JsonValueKind.Array
            || contexts.EnumerateArray().Any(value => value.GetInt32() == context);
    }

    private static bool IsOffered(CommandState command, Permissions permissions) => command.DefaultMemberPermissions switch
    {
        null => true,
        // Nobody but administrators: https://discord.com/developers/docs/interactions/application-commands#permissions
        Permissions.None => permissions.HasFlag(Permissions.Administrator),
        { } needed => (permissions & needed) == needed,
    };

    private Task<Asked> Uses(MessageState message, string customId, int componentType, IReadOnlyList<string>? values, JsonObject? resolved)
    {
        if (!Sees(message)) throw new NotOnScreenException($"{Name} does not see that message.");
        var component = ComponentsOf(message).FirstOrDefault(c => CustomIdOf(c) == customId);
        if (component.ValueKind == JsonValueKind.Undefined) throw new NotOnScreenException($"That message has no component “{customId}”.");
        if (component.TryGetProperty("disabled", out var disabled) && disabled.ValueKind == JsonValueKind.True) throw new NotOnScreenException($"“{customId}” is disabled.");
        if (message.Application is not { } application) throw new NotOnScreenException("No application answers for that message.");
        var data = new JsonObject { ["component_type"] = componentType, ["custom_id"] = customId };
        if (component.TryGetProperty("id", out var id)) data["id"] = id.GetInt32();
        if (values is not null) data["values"] = new JsonArray([.. values.Select(value => (JsonNode)value)]);
        if (resolved is not null) data["resolved"] = resolved;
        return Ask(new InteractionDraft(3, application, message.Channel, User, Element(data)) { Message = message });
    }

    private async Task<Asked> Ask(InteractionDraft draft)
    {
        var interaction = _world.Interact(draft);
        await interaction.Settled.Task;
        if (interaction.Modal is not null) _withModal = interaction;
        return new Asked(interaction);
    }

    private static JsonElement Element(JsonNode node) => JsonSerializer.SerializeToElement(node, CastJson.Default.JsonNode);

    private static string OptionText(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static JsonObject OptionOf(JsonElement level, string name, object value)
    {
        var type = OptionTypeOf(level, name);
        JsonNode node = type switch
        {
            4 => JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
            5 => JsonValue.Create(Convert.ToBoolean(value, CultureInfo.InvariantCulture)),
            10 => JsonValue.Create(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            _ => JsonValue.Create(IdIn(OptionText(value)))!,
        };
        return new JsonObject { ["name"] = name, ["type"] = type, ["value"] = node };
    }

    private static int OptionTypeOf(JsonElement level, string name)
    {
        if (level.TryGetProperty("options", out var options) && options.ValueKind == JsonValueKind.Array)
        {
            foreach (var option in options.EnumerateArray())
            {
                if (option.GetProperty("name").GetString() == name) return option.GetProperty("type").GetInt32();
            }
        }
        throw new NotOnScreenException($"/{level.GetProperty("name").GetString()} has no option “{name}”.");
    }

    private JsonObject? Resolve(ChannelState where, JsonElement level, IReadOnlyList<(string Name, object Value)> options)
    {
        JsonObject? resolved = null;
        foreach (var (name, value) in options)
        {
            // A command's user, channel, role option is 6, 7, 8; the selects of those are 5, 8, 6.
            var select = OptionTypeOf(level, name) switch { 6 => 5, 7 => 8, 8 => 6, _ => 0 };
            if (select != 0 && Resolved(where, select, [IdIn(OptionText(value))]) is { } one) resolved = one;
        }
        return resolved;
    }
}
