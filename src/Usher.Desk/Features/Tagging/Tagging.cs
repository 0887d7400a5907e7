using System.Globalization;
using System.Text.Json.Serialization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Tagging;

/// <summary>Staff wants to change the ticket's tags: the form opens.</summary>
public sealed record AskForTags : Command
{
    internal static Decision Decide(AskForTags command, Ticket ticket, Context context) => !ticket.IsOpen
        ? Decision.Refuse("ticket.closed", context.Private.Say("refusal.closed"))
        : Decision.Say(new ShowForm(new Form(
            new Press("tag", ticket.Number),
            context.Private.Say("tag.form", ("ticket", ticket.Label)),
            [
                new FormField("tags", context.Private.Say("tag.form.tags"))
                {
                    Value = ticket.Tags.Count > 0 ? string.Join(", ", ticket.Tags) : null,
                    Most = TagWords.Most * (TagWords.Longest + 2),
                },
            ])));
}

/// <summary>Staff says which tags the ticket has, and no others.</summary>
/// <param name="Text">The tags, parted by commas; null for none.</param>
public sealed record SetTags(string? Text) : Command
{
    internal static Decision Decide(SetTags command, Ticket ticket, Context context) => Tagged.As(TagWords.Read(command.Text ?? ""), ticket, context);
}

/// <summary>Staff gives the ticket tags.</summary>
/// <param name="Text">One, or several parted by commas.</param>
public sealed record AddTags(string Text) : Command
{
    internal static Decision Decide(AddTags command, Ticket ticket, Context context)
    {
        var added = TagWords.Read(command.Text).Where(tag => !ticket.Tags.Has(tag)).ToValueList();
        return added.Count > 0
            ? Tagged.As(ticket.Tags.AddRange(added), ticket, context)
            : Decision.Refuse("tag.there", context.Private.Say("tag.there"));
    }
}

/// <summary>Staff takes tags from the ticket.</summary>
/// <param name="Text">One, or several parted by commas.</param>
public sealed record RemoveTags(string Text) : Command
{
    internal static Decision Decide(RemoveTags command, Ticket ticket, Context context)
    {
        var removed = TagWords.Read(command.Text);
        var left = ticket.Tags.Where(tag => !removed.Has(tag)).ToValueList();
        if (left.Count < ticket.Tags.Count) return Tagged.As(left, ticket, context);
        return ticket.Tags.Count > 0
            ? Decision.Refuse("tag.unknown", context.Private.Say("tag.unknown", ("tags", TagWords.Show(ticket.Tags))))
            : Decision.Refuse("tag.none", context.Private.Say("tag.none"));
    }
}

/// <summary>However tags are changed, the same holds.</summary>
internal static class Tagged
{
    internal static Decision As(ValueList<string> tags, Ticket ticket, Context context)
    {
        var language = context.Private;
        if (!ticket.IsOpen) return Decision.Refuse("ticket.closed", language.Say("refusal.closed"));
        if (tags.Any(tag => tag.Length > TagWords.Longest)) return Decision.Refuse("tag.too_long", language.Say("tag.too_long", ("most", Number(TagWords.Longest))));
        if (tags.Count > TagWords.Most) return Decision.Refuse("tag.too_many", language.Say("tag.too_many", ("most", Number(TagWords.Most))));
        var said = tags.Count > 0 ? language.Say("tag.done", ("ticket", ticket.Label), ("tags", TagWords.Show(tags))) : language.Say("tag.none");
        return tags == ticket.Tags
            ? Decision.Nothing.Telling(said)
            : Decision.That(new TagsChanged(context.Now, context.Actor.User, tags)).ShowingOn(ticket, context, said);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The ticket has these tags, and no others.</summary>
public sealed record TagsChanged(DateTimeOffset At, UserId By, ValueList<string> Tags) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Tags = Tags };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TagsChanged))]
[JsonSerializable(typeof(string))]
internal sealed partial class TaggingJson : JsonSerializerContext;

internal static class TaggingFeature
{
    private static readonly ValueList<TriggerOption> Tag = [new TriggerOption("tag", OptionKind.Words, Required: true)];

    internal static Feature Feature { get; } = new("Tagging")
    {
        Commands =
        [
            CommandRule.OnTicket<AskForTags>(Permission.Staff, AskForTags.Decide),
            CommandRule.OnTicket<SetTags>(Permission.Staff, SetTags.Decide),
            CommandRule.OnTicket<AddTags>(Permission.Staff, AddTags.Decide),
            CommandRule.OnTicket<RemoveTags>(Permission.Staff, RemoveTags.Decide),
        ],
        Facts = [new FactKind("tags_changed", TaggingJson.Default.TagsChanged)],
        Menu = [new MenuItem("tag", Permission.Staff, "🏷️")],
        Triggers =
        [
            new Trigger(Door.Button, "tag", _ => new AskForTags()),
            new Trigger(Door.Form, "tag", input => new SetTags(input["tags"])),
            new Trigger(Door.Slash, "tag add", input => input["tag"] is { } tag ? new AddTags(tag) : null) { Options = Tag },
            new Trigger(Door.Typed, "tag", input => input.Rest.Length > 0 ? new AddTags(input.Rest) : null),
            new Trigger(Door.Slash, "tag remove", input => input["tag"] is { } tag ? new RemoveTags(tag) : null) { Options = Tag },
            new Trigger(Door.Typed, "untag", input => input.Rest.Length > 0 ? new RemoveTags(input.Rest) : null),
        ],
    };
}
