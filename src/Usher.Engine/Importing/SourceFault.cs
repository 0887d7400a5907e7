namespace Usher.Engine.Importing;

/// <summary>Something of another system that cannot be taken over as it is.</summary>
/// <param name="Row">Which row.</param>
/// <param name="Field">Which of its fields; null when it is the row as a whole.</param>
/// <param name="What">What is wrong with it.</param>
/// <param name="Mend">What helps.</param>
public sealed record SourceFault(string Row, string? Field, string What, string Mend)
{
    /// <summary>One line for people.</summary>
    public override string ToString() => Field is null ? $"{Row}: {What}. {Mend}" : $"{Row}, {Field}: {What}. {Mend}";
}
