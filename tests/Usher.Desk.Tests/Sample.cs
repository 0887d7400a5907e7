using System.Collections;
using System.Reflection;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Values;
using Button = Usher.Desk.Cards.Button;

namespace Usher.Desk.Tests;

/// <summary>Makes a value of any record by its constructor, so that a new fact or effect is tested the moment it exists.</summary>
internal static class Sample
{
    /// <summary>A value with everything in it, or with everything missing that may be.</summary>
    public static object Of(Type type, bool sparse) => Make(type, sparse, 0);

    private static object Make(Type type, bool sparse, int seed)
    {
        if (type == typeof(string)) return $"words {{{seed}}} \"ü\" 🙂";
        if (type == typeof(bool)) return !sparse;
        if (type == typeof(int)) return sparse ? 0 : 41 + seed;
        if (type == typeof(long)) return sparse ? 0L : 4_000_000_000L + seed;
        if (type == typeof(ulong)) return sparse ? 0UL : ulong.MaxValue - (ulong)seed;
        if (type == typeof(DateTimeOffset)) return World.Noon.AddTicks(1 + seed);
        if (type.IsEnum) return sparse ? Enum.GetValues(type).GetValue(0)! : Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!;
        if (type == typeof(Mentions)) return sparse ? Mentions.None : new Mentions([new UserId(1)], [new RoleId(2), new RoleId(3)]);
        if (type == typeof(CardPart)) return seed == 0 ? new Words("Hello") : new Buttons([new Button("Go", new Press("go", 1, "x", new GuildId(2)), Emoji: "🙂")]);
        if (type == typeof(Reply)) return new Tell(Card.Saying("Hello"), Secret: !sparse);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueList<>)) return List(type, sparse);
        return Record(type, sparse);
    }

    private static object Record(Type type, bool sparse)
    {
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select((parameter, index) => Argument(parameter, sparse, index))]);
    }

    private static object? Argument(ParameterInfo parameter, bool sparse, int index)
    {
        var nullable = Nullable.GetUnderlyingType(parameter.ParameterType);
        var mayBeMissing = nullable is not null || new NullabilityInfoContext().Create(parameter).ReadState == NullabilityState.Nullable;
        return sparse && mayBeMissing ? null : Make(nullable ?? parameter.ParameterType, sparse, index);
    }

    private static object List(Type type, bool sparse)
    {
        var item = type.GetGenericArguments()[0];
        var items = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        for (var index = 0; !sparse && index < 2; index++) items.Add(Make(item, sparse, index));
        return typeof(ValueList).GetMethod(nameof(ValueList.ToValueList))!.MakeGenericMethod(item).Invoke(null, [items])!;
    }
}
