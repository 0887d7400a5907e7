using System.Text.Json.Serialization;
using Usher.Desk.Cards;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Values;

namespace Usher.Desk.Effects;

/// <summary>Something that must be done in the world. Stored with the decision, carried out after the commit, in order within a ticket.</summary>
[JsonDerivedType(typeof(CreateThread), "create_thread")]
[JsonDerivedType(typeof(CreateChannel), "create_channel")]
[JsonDerivedType(typeof(OpenDirectMessages), "open_direct_messages")]
[JsonDerivedType(typeof(PostCard), "post_card")]
[JsonDerivedType(typeof(RefreshCard), "refresh_card")]
[JsonDerivedType(typeof(EditCard), "edit_card")]
[JsonDerivedType(typeof(PostPanel), "post_panel")]
[JsonDerivedType(typeof(TakeDownPanels), "take_down_panels")]
[JsonDerivedType(typeof(ChangeSettings), "change_settings")]
[JsonDerivedType(typeof(CreateCategory), "create_category")]
[JsonDerivedType(typeof(MakeRoom), "make_room")]
[JsonDerivedType(typeof(RemoveCategory), "remove_category")]
[JsonDerivedType(typeof(CloseThread), "close_thread")]
[JsonDerivedType(typeof(ReopenThread), "reopen_thread")]
[JsonDerivedType(typeof(DeleteChannel), "delete_channel")]
[JsonDerivedType(typeof(DeleteThread), "delete_thread")]
[JsonDerivedType(typeof(GuardChannel), "guard_channel")]
[JsonDerivedType(typeof(CreateVoiceChannel), "create_voice_channel")]
[JsonDerivedType(typeof(EndCall), "end_call")]
[JsonDerivedType(typeof(MoveChannel), "move_channel")]
[JsonDerivedType(typeof(ShutChannel), "shut_channel")]
[JsonDerivedType(typeof(RenameHome), "rename_home")]
[JsonDerivedType(typeof(AddThreadMember), "add_thread_member")]
[JsonDerivedType(typeof(ShowChannelTo), "show_channel_to")]
[JsonDerivedType(typeof(RemoveThreadMember), "remove_thread_member")]
[JsonDerivedType(typeof(HideChannelFrom), "hide_channel_from")]
[JsonDerivedType(typeof(SendDirectMessage), "send_direct_message")]
[JsonDerivedType(typeof(DeleteMessage), "delete_message")]
[JsonDerivedType(typeof(Answer), "answer")]
public abstract record Effect
{
    /// <summary>The channel, thread or category in which it is done; null when in none that it names.</summary>
    [JsonIgnore]
    public ChannelId? HappensIn => this switch
    {
        CreateThread create => create.Parent,
        CreateChannel create => create.Category,
        MakeRoom make => make.Like,
        RemoveCategory remove => remove.Category,
        PostCard post => post.In,
        EditCard edit => edit.In,
        CloseThread close => close.Thread,
        ReopenThread reopen => reopen.Thread,
        DeleteChannel delete => delete.Channel,
        DeleteThread delete => delete.Thread,
        GuardChannel guard => guard.Channel,
        CreateVoiceChannel create => create.Category,
        MoveChannel move => move.Category,
        ShutChannel shut => shut.Channel,
        RenameHome rename => rename.Home,
        AddThreadMember add => add.Thread,
        ShowChannelTo show => show.Channel,
        RemoveThreadMember remove => remove.Thread,
        HideChannelFrom hide => hide.Channel,
        DeleteMessage delete => delete.In,
        _ => null,
    };
}

/// <summary>Makes a private thread. Done: <see cref="Done.Channel"/>.</summary>
/// <param name="Parent">The text channel.</param>
/// <param name="Name">1 to 100 characters.</param>
public sealed record CreateThread(ChannelId Parent, string Name) : Effect;

/// <summary>Makes a text channel. Done: <see cref="Done.Channel"/>.</summary>
/// <param name="Category">The channel category; null for none.</param>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Topic">Its topic, by which it is found again when the answer to its making was lost.</param>
/// <param name="Members">People who see it and write in it.</param>
/// <param name="Roles">Roles that see it and write in it.</param>
/// <param name="LikeCategory">Whether the category alone says who sees it, instead of members and roles.</param>
public sealed record CreateChannel(ChannelId? Category, string Name, string Topic, ValueList<UserId> Members, ValueList<RoleId> Roles, bool LikeCategory = false) : Effect;

/// <summary>
/// Makes somebody's direct messages with the bot the ticket's home, and posts its card there: only that shows whether they take any. Done: <see cref="Done.Channel"/> and
/// <see cref="Done.Message"/>. They can be the home of one ticket of this desk's at a time, in whichever guild.
/// </summary>
/// <param name="With">With whom.</param>
public sealed record OpenDirectMessages(UserId With) : Effect;

/// <summary>What a posted message is for: it decides what its outcome means.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PostPurpose>))]
public enum PostPurpose
{
    /// <summary>The card that shows the ticket's state.</summary>
    TicketCard,

    /// <summary>The card that shows what was answered to the form.</summary>
    Information,

    /// <summary>A line in the conversation.</summary>
    Line,

    /// <summary>An entry where staff reads.</summary>
    Log,

    /// <summary>A question to those who decide an approval.</summary>
    Approval,

    /// <summary>A question to whoever decides on an erasure.</summary>
    Erasure,
}

/// <summary>Posts a message, once. Done: <see cref="Done.Message"/>.</summary>
/// <param name="In">The channel or thread.</param>
/// <param name="Card">What it says.</param>
/// <param name="Mentions">Who is pinged.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="WithTranscript">Whether the ticket's transcript goes with it as a file.</param>
/// <param name="Number">Which of the ticket's of that purpose it is, where there are several.</param>
public sealed record PostCard(ChannelId In, Card Card, Mentions Mentions, PostPurpose Purpose, bool WithTranscript = false, int? Number = null) : Effect;

/// <summary>Makes a message of the desk's show something else; done also when it is gone.</summary>
public sealed record EditCard(ChannelId In, MessageId Message, Card Card) : Effect;

/// <summary>Makes the ticket's card show the ticket as it is when this is carried out, so that several in a row are one.</summary>
/// <param name="Information">Whether the card with the form's answers is meant.</param>
public sealed record RefreshCard(bool Information = false) : Effect;

/// <summary>Makes the panel stand in its channel as the settings say: edited when it is there, posted when it is not. Done: <see cref="Done.Message"/>.</summary>
/// <param name="Panel">The panel's key.</param>
/// <param name="Anew">Whether to post it at the channel's end even if it stands further up.</param>
/// <param name="For">Who waits to hear whether it stands; null when nobody does.</param>
public sealed record PostPanel(string Panel, bool Anew, Asker? For = null) : Effect;

/// <summary>Deletes the panels that stand although the settings name them no more.</summary>
public sealed record TakeDownPanels : Effect;

/// <summary>Stores a change of the settings as a new version and puts it in force.</summary>
/// <param name="Change">What is changed.</param>
/// <param name="By">Who changed it.</param>
public sealed record ChangeSettings(SettingsChange Change, UserId By) : Effect;

/// <summary>Makes a channel category for a department's tickets. Done: <see cref="Done.Channel"/>.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Department">The department's key.</param>
/// <param name="By">Who wants it.</param>
/// <param name="For">Who waits to hear whether it is there; null when nobody does.</param>
public sealed record CreateCategory(string Name, string Department, UserId By, Asker? For = null) : Effect;

/// <summary>Finds room in a channel category that the desk made like another one, or makes one more: the same name with a number, the same permissions, the next place. Done: <see cref="Done.Channel"/>.</summary>
/// <param name="Like">The channel category that is full.</param>
public sealed record MakeRoom(ChannelId Like) : Effect;

/// <summary>Deletes a channel category that the desk made for want of room, if nothing is in it any more.</summary>
/// <param name="Category">The category.</param>
public sealed record RemoveCategory(ChannelId Category) : Effect;

/// <summary>Locks and archives a thread; never deletes it.</summary>
public sealed record CloseThread(ChannelId Thread) : Effect;

/// <summary>Unlocks a thread and takes it out of the archive.</summary>
public sealed record ReopenThread(ChannelId Thread) : Effect;

/// <summary>Deletes a ticket's channel, once the archive has every message of it.</summary>
public sealed record DeleteChannel(ChannelId Channel) : Effect;

/// <summary>Deletes a ticket's thread, once the archive has every message of it; only where the department allows that.</summary>
public sealed record DeleteThread(ChannelId Thread) : Effect;

/// <summary>Makes a claimed channel's staff see and write as the claim mode says, or as everybody does when nobody has it.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Mode">What the claim means for the rest of the staff.</param>
/// <param name="Staff">The roles of the rest.</param>
/// <param name="Claimer">Who has the ticket; null when nobody has.</param>
/// <param name="Former">Who had it before and keeps no place of their own.</param>
public sealed record GuardChannel(ChannelId Channel, ClaimMode Mode, ValueList<RoleId> Staff, UserId? Claimer, UserId? Former) : Effect;

/// <summary>Deletes a message that must not stand.</summary>
public sealed record DeleteMessage(ChannelId In, MessageId Message) : Effect;

/// <summary>Makes a voice channel. Done: <see cref="Done.Channel"/>.</summary>
/// <param name="Category">The channel category; null for none.</param>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Members">People who see it and talk in it.</param>
/// <param name="Roles">Roles that see it and talk in it.</param>
public sealed record CreateVoiceChannel(ChannelId? Category, string Name, ValueList<UserId> Members, ValueList<RoleId> Roles) : Effect;

/// <summary>Deletes a voice channel of a ticket; done also when it is gone.</summary>
public sealed record EndCall(ChannelId Channel) : Effect;

/// <summary>Shows a channel to these people and roles and to nobody else, and puts it under another channel category, all at once.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Category">The category; null when it stays where it is.</param>
/// <param name="Members">People who see it and write in it.</param>
/// <param name="Roles">Roles that see it and write in it.</param>
/// <param name="LikeCategory">The category whose own permissions hold besides those of the members; null when it has no say.</param>
/// <param name="ToTalk">Whether it is a voice channel.</param>
public sealed record MoveChannel(
    ChannelId Channel, ChannelId? Category, ValueList<UserId> Members, ValueList<RoleId> Roles, ChannelId? LikeCategory = null, bool ToTalk = false) : Effect;

/// <summary>Makes a channel one that can only be read, by those who see it.</summary>
public sealed record ShutChannel(ChannelId Channel) : Effect;

/// <summary>Gives a thread or channel another name; <see cref="HeldBack"/> when Discord wants that later.</summary>
/// <param name="Home">The thread or channel.</param>
/// <param name="Kind">Which of the two.</param>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Before">The name that it has until then.</param>
/// <param name="By">Who wants it.</param>
public sealed record RenameHome(ChannelId Home, HomeKind Kind, string Name, string Before, UserId By) : Effect;

/// <summary>Adds somebody to a thread.</summary>
public sealed record AddThreadMember(ChannelId Thread, UserId User) : Effect;

/// <summary>Lets somebody see a channel and write in it, or talk in it.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="User">Whom.</param>
/// <param name="ToTalk">Whether it is a voice channel.</param>
public sealed record ShowChannelTo(ChannelId Channel, UserId User, bool ToTalk = false) : Effect;

/// <summary>Takes somebody out of a thread; done also when they are not in it.</summary>
public sealed record RemoveThreadMember(ChannelId Thread, UserId User) : Effect;

/// <summary>Takes back what <see cref="ShowChannelTo"/> gave; roles may still show the channel.</summary>
public sealed record HideChannelFrom(ChannelId Channel, UserId User) : Effect;

/// <summary>Writes to somebody in private.</summary>
/// <param name="To">Whom.</param>
/// <param name="Card">What it says.</param>
/// <param name="WithTranscript">Whether the ticket's transcript goes with it as a file.</param>
/// <param name="IsPoke">Whether it tells the opener that staff waits for them.</param>
public sealed record SendDirectMessage(UserId To, Card Card, bool WithTranscript = false, bool IsPoke = false) : Effect
{
    /// <summary>Of whom everything that is kept goes with it as a file; null when no such file does.</summary>
    public UserId? DataOf { get; init; }

    /// <summary>Who waits to hear whether it arrived; null when nobody does.</summary>
    public Asker? For { get; init; }
}

/// <summary>Answers a click or a command, while its token lives (15 minutes). An answer that comes too late is dropped.</summary>
/// <param name="To">Which.</param>
/// <param name="Reply">The answer.</param>
public sealed record Answer(InteractionRef To, Reply Reply) : Effect;

/// <summary>A click, a slash command or a sent form that waits for its answer.</summary>
/// <param name="Id">Discord's id of it.</param>
/// <param name="Token">What answers it; a secret for 15 minutes.</param>
/// <param name="At">When Discord made it.</param>
/// <param name="Message">The message whose component was clicked; null for commands.</param>
/// <param name="Waiting">How Discord is told to wait; kept with the answer, because another run of the program may have to give it.</param>
public sealed record InteractionRef(ulong Id, string Token, DateTimeOffset At, MessageId? Message, Waiting Waiting = Waiting.Privately)
{
    /// <summary>How long Discord takes answers and follow-ups.</summary>
    /// <remarks>https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages</remarks>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);
}

/// <summary>Who waits to hear how an effect ended.</summary>
/// <param name="Via">The click or slash command that waits for its answer; null when none does.</param>
/// <param name="TypedIn">Where a command was typed; null when none was.</param>
/// <param name="Language">Their language; null when unknown.</param>
public sealed record Asker(InteractionRef? Via, ChannelId? TypedIn, Language? Language);

/// <summary>How Discord is told, when deciding takes longer than a moment, that the answer comes later.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Waiting>))]
public enum Waiting
{
    /// <summary>«Thinking …», seen by the person who asked alone.</summary>
    Privately,

    /// <summary>The clicked message stays as it is.</summary>
    Silently,
}

/// <summary>What the person who clicked sees.</summary>
[JsonDerivedType(typeof(Tell), "tell")]
[JsonDerivedType(typeof(ShowForm), "form")]
[JsonDerivedType(typeof(ShowTicket), "ticket")]
[JsonDerivedType(typeof(ShowCard), "card")]
public abstract record Reply;

/// <summary>A message for the person who asked alone.</summary>
/// <param name="Card">What it says.</param>
/// <param name="Secret">Whether nobody else may read it even if the command was typed: then it goes by direct message.</param>
public sealed record Tell(Card Card, bool Secret = false) : Reply;

/// <summary>A form, at once; it cannot follow a deferred answer.</summary>
public sealed record ShowForm(Form Form) : Reply;

/// <summary>The clicked message, which is the ticket's card, now shows the ticket as it is.</summary>
public sealed record ShowTicket : Reply;

/// <summary>The clicked message now shows this: a question that is answered loses its buttons, a form shows its next step.</summary>
/// <param name="Card">What it shows.</param>
/// <param name="In">Where the message stands, when it must show this even if the click waits no more; null when nobody would miss it.</param>
public sealed record ShowCard(Card Card, ChannelId? In = null) : Reply;
