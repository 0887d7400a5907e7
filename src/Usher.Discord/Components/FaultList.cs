namespace Usher.Discord.Components;

/// <summary>Collects faults, with the questions that all components share.</summary>
internal sealed class FaultList
{
    private readonly List<ComponentFault> _faults = [];
    private readonly HashSet<string> _customIds = new(StringComparer.Ordinal);
    private readonly HashSet<int> _ids = [];

    public IReadOnlyList<ComponentFault> All => _faults;

    public void Add(string path, string message) => _faults.Add(new(path, message));

    public void Length(string path, string? text, int least, int most)
    {
        var length = text?.Length ?? 0;
        if (length < least) Add(path, "must not be empty.");
        else if (length > most) Add(path, $"has {length} characters; shorten it to {most}.");
    }

    public void Count(string path, int count, int least, int most, string things)
    {
        if (count < least || count > most) Add(path, $"holds {count} {things}; it takes {least} to {most}.");
    }

    public void Between(string path, int? number, int least, int most)
    {
        if (number < least || number > most) Add(path, $"is {number}; it must be {least} to {most}.");
    }

    public void CustomId(string path, string? customId)
    {
        Length($"{path}.custom_id", customId, 1, ComponentRules.LongestCustomId);
        if (!string.IsNullOrEmpty(customId) && !_customIds.Add(customId)) Add($"{path}.custom_id", $"\"{customId}\" is used twice; each component needs its own.");
    }

    public void Id(string path, int? id)
    {
        if (id is > 0 && !_ids.Add(id.Value)) Add($"{path}.id", $"{id} is used twice; leave it out or choose another.");
    }
}
