namespace Usher.Engine.Settings;

/// <summary>Something in <c>usher.yml</c> that must (or, as a warning, should) be mended.</summary>
/// <param name="Line">Where, counted from 1.</param>
/// <param name="Path">What, such as <c>departments.support.staff[0]</c>; empty for the file as a whole.</param>
/// <param name="Wrong">What is wrong, a sentence.</param>
/// <param name="Mend">What to do about it, a sentence.</param>
public sealed record SettingsFault(int Line, string Path, string Wrong, string Mend)
{
    /// <summary>One line for people: <c>line 12, departments.support.staff[0]: … Mend.</c></summary>
    public override string ToString() => Path.Length == 0 ? $"line {Line}: {Wrong} {Mend}" : $"line {Line}, {Path}: {Wrong} {Mend}";
}
