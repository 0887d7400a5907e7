using Usher.Discord.Model;

namespace Usher.Sandbox.World;

/// <summary>Makes identifiers as Discord does: milliseconds of the world's clock above 22 bits of counting, so that greater is always younger.</summary>
internal sealed class SnowflakeSource(TimeProvider time)
{
    private ulong _last;

    public Snowflake Next()
    {
        var candidate = Snowflake.At(time.GetUtcNow()).Value;
        // A clock that stands still, or is set back in a test, must not give the same identifier twice.
        _last = candidate > _last ? candidate : _last + 1;
        return new(_last);
    }
}
