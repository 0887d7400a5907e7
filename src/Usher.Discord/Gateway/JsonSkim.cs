using System.Buffers;
using System.Buffers.Text;

namespace Usher.Discord.Gateway;

/// <summary>
/// Walks over the properties of one JSON object in UTF-8 bytes and jumps over values without looking into them. It finds; it does not validate:
/// what is used afterwards is read by System.Text.Json, and what is dropped need not be right. Names with escapes are not found (Discord has none).
/// </summary>
internal ref struct JsonSkim
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> StringEnds = SearchValues.Create("\"\\"u8);
    private static readonly SearchValues<byte> ScalarEnds = SearchValues.Create(",}] \t\r\n"u8);

    private readonly ReadOnlySpan<byte> _json;
    private int _at;
    private bool _begun;

    public JsonSkim(ReadOnlySpan<byte> json) => _json = json;

    /// <summary>True when the object's end was reached, false when <see cref="Next"/> stopped at something that is no JSON object.</summary>
    public bool Complete { get; private set; }

    /// <summary>Where <see cref="Next"/>'s value begins.</summary>
    public int ValueStart { get; private set; }

    /// <summary>Goes to the next property; false at the object's end or at broken text.</summary>
    public bool Next(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = value = default;
        if (Complete) return false;
        SkipSpace();
        if (!_begun)
        {
            if (!Take((byte)'{')) return false;
            _begun = true;
            SkipSpace();
        }
        if (Take((byte)'}'))
        {
            SkipSpace();
            Complete = _at == _json.Length;
            return false;
        }
        var nameStart = _at + 1;
        if (!SkipString()) return false;
        name = _json[nameStart..(_at - 1)];
        SkipSpace();
        if (!Take((byte)':')) return false;
        SkipSpace();
        ValueStart = _at;
        if (!SkipValue()) return false;
        value = _json[ValueStart.._at];
        SkipSpace();
        return Take((byte)',') || (_at < _json.Length && _json[_at] == (byte)'}');
    }

    /// <summary>Reads <c>"123"</c> or <c>123</c>; false for anything else.</summary>
    public static bool TryReadNumber(ReadOnlySpan<byte> value, out ulong number)
    {
        if (value.Length > 1 && value[0] == (byte)'"') value = value[1..^1];
        return Utf8Parser.TryParse(value, out number, out var read) && read == value.Length;
    }

    private void SkipSpace()
    {
        while (_at < _json.Length && _json[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') _at++;
    }

    private bool Take(byte expected)
    {
        if (_at >= _json.Length || _json[_at] != expected) return false;
        _at++;
        return true;
    }

    private bool SkipString()
    {
        if (!Take((byte)'"')) return false;
        while (true)
        {
            var end = _json[_at..].IndexOfAny(StringEnds);
            if (end < 0) return false;
            _at += end + 1;
            if (_json[_at - 1] == (byte)'"') return true;
            if (++_at > _json.Length) return false;
        }
    }

    private bool SkipValue()
    {
        if (_at >= _json.Length) return false;
        return _json[_at] switch
        {
            (byte)'"' => SkipString(),
            (byte)'{' or (byte)'[' => SkipNested(),
            _ => SkipScalar(),
        };
    }

    private bool SkipNested()
    {
        var depth = 0;
        do
        {
            var next = _json[_at..].IndexOfAny(Structure);
            if (next < 0) return false;
            _at += next;
            switch (_json[_at])
            {
                case (byte)'"':
                    if (!SkipString()) return false;
                    continue;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                default:
                    depth--;
                    break;
            }
            _at++;
        } while (depth > 0);
        return true;
    }

    private bool SkipScalar()
    {
        var length = _json[_at..].IndexOfAny(ScalarEnds);
        if (length <= 0) return false;
        _at += length;
        return true;
    }
}
