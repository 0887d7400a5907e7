using Usher.Desk.Texts;
using Usher.Desk.Values;

namespace Usher.Desk.Settings;

/// <summary>What the people of one guild decided about their desk: the content of <c>usher.yml</c>, checked.</summary>
public sealed record DeskSettings
{
    /// <summary>The guild that this desk serves.</summary>
    public required GuildId Guild { get; init; }

    /// <summary>The language of what everybody in a ticket reads.</summary>
    public Language Language { get; init; }

    /// <summary>What text commands begin with.</summary>
    public string Prefix { get; init; } = "!";

    /// <summary>Where staff reads what was closed, with its transcript, and what went wrong; null when nowhere.</summary>
    public ChannelId? LogChannel { get; init; }

    /// <summary>Roles that may do everything in every department.</summary>
    public ValueList<RoleId> Managers { get; init; }

    /// <summary>How long a closed ticket channel stays before it is deleted.</summary>
    public TimeSpan Countdown { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many open tickets one person may have in all departments together; null when only each department's own limit holds.</summary>
    public int? OpenPerMember { get; init; }

    /// <summary>Why members can open no tickets now, in whichever department; null when they can.</summary>
    public string? Paused { get; init; }

    /// <summary>How fast staff means to be, where a department does not say so itself.</summary>
    public Targets Targets { get; init; } = new();

    /// <summary>Which files of messages are kept.</summary>
    public AttachmentSettings Attachments { get; init; } = new();

    /// <summary>How long transcripts can be read, where a department does not say so itself.</summary>
    public TranscriptSettings Transcripts { get; init; } = new();

    /// <summary>How long the transcripts of a department's tickets can be read; as the guild says when the department is gone.</summary>
    public TranscriptSettings TranscriptsOf(string department) => Department(department)?.Transcripts ?? Transcripts;

    /// <summary>The kinds of ticket, in the order in which panels show them.</summary>
    public ValueList<Department> Departments { get; init; }

    /// <summary>The public messages that open tickets.</summary>
    public ValueList<Panel> Panels { get; init; }

    /// <summary>What can be asked for in the tickets of every department and is decided by others.</summary>
    public ValueList<Approval> Approvals { get; init; }

    /// <summary>What can be asked for in a department's tickets: its own, and the guild's that it has no own of.</summary>
    public IEnumerable<Approval> ApprovalsOf(string department)
    {
        var own = Department(department)?.Approvals ?? [];
        return own.Concat(Approvals.Where(approval => own.All(o => o.Key != approval.Key)));
    }

    /// <summary>Where programs outside are told of what happens.</summary>
    public ValueList<WebhookSettings> Webhooks { get; init; }

    /// <summary>Whether webhooks may lead to this machine, or into a network behind it.</summary>
    public bool PrivateWebhooks { get; init; }

    /// <summary>What is kept of people, and who may have it erased.</summary>
    public PrivacySettings Privacy { get; init; } = new();

    /// <summary>How long is kept what is closed, where a department does not say so itself.</summary>
    public RetentionSettings Retention { get; init; } = new();

    /// <summary>How long is kept what is closed of a department, which may be gone from the settings: null for ever, and never shorter than it must stay.</summary>
    public RetentionSettings RetentionOf(string department)
    {
        var said = (Department(department)?.Retention ?? new()).Or(Retention);
        var least = Privacy.Keep.Where(rule => rule.Holds(department)).Select(rule => rule.For).DefaultIfEmpty(TimeSpan.Zero).Max();
        return new RetentionSettings(AtLeast(said.Content), AtLeast(said.Ticket));

        TimeSpan? AtLeast(TimeSpan? time) => time is not { } asked || asked == RetentionSettings.Never ? null : asked > least ? asked : least;
    }

    /// <summary>The places in which answers are looked up.</summary>
    public ValueList<SourceSettings> Sources { get; init; }

    /// <summary>A table outside that says who is staff besides Discord's roles; null when there is none.</summary>
    public StaffSourceSettings? StaffFrom { get; init; }

    /// <summary>The source of that key; null when it is gone.</summary>
    public SourceSettings? Source(string key) => key == SourceSettings.InviteKey ? SourceSettings.Invites : Sources.FirstOrDefault(s => s.Key == key);

    /// <summary>The roles that see a department's tickets: its staff, and the managers, who may do everything in every department.</summary>
    public ValueList<RoleId> WhoSees(Department? department) => (department?.Staff ?? []).Concat(Managers).Distinct().ToValueList();

    /// <summary>The department of that key; null when it is gone.</summary>
    public Department? Department(string key) => Departments.FirstOrDefault(d => d.Key == key);

    /// <summary>The panel of that key; null when it is gone.</summary>
    public Panel? Panel(string key) => Panels.FirstOrDefault(p => p.Key == key);
}

/// <summary>A kind of ticket with its own staff and home.</summary>
public sealed record Department
{
    /// <summary>What commands and buttons call it: lower-case letters, digits, <c>-</c> and <c>_</c>, at most 32.</summary>
    public required string Key { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>An emoji, as a character or in Discord's form <c>&lt;:name:id&gt;</c>.</summary>
    public string? Emoji { get; init; }

    /// <summary>One line for the panel.</summary>
    public string? Description { get; init; }

    /// <summary>The roles whose members answer its tickets.</summary>
    public ValueList<RoleId> Staff { get; init; }

    /// <summary>The roles that are mentioned when a ticket opens; null means the staff.</summary>
    public ValueList<RoleId>? Mention { get; init; }

    /// <summary>The roles that are mentioned when a ticket opens.</summary>
    public ValueList<RoleId> Called => Mention ?? Staff;

    /// <summary>What its button on a panel says; its name when null.</summary>
    public string? Button { get; init; }

    /// <summary>Where its tickets live.</summary>
    public required HomeSettings Home { get; init; }

    /// <summary>How tickets are named; <c>{number}</c>, <c>{opener}</c>, <c>{department}</c> and <c>{random:6}</c> are filled in.</summary>
    public string Naming { get; init; } = "{department}-{number}";

    /// <summary>The first words in a ticket; the catalogue's when null.</summary>
    public string? Welcome { get; init; }

    /// <summary>What is asked of whoever opens a ticket; null when nothing.</summary>
    public FormSettings? Form { get; init; }

    /// <summary>The colour of its cards, as <c>0xRRGGBB</c>.</summary>
    public int? Colour { get; init; }

    /// <summary>How many open tickets one person may have here.</summary>
    public int OpenPerMember { get; init; } = 1;

    /// <summary>Whether whoever closes or cancels a ticket here is asked first whether they mean it.</summary>
    public bool ConfirmClose { get; init; }

    /// <summary>Whether what staff writes next after pressing Note is the note; otherwise a form asks for it.</summary>
    public bool NoteIsNextMessage { get; init; }

    /// <summary>Whether managers may delete the threads of its tickets, which are otherwise archived for good.</summary>
    public bool DeleteThreads { get; init; }

    /// <summary>What a claim means for the rest of its staff; other than <see cref="ClaimMode.EveryoneWrites"/> only in channels.</summary>
    public ClaimMode Claim { get; init; }

    /// <summary>Who sees its channels and writes in them.</summary>
    public ChannelPermissions Permissions { get; init; }

    /// <summary>Why members can open no tickets here now; null when they can.</summary>
    public string? Paused { get; init; }

    /// <summary>How long after opening or closing a ticket here the same person may open the next.</summary>
    public TimeSpan Cooldown { get; init; }

    /// <summary>Only members with one of these roles open tickets here; every member when empty.</summary>
    public ValueList<RoleId> RequiredRoles { get; init; }

    /// <summary>Members with one of these roles open no tickets here.</summary>
    public ValueList<RoleId> BlockedRoles { get; init; }

    /// <summary>What can be asked for in its tickets and is decided by others.</summary>
    public ValueList<Approval> Approvals { get; init; }

    /// <summary>How fast its staff means to be.</summary>
    public Targets Targets { get; init; } = new();

    /// <summary>How long is kept what is closed here.</summary>
    public RetentionSettings Retention { get; init; } = new();

    /// <summary>How long the transcripts of its tickets can be read; null when as the guild says.</summary>
    public TranscriptSettings? Transcripts { get; init; }
}

/// <summary>How long transcripts can be read by their links.</summary>
/// <param name="LinksExpireAfter">How long after the closing, or after the link was made if that was later; null when for ever.</param>
public sealed record TranscriptSettings(TimeSpan? LinksExpireAfter = null);

/// <summary>What means of a period should be at most. They are shown beside the figures; nothing else depends on them.</summary>
/// <param name="FirstResponse">The first answer to an opener; null when not said.</param>
/// <param name="Resolution">From opening to closing; null when not said.</param>
public sealed record Targets(TimeSpan? FirstResponse = null, TimeSpan? Resolution = null);

/// <summary>What it means for the rest of the staff that somebody has a ticket.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<ClaimMode>))]
public enum ClaimMode
{
    /// <summary>All staff goes on to see it and write in it.</summary>
    EveryoneWrites,

    /// <summary>All staff sees it; only whoever has it writes.</summary>
    ClaimerWrites,

    /// <summary>Only whoever has it sees it.</summary>
    ClaimerSees,
}

/// <summary>Who sees a ticket's channel and writes in it.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<ChannelPermissions>))]
public enum ChannelPermissions
{
    /// <summary>The opener, the department's staff and the managers.</summary>
    Department,

    /// <summary>The opener, and everybody whom the channel category lets.</summary>
    Category,
}

/// <summary>The kinds of home that a ticket can have.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<HomeKind>))]
public enum HomeKind
{
    /// <summary>A private thread of a text channel.</summary>
    Thread,

    /// <summary>A text channel of its own, under a channel category.</summary>
    Channel,

    /// <summary>None in the guild: the direct messages between the bot and the opener, and the API where these do not reach them.</summary>
    DirectMessage,
}

/// <summary>Where the tickets of a department live.</summary>
/// <param name="Kind">Thread, channel or direct messages.</param>
/// <param name="Parent">The text channel whose threads the tickets are, or the channel category that holds them; null means no category.</param>
public sealed record HomeSettings(HomeKind Kind, ChannelId? Parent)
{
    /// <summary>The channel categories that are tried in turn when the parent is full (50 channels).</summary>
    public ValueList<ChannelId> Overflow { get; init; }

    /// <summary>The text channel in whose private threads tickets live when there is no room for a channel at all; null when they are refused then.</summary>
    public ChannelId? OverflowThreads { get; init; }

    /// <summary>Whether another channel category is made, like the parent, when all of them are full; it is removed again when it is empty.</summary>
    public bool OverflowCreate { get; init; }

    /// <summary>Whether a ticket for whose channel there is no room at all waits, and opens by itself.</summary>
    public bool OverflowQueue { get; init; }
}

/// <summary>How a panel offers its departments.</summary>
public enum PanelStyle
{
    /// <summary>A button for each.</summary>
    Buttons,

    /// <summary>One button; whoever clicks it chooses from a list that only they see.</summary>
    Options,
}

/// <summary>A public message that offers departments.</summary>
public sealed record Panel
{
    /// <summary>How it offers them.</summary>
    public PanelStyle Style { get; init; }

    /// <summary>What the one button of <see cref="PanelStyle.Options"/> says; the catalogue's words when null.</summary>
    public string? Button { get; init; }

    /// <summary>The emoji of that button.</summary>
    public string? Emoji { get; init; }

    /// <summary>What commands call it.</summary>
    public required string Key { get; init; }

    /// <summary>Where it stands.</summary>
    public required ChannelId Channel { get; init; }

    /// <summary>Its heading.</summary>
    public required string Title { get; init; }

    /// <summary>What it says above its buttons.</summary>
    public string? Text { get; init; }

    /// <summary>The keys of the departments that it offers.</summary>
    public ValueList<string> Departments { get; init; }
}
