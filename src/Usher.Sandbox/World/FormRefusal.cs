using System.Text.Json.Nodes;
using Usher.Discord.Model;

namespace Usher.Sandbox.World;

/// <summary>Collects what is wrong with a request, and makes Discord's 50035 with its tree of errors. <see href="https://discord.com/developers/docs/reference#error-messages"/></summary>
internal sealed class FormRefusal
{
    private readonly JsonObject _tree = [];

    public bool IsEmpty => _tree.Count == 0;

    /// <summary>Notes a fault at a path as `components.0.custom_id`; an empty path is the body itself.</summary>
    public void Add(string path, string code, string message)
    {
        var node = _tree;
        foreach (var part in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (node[part] is not JsonObject next) node[part] = next = [];
            node = next;
        }
        if (node["_errors"] is not JsonArray errors) node["_errors"] = errors = [];
        errors.Add(new JsonObject { ["code"] = code, ["message"] = message });
    }

    /// <exception cref="DiscordRefusal">Something was noted.</exception>
    public void ThrowIfAny()
    {
        if (!IsEmpty) throw new DiscordRefusal(400, (int)ErrorCode.InvalidFormBody, "Invalid Form Body") { Errors = (JsonObject)_tree.DeepClone() };
    }

    public static DiscordRefusal Single(string path, string code, string message)
    {
        var refusal = new FormRefusal();
        refusal.Add(path, code, message);
        return new(400, (int)ErrorCode.InvalidFormBody, "Invalid Form Body") { Errors = refusal._tree };
    }
}
