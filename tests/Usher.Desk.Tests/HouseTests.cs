using Usher.Desk.Engine;
using Usher.Desk.Features;

namespace Usher.Desk.Tests;

public sealed class HouseTests
{
    [Fact]
    public void The_desk_knows_nothing_of_the_rest_of_the_house()
    {
        var ours = typeof(DeskRules).Assembly.GetReferencedAssemblies().Where(assembly => assembly.Name!.StartsWith("Usher", StringComparison.Ordinal));
        Assert.Empty(ours);
    }

    [Fact]
    public void Every_feature_is_a_folder_of_its_name()
    {
        var folders = Directory.GetDirectories(Path.Combine(Sources.Root, "src", "Usher.Desk", "Features")).Select(Path.GetFileName);
        Assert.Equal(folders.Order(), All.Features.Select(feature => feature.Name).Order());
    }

    [Fact]
    public void What_a_feature_declares_stands_in_its_folder()
    {
        foreach (var feature in All.Features)
        {
            var types = feature.Commands.Select(rule => rule.Command).Concat(feature.Facts.Select(kind => kind.Type.Type));
            Assert.All(types, type => Assert.Equal($"Usher.Desk.Features.{feature.Name}", type.Namespace));
        }
    }

    [Fact]
    public void Every_command_has_a_rule_but_the_two_that_any_feature_may_answer()
    {
        var ruled = All.Features.SelectMany(feature => feature.Commands).Select(rule => rule.Command);
        Assert.Equal(Subtypes(typeof(Command)).Except([typeof(EndEffect), typeof(FireTimer)]).OrderBy(type => type.Name), ruled.OrderBy(type => type.Name));
    }

    [Fact]
    public void Every_fact_can_be_stored()
    {
        var kinds = All.Features.SelectMany(feature => feature.Facts).ToList();
        Assert.Equal(Subtypes(typeof(Fact)).OrderBy(type => type.Name), kinds.Select(kind => kind.Type.Type).OrderBy(type => type.Name));
        Assert.All(kinds, kind => Assert.Matches("^[a-z]+(_[a-z]+)*$", kind.Name));
    }

    [Fact]
    public void Every_reaction_timer_and_trigger_leads_to_something_that_exists()
    {
        var facts = All.Features.SelectMany(feature => feature.Facts).Select(kind => kind.Type.Type).ToHashSet();
        Assert.All(All.Features.SelectMany(feature => feature.Reactions), reaction => Assert.Contains(reaction.Fact, facts));
        foreach (var trigger in All.Rules.Triggers)
        {
            Assert.NotNull(All.Rules.RuleOf(Given(trigger)));
        }
    }

    [Fact]
    public void Every_trigger_name_suits_its_door()
    {
        // https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming
        Assert.All(All.Rules.Triggers, trigger => Assert.Matches(trigger.Door == Door.Slash ? "^[a-z][a-z_-]{0,31}( [a-z][a-z_-]{0,31})?$" : "^[a-z][a-z_-]{0,31}$", trigger.Name));
        Assert.All(All.Rules.Triggers.SelectMany(trigger => trigger.Options), option => Assert.Matches("^[a-z][a-z_-]{0,31}$", option.Name));
    }

    [Fact]
    public void What_can_be_typed_can_be_said_with_a_slash_too()
    {
        // A sub-command is typed by a name of its own, so the commands are compared, not the names.
        var slash = All.Rules.Triggers.Where(trigger => trigger.Door == Door.Slash).Select(trigger => Given(trigger).GetType().Name).Distinct();
        var typed = All.Rules.Triggers.Where(trigger => trigger.Door == Door.Typed).Select(trigger => Given(trigger).GetType().Name).Distinct();
        Assert.Equal(slash.Order(), typed.Order());
    }

    [Fact]
    public void Imports_stand_in_order()
    {
        string[] folders = ["src", "tests", "benchmarks"];
        foreach (var text in folders.SelectMany(Sources.Under))
        {
            var imports = text.Split('\n').TakeWhile(line => !line.StartsWith("namespace ", StringComparison.Ordinal)).Where(line => line.StartsWith("using ", StringComparison.Ordinal) && line.IndexOfAny(['=', '(']) < 0 && !line.StartsWith("using static ", StringComparison.Ordinal))
                .Select(line => line["using ".Length..].Trim().TrimEnd(';')).ToList();
            Assert.Equal(imports.OrderBy(name => name != "System" && !name.StartsWith("System.", StringComparison.Ordinal)).ThenBy(name => name, StringComparer.OrdinalIgnoreCase), imports);
        }
    }

    [Fact]
    public void Two_features_that_answer_each_other_for_ever_are_found_out()
    {
        var echo = new Feature("Echo")
        {
            Commands = [CommandRule.OnTicket<Shout>(People.Permission.Anyone, (_, _, context) => Decision.That(new Shouted(context.Now)))],
            Reactions = [Reaction.On<Shouted>((_, _, context) => Decision.That(new Shouted(context.Now)))],
        };
        var rules = new DeskRules([echo]);
        Assert.Throws<InvalidOperationException>(() => rules.Decide(new Shout(), World.ThreadTicket, World.By(World.Alice)));
    }

    [Fact]
    public void One_command_leads_to_another_through_the_same_door()
    {
        var whisper = new Feature("Whisper")
        {
            Commands =
            [
                CommandRule.OnTicket<Whisper>(People.Permission.Anyone, (_, _, context) => Decision.Giving(new Shout()).With(new Engine.SetTimer("echo", context.Now))),
                CommandRule.OnTicket<Shout>(People.Permission.Staff, (_, _, context) => Decision.That(new Shouted(context.Now))),
            ],
            Listeners = [Listener.To<Shout>((_, _, _) => Decision.Nothing.With(new Engine.CancelTimer("silence")))],
        };
        var rules = new DeskRules([whisper]);
        var led = rules.Decide(new Whisper(), World.ThreadTicket, World.By(World.Sam)).Decision;
        Assert.Equal([new Shouted(World.Noon)], led.Facts);
        Assert.Equal([new Engine.SetTimer("echo", World.Noon), new Engine.CancelTimer("silence")], led.Timers);
        Assert.Null(led.Next);

        var refused = rules.Decide(new Whisper(), World.ThreadTicket, World.By(World.Bob)).Decision;
        Assert.Equal(Decision.Refuse("access.denied", refused.Refusal!.Sentence), refused);
    }

    [Fact]
    public void What_is_refused_nobody_listens_to()
    {
        var deaf = new Feature("Deaf")
        {
            Commands = [CommandRule.OnTicket<Shout>(People.Permission.Anyone, (_, _, _) => Decision.Refuse("no", "No."))],
            Listeners = [Listener.To<Shout>((_, _, context) => Decision.That(new Shouted(context.Now)))],
        };
        Assert.Equal(Decision.Refuse("no", "No."), new DeskRules([deaf]).Decide(new Shout(), World.ThreadTicket, World.By(World.Sam)).Decision);
    }

    [Fact]
    public void A_command_without_a_rule_is_a_fault_of_the_program() =>
        Assert.Throws<InvalidOperationException>(() => All.Rules.Decide(new Shout(), World.ThreadTicket, World.By(World.Alice)));

    // Something for every door.
    private static readonly Input Anything = new("support.about.server", new Dictionary<string, string>(Words()), "7")
    {
        In = World.Elsewhere,
        Target = new TargetMessage(World.Elsewhere, new Values.MessageId(800), World.Bob.User, "Bob", "Help!"),
    };

    // Some want words of a form of their own.
    private static Command Given(Trigger trigger) => trigger.Command(Anything) ?? trigger.Command(Anything with { Rest = "\"It is stuck\" support" })!;

    private static IEnumerable<KeyValuePair<string, string>> Words()
    {
        yield return new("department", "support");
        yield return new("role", "7");
        yield return new("message", "7");
        yield return new("category", "7");
        yield return new("text", "x");
        yield return new("words", "x");
        yield return new("name", "x");
        yield return new("reason", "x");
        yield return new("panel", "front");
        yield return new("level", "high");
        yield return new("tag", "x");
        yield return new("member", "42");
    }

    private static IEnumerable<Type> Subtypes(Type of) => of.Assembly.GetTypes().Where(type => type.IsSubclassOf(of) && !type.IsAbstract);

    private sealed record Shout : Command;

    private sealed record Whisper : Command;

    private sealed record Shouted(DateTimeOffset At) : Fact(At)
    {
        protected override Tickets.Ticket Change(Tickets.Ticket ticket) => ticket;
    }
}
