using System.Buffers.Text;

namespace Usher.Discord.Gateway;

/// <summary>
/// Walks over the properties of JSON objects in UTF-8 bytes and jumps over values without looking into them, several times faster than a full reader.
/// It finds; it does not validate: what is used afterwards is read by System.Text.Json, and what is dropped need not be right. Names with
/// escapes are not recognised (Discord has none).
/// </summary>
internal ref struct JsonSkim(ReadOnlySpan<byte> json)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private bool _first;

    /// <summary>Where in the text it stands: after <see cref="Next"/>, at the value.</summary>
    public int Position { get; private set; }

    /// <summary>True once the text turned out to be no JSON.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>True when nothing but space is left.</summary>
    public bool IsAtEnd
    {
        get
        {
            SkipSpace();
            return Position == _json.Length;
        }
    }

    /// <summary>Enters the object that begins here; false when the value is no object.</summary>
    public bool TryEnter()
    {
        SkipSpace();
        return _first = Take((byte)'{');
    }

    /// <summary>Goes to the next property of the object entered last; false after its end, which leaves that object, and in broken text.</summary>
    public bool Next(out ReadOnlySpan<byte> name)
    {
        name = default;
        SkipSpace();
        var first = _first;
        _first = false;
        if (Take((byte)'}')) return false;
        if (!first)
        {
            if (!Take((byte)',')) return Break();
            SkipSpace();
        }
        var start = Position + 1;
        if (!SkipString()) return Break();
        name = _json[start..(Position - 1)];
        SkipSpace();
        if (!Take((byte)':')) return Break();
        SkipSpace();
        return true;
    }

    /// <summary>Jumps over the value that begins here.</summary>
    public ReadOnlySpan<byte> Value()
    {
        var start = Position;
        var skipped = Position < _json.Length && _json[Position] switch
        {
            (byte)'"' => SkipString(),
            (byte)'{' or (byte)'[' => SkipNested(),
            _ => SkipScalar(),
        };
        if (!skipped) Break();
        return _json[start..Position];
    }

    /// <summary>Jumps over the value that begins here and reads it, when it is <c>"123"</c> or <c>123</c>; else leaves <paramref name="number"/> as it is.</summary>
    public void Number(ref ulong number)
    {
        var value = Value();
        if (value.Length > 1 && value[0] == (byte)'"') value = value[1..^1];
        if (Utf8Parser.TryParse(value, out ulong read, out var length) && length == value.Length) number = read;
    }

    private bool Break()
    {
        IsBroken = true;
        return false;
    }

    private void SkipSpace()
    {
        while (Position < _json.Length && _json[Position] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') Position++;
    }

    private bool Take(byte expected)
    {
        if (Position >= _json.Length || _json[Position] != expected) return false;
        Position++;
        return true;
    }

    private bool SkipString()
    {
        if (!Take((byte)'"')) return false;
        while (true)
        {
            var end = _json[Position..].IndexOfAny((byte)'"', (byte)'\\');
            if (end < 0) return false;
            Position += end + 1;
            if (_json[Position - 1] == (byte)'"') return true;
            if (Position >= _json.Length) return false;
            Position++;
        }
    }

    private bool SkipNested()
    {
        var length = NestedSkim.LengthOf(_json[Position..]);
        Position += length;
        return length > 0;
    }

    private bool SkipScalar()
    {
        var start = Position;
        while (Position < _json.Length && _json[Position] is not ((byte)',' or (byte)'}' or (byte)']' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')) Position++;
        return Position > start;
    }
}
