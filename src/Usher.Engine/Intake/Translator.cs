using System.Globalization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Discord.Model;
using Usher.Engine.Deciding;
using Usher.Engine.Guilds;

namespace Usher.Engine.Intake;

/// <summary>What an event came to: an order, or at once a sentence for whoever asked.</summary>
public sealed record Translation(Order? Order, Trigger? Trigger, string? Sentence)
{
    internal static Translation None { get; } = new(null, null, null);

    internal static Translation Say(string sentence) => new(null, null, sentence);
}

/// <summary>Makes the desk's commands from Discord's events. Pure: it looks at the event, the settings and the known homes only.</summary>
public sealed class Translator(DeskRules rules, GuildDirectory guilds, KnownHomes homes)
{
    /// <summary>Makes an order of a click, a slash command or a sent form.</summary>
    public Translation From(Interaction interaction) => interaction.Type switch
    {
        InteractionType.ApplicationCommand when interaction.Data?.Type == ApplicationCommandType.Message => FromMessageMenu(interaction),
        InteractionType.ApplicationCommand => FromSlash(interaction),
        InteractionType.MessageComponent => FromPress(interaction, Door.Button),
        InteractionType.ModalSubmit => FromPress(interaction, Door.Form),
        _ => Translation.None,
    };

    /// <summary>Makes an order of a typed command; null when the message is none.</summary>
    public Order? FromTyped(Message message, DeskSettings settings)
    {
        if (message.Author.IsBot || message.WebhookId is not null || !message.Content.StartsWith(settings.Prefix, StringComparison.Ordinal)) return null;
        var words = message.Content.AsSpan(settings.Prefix.Length);
        var end = words.IndexOfAny(' ', '\n');
        var name = (end < 0 ? words : words[..end]).ToString().ToLowerInvariant();
        var rest = end < 0 ? "" : words[(end + 1)..].Trim().ToString();
        if (rules.Trigger(Door.Typed, name) is not { } trigger) return null;
        var number = trigger.NamesTicket || trigger.MayNameTicket ? TakeNumber(ref rest) : null;
        var input = Inputs.Typed(rest, message, (user, member) => SpeakerOf(settings.Guild, user, member));
        if (trigger.Command(input) is not { } command) return null;
        (command, var subject) = Aimed(command, trigger, input, settings.Guild, number, message.ChannelId);
        return new Order
        {
            Guild = settings.Guild,
            Command = command,
            Subject = subject,
            Actor = SpeakerOf(settings.Guild, message.Author, message.Member),
            Typed = new TypedRef(new ChannelId(message.ChannelId.Value), new MessageId(message.Id.Value)),
            InboxKey = $"m:{message.Id}",
        };
    }

    /// <summary>Whether a message is a typed command that must not be kept where its ticket's opener reads.</summary>
    public bool IsSecret(Message message, DeskSettings settings)
    {
        if (!message.Content.StartsWith(settings.Prefix, StringComparison.Ordinal)) return false;
        var name = message.Content[settings.Prefix.Length..].Split([' ', '\n'], 2)[0].ToLowerInvariant();
        return rules.Trigger(Door.Typed, name) is { Secret: true };
    }

    /// <summary>Who wrote something, or was mentioned. A message tells roles and no permissions: whether they make an administrator is known of the guild.</summary>
    public Actor SpeakerOf(GuildId guild, User user, GuildMember? member)
    {
        var actor = ActorOf(user, member, locale: null);
        return member is not null && guilds.Find(guild)?.IsAdministrator(actor.User, actor.Roles) == true ? actor with { IsAdministrator = true } : actor;
    }

    /// <summary>Whether it takes roles to give a command. What is clicked in direct messages tells none: they are the guild's.</summary>
    public bool TakesRoles(Command command) => rules.RuleOf(command)?.Permission is Permission.Staff or Permission.Manager or Permission.Privacy;

    /// <summary>Who somebody is, as an event tells it.</summary>
    public static Actor ActorOf(User user, GuildMember? member, string? locale) => new()
    {
        User = new UserId(user.Id.Value),
        Name = member?.Nick ?? user.DisplayName,
        Roles = (member?.Roles ?? []).Select(role => new RoleId(role.Value)).ToValueList(),
        IsAdministrator = member?.Permissions is { } permissions && permissions.HasFlag(Permissions.Administrator),
        IsBot = user.IsBot,
        Language = Languages.FromLocale(locale),
    };

    private Translation FromSlash(Interaction interaction)
    {
        if (DeskOf(interaction, null) is not { } settings) return NoDesk(interaction);
        var name = interaction.Data?.Name ?? "";
        var options = interaction.Data?.Options ?? [];
        if (options is [{ Type: ApplicationCommandOptionType.SubCommand } inner])
        {
            name = $"{name} {inner.Name}";
            options = inner.Options ?? [];
        }
        if (rules.Trigger(Door.Slash, name) is not { } trigger) return UnknownButton(interaction, settings);
        var input = Inputs.OfSlash(interaction, options);
        // What names no ticket must not come to mean the one that it was said in.
        var number = (trigger.NamesTicket || trigger.MayNameTicket) && (input["number"] ?? input["ticket"]) is { } text ? ParseNumber(text) ?? NoNumber : (long?)null;
        return Ordered(interaction, settings, trigger, input, number);
    }

    private Translation FromMessageMenu(Interaction interaction)
    {
        if (DeskOf(interaction, null) is not { } settings) return NoDesk(interaction);
        if (Inputs.OfMessage(interaction) is not { } input || MessageTrigger(interaction.Data?.Name ?? "", settings) is not { } trigger) return UnknownButton(interaction, settings);
        return Ordered(interaction, settings, trigger, input, null);
    }

    private Translation FromPress(Interaction interaction, Door door)
    {
        var press = Press.Parse(interaction.Data?.CustomId ?? "");
        // An option that is itself a press does what that does: this is how menus work.
        if (interaction.Data?.Values is [var only] && Press.Parse(only) is { } chosen) press = chosen;
        if (DeskOf(interaction, press) is not { } settings) return NoDesk(interaction);
        if (press is null || rules.Trigger(door, press.Action) is not { } trigger) return UnknownButton(interaction, settings);
        var input = door == Door.Form ? Inputs.OfForm(interaction, press.Argument) : Inputs.OfPress(interaction, press.Argument);
        return Ordered(interaction, settings, trigger, input, press.Ticket);
    }

    // Discord shows a context menu's command by its name alone: it is the text of the guild's language.
    private Trigger? MessageTrigger(string name, DeskSettings settings) =>
        rules.Triggers.FirstOrDefault(trigger => trigger.Door == Door.Message && SlashCommands.MenuName(trigger, settings) == name);

    private static Translation UnknownButton(Interaction interaction, DeskSettings settings) =>
        Translation.Say(LanguageOf(interaction, settings).Say("refusal.unknown_button"));

    private Translation Ordered(Interaction interaction, DeskSettings settings, Trigger trigger, Input input, long? number)
    {
        var language = LanguageOf(interaction, settings);
        if (trigger.Command(input) is not { } command)
            return Translation.Say(language.Say("refusal.incomplete", ("usage", $"/{trigger.Name}")));
        (command, var subject) = Aimed(command, trigger, input, settings.Guild, number, interaction.ChannelId ?? default);
        var order = new Order
        {
            Guild = settings.Guild,
            Command = command,
            Subject = subject,
            Actor = ActorOf(interaction.Invoker, interaction.Member, interaction.Locale),
            Interaction = new InteractionRef(
                interaction.Id.Value, interaction.Token, interaction.Id.CreatedAt,
                interaction.Message is { } message ? new MessageId(message.Id.Value) : null, trigger.Waiting),
            InboxKey = KeyOf(interaction),
        };
        return new Translation(order, trigger, null);
    }

    /// <summary>What makes a second delivery of an interaction recognisable.</summary>
    public static string KeyOf(Interaction interaction) => $"i:{interaction.Id}";

    // What is said outside any ticket, and names none, can mean something else.
    private (Command, Subject) Aimed(Command command, Trigger trigger, Input input, GuildId guild, long? number, Snowflake channel)
    {
        var subject = SubjectOf(command, guild, number, channel, trigger.NamesTicket);
        return subject is Subject.ToNoTicket && trigger.WithoutTicket(input) is { } other ? (other, new Subject.ToDesk()) : (command, subject);
    }

    private Subject SubjectOf(Command command, GuildId guild, long? number, Snowflake channel, bool namesTicket)
    {
        if (rules.RuleOf(command) is not { NeedsTicket: true }) return new Subject.ToDesk();
        if (number is { } given) return new Subject.ToTicket(new TicketKey(guild, given));
        if (namesTicket || homes.TicketIn(channel.Value) is not { } here || here.Guild != guild) return new Subject.ToNoTicket();
        return new Subject.ToTicket(here);
    }

    // A direct message stands in no guild: its buttons name theirs, or it is that of the ticket that lives there.
    private DeskSettings? DeskOf(Interaction interaction, Press? press) =>
        interaction.GuildId is { } guild ? guilds.SettingsOf(new GuildId(guild.Value))
        : press?.Guild is { } named ? guilds.SettingsOf(named)
        : press is not null && homes.TicketIn((interaction.ChannelId ?? default).Value) is { } ticket ? guilds.SettingsOf(ticket.Guild)
        : null;

    private static Language LanguageOf(Interaction interaction, DeskSettings settings) => Languages.FromLocale(interaction.Locale) ?? settings.Language;

    private static Translation NoDesk(Interaction interaction) =>
        Translation.Say((Languages.FromLocale(interaction.Locale) ?? Language.English).Say("refusal.no_desk"));

    private const long NoNumber = 0;

    private static long? ParseNumber(string text) => TicketIds.NumberOf(text.TrimStart('#'));

    // The first word, when it names a ticket; what is left is the command's.
    private static long? TakeNumber(ref string rest)
    {
        var words = rest.Split([' ', '\n'], 2);
        if (ParseNumber(words[0]) is not { } number) return null;
        rest = words is [_, var behind] ? behind.Trim() : "";
        return number;
    }
}
