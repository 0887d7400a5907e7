using Usher.Starting;

namespace Usher.Choosing;

/// <summary>Which desk the demo shows: said with <c>--preset</c>, gone on with, or chosen on the page. Until somebody does, the usual one runs.</summary>
internal sealed class DeskChoice
{
    private readonly DemoFolders _folders;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _worlds = [];
    private Preset _current;
    private bool _isMade;

    /// <summary>Decides what to begin with.</summary>
    /// <param name="folders">Where data is kept, and what was there before.</param>
    /// <param name="said">What <c>--preset</c> says; null when it says nothing.</param>
    internal DeskChoice(DemoFolders folders, Preset? said)
    {
        _folders = folders;
        GoesOn = said is null && folders.Last is not null;
        _isMade = said is not null || GoesOn;
        _current = said ?? Preset.Named(folders.Last ?? Preset.Usual)!;
        if (_isMade) folders.GoOnWith(_current);
    }

    /// <summary>Whether the folder decided: it was begun with this desk by an earlier start.</summary>
    internal bool GoesOn { get; }

    /// <summary>Whether anybody chose; otherwise people are asked.</summary>
    internal bool IsMade
    {
        get
        {
            lock (_gate) return _isMade;
        }
    }

    /// <summary>The desk that is shown, or will be once its world is made.</summary>
    internal Preset Current
    {
        get
        {
            lock (_gate) return _current;
        }
    }

    /// <summary>Chooses a desk.</summary>
    /// <returns>Whether another world must be made for it.</returns>
    internal bool Choose(Preset preset)
    {
        lock (_gate)
        {
            var isAnother = preset.Name != _current.Name;
            _isMade = true;
            _current = preset;
            _folders.GoOnWith(preset);
            return isAnother;
        }
    }

    /// <summary>The desk and the folder of the next world. What a desk remembers of a world that is gone would only confuse it: each further one begins with an empty folder.</summary>
    internal (Preset Preset, string Folder) Next()
    {
        lock (_gate)
        {
            var number = _worlds[_current.Name] = _worlds.GetValueOrDefault(_current.Name) + 1;
            var folder = _folders.Of(_current);
            return (_current, number == 1 ? folder : Path.Combine(folder, $"world-{number}"));
        }
    }
}
