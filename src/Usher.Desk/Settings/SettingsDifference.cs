using System.Collections;
using System.Reflection;
using System.Text.Json;
using Usher.Desk.Values;

namespace Usher.Desk.Settings;

/// <summary>Tells people what changed between two readings of the settings, by the names that stand in <c>usher.yml</c>; never a value.</summary>
public static class SettingsDifference
{
    /// <summary>What changed, such as <c>departments.support.name</c> or <c>panels.help (new)</c>; empty when nothing did.</summary>
    public static IReadOnlyList<string> Between(IReadOnlyList<DeskSettings> before, IReadOnlyList<DeskSettings> after)
    {
        var changes = new List<string>();
        var several = before.Concat(after).Select(desk => desk.Guild).Distinct().Count() > 1;
        foreach (var desk in after)
        {
            var path = several ? $"guild {desk.Guild}" : "";
            if (before.FirstOrDefault(d => d.Guild == desk.Guild) is { } was) Compare(was, desk, path, changes);
            else changes.Add($"guild {desk.Guild} (new)");
        }
        changes.AddRange(before.Where(was => after.All(desk => desk.Guild != was.Guild)).Select(was => $"guild {was.Guild} (removed)"));
        return changes;
    }

    // By reflection, so that a setting which is added tomorrow is told without a change here.
    private static void Compare(object before, object after, string path, List<string> changes)
    {
        if (before.GetType() != after.GetType())
        {
            changes.Add(path);
            return;
        }
        foreach (var property in before.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
        {
            var (was, now) = (property.GetValue(before), property.GetValue(after));
            if (Equals(was, now)) continue;
            var place = Join(path, JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
            if (Keyed(was) is { } old && Keyed(now) is { } young && old.Count + young.Count > 0) CompareKeyed(old, young, place, changes);
            else changes.Add(place);
        }
    }

    private static void CompareKeyed(List<(string Key, object Item)> before, List<(string Key, object Item)> after, string path, List<string> changes)
    {
        foreach (var (key, item) in after)
        {
            var was = before.Find(b => b.Key == key).Item;
            if (was is null) changes.Add($"{path}.{key} (new)");
            else if (!Equals(was, item)) Compare(was, item, $"{path}.{key}", changes);
        }
        changes.AddRange(before.Where(b => !after.Exists(a => a.Key == b.Key)).Select(b => $"{path}.{b.Key} (removed)"));
        var stayed = after.Select(a => a.Key).Where(key => before.Exists(b => b.Key == key));
        if (!stayed.SequenceEqual(before.Select(b => b.Key).Where(key => after.Exists(a => a.Key == key)))) changes.Add($"{path} (order)");
    }

    // Departments and panels are known by their keys; null for what has none.
    private static List<(string Key, object Item)>? Keyed(object? value)
    {
        if (value is string or null || value is not IEnumerable items || value.GetType() is not { IsGenericType: true } type || type.GetGenericTypeDefinition() != typeof(ValueList<>)) return null;
        if (type.GetGenericArguments()[0].GetProperty("Key") is not { } key || key.PropertyType != typeof(string)) return null;
        return [.. items.Cast<object>().Select(item => ((string)key.GetValue(item)!, item))];
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : path.StartsWith("guild ", StringComparison.Ordinal) && !path.Contains('.', StringComparison.Ordinal) ? $"{path}: {name}" : $"{path}.{name}";
}
