using System.Text;

namespace Usher.Engine.Settings;

/// <summary>Fills <c>${NAME}</c> in with the environment's value; <c>$${</c> stands for a plain <c>${</c>.</summary>
internal static class EnvironmentNames
{
    /// <summary>The text with every name filled in.</summary>
    /// <param name="text">What stands in the file.</param>
    /// <param name="environment">The values.</param>
    /// <param name="fault">Told what is wrong with a name and how to mend it.</param>
    /// <returns>The text; null when there was a fault.</returns>
    internal static string? Fill(string text, IReadOnlyDictionary<string, string> environment, Action<string, string> fault)
    {
        if (!text.Contains("${", StringComparison.Ordinal)) return text;
        var filled = new StringBuilder();
        var good = true;
        var at = 0;
        while (text.IndexOf("${", at, StringComparison.Ordinal) is >= 0 and var start)
        {
            if (start > at && text[start - 1] == '$')
            {
                filled.Append(text, at, start - 1 - at).Append("${");
                at = start + 2;
                continue;
            }
            var end = text.IndexOf('}', start);
            if (end < 0)
            {
                fault("${ is not closed.", "Write ${NAME}, or $${ for the characters themselves.");
                return null;
            }
            filled.Append(text, at, start - at);
            if (ValueOf(text[(start + 2)..end], environment, fault) is { } value) filled.Append(value);
            else good = false;
            at = end + 1;
        }
        return good ? filled.Append(text, at, text.Length - at).ToString() : null;
    }

    /// <summary>The name, where the whole text is one; null otherwise.</summary>
    internal static string? Sole(string text) => text.Trim() is ['$', '{', .. var name, '}'] && name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? name : null;

    private static string? ValueOf(string name, IReadOnlyDictionary<string, string> environment, Action<string, string> fault)
    {
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            fault($"${{{name}}} is not the name of an environment variable.", "Use letters, digits and _ only.");
            return null;
        }
        if (environment.TryGetValue(name, out var value)) return value;
        fault($"The environment has no {name}.", $"Set {name} in the environment or in .env, or write the value here.");
        return null;
    }
}
