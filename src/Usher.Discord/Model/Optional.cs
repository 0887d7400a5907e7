using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Usher.Discord.Json;

namespace Usher.Discord.Model;

/// <summary>
/// A field of a PATCH body: absent (leave it as it is), or given, where null is a value too (clear it).
/// <see href="https://discord.com/developers/docs/reference#nullable-and-optional-resource-fields"/>
/// </summary>
/// <typeparam name="T">The field's type; nullable when Discord allows null.</typeparam>
[JsonConverter(typeof(OptionalConverterFactory))]
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "Of is the named alternate.")]
public readonly record struct Optional<T>
{
    private readonly T? _value;

    /// <summary>A given value.</summary>
    public Optional(T value)
    {
        _value = value;
        IsGiven = true;
    }

    /// <summary>False when the field is to be left out.</summary>
    public bool IsGiven { get; }

    /// <summary>The value given.</summary>
    /// <exception cref="InvalidOperationException">None was given.</exception>
    public T Value => IsGiven ? _value! : throw new InvalidOperationException("The field was not given.");

    /// <summary>The value given, or <paramref name="otherwise"/>.</summary>
    public T Or(T otherwise) => IsGiven ? _value! : otherwise;

    /// <summary>A value stands for itself.</summary>
    public static implicit operator Optional<T>(T value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => IsGiven ? _value?.ToString() ?? "null" : "(absent)";
}
