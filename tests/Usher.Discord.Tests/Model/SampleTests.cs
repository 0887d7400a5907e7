using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Usher.Discord.Json;
using Usher.Discord.Model;
using Xunit;

namespace Usher.Discord.Tests.Model;

/// <summary>Payloads of every object, shaped as Discord's documentation shows them. A sample's name begins with the kind of object it holds.</summary>
public sealed class SampleTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Model", "Samples");

    private static readonly (string Prefix, JsonTypeInfo Type)[] Kinds =
    [
        ("api-error", DiscordJson.Default.ApiError),
        ("application-command", DiscordJson.Default.ApplicationCommand),
        ("application", DiscordJson.Default.Application),
        ("channel", DiscordJson.Default.Channel),
        ("gateway-bot", DiscordJson.Default.GatewayBot),
        ("guild-member", DiscordJson.Default.GuildMember),
        ("guild", DiscordJson.Default.Guild),
        ("interaction-callback", DiscordJson.Default.InteractionCallbackResponse),
        ("interaction", DiscordJson.Default.Interaction),
        ("invite", DiscordJson.Default.Invite),
        ("message", DiscordJson.Default.Message),
        ("role", DiscordJson.Default.Role),
        ("thread-list", DiscordJson.Default.ThreadList),
        ("user", DiscordJson.Default.User),
    ];

    public static TheoryData<string> Names => new(Directory.GetFiles(Folder).Select(file => Path.GetFileNameWithoutExtension(file)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_that_is_known_of_a_payload_is_lost(string name)
    {
        var sample = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")))!;
        var type = Kinds.First(kind => name.StartsWith(kind.Prefix, StringComparison.Ordinal)).Type;

        var written = JsonSerializer.SerializeToNode(sample.Deserialize(type), type);

        Assert.Equal([], Lost(sample, written, name));
    }

    [Fact]
    public void Every_kind_has_a_sample() =>
        Assert.All(Kinds, kind => Assert.Contains(Names, row => row.Data.StartsWith(kind.Prefix, StringComparison.Ordinal)));

    [Fact]
    public void A_commands_options_are_read_by_their_kind()
    {
        var interaction = JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(Folder, "interaction-command.json")), DiscordJson.Default.Interaction)!;

        var options = interaction.Data!.Options![0].Options![0].Options!;

        Assert.Equal(new Snowflake(500000000000000011), options[0].Id);
        Assert.Equal(3, options[1].Integer);
        Assert.True(options[3].Boolean);
        Assert.Equal("", options[4].Text);
        Assert.Equal("Ada of support", interaction.Member!.DisplayName);
        Assert.Equal("Ada L.", interaction.Invoker.DisplayName);
    }

    [Fact]
    public void An_application_tells_which_privileged_intents_it_has()
    {
        var application = JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(Folder, "application.json")), DiscordJson.Default.Application)!;

        Assert.Equal(Intents.GuildMembers | Intents.MessageContent, application.PrivilegedIntents);
    }

    // A null may be left out; all else must come back as it was.
    private static IEnumerable<string> Lost(JsonNode? sample, JsonNode? written, string path) => (sample, written) switch
    {
        (null, null) => [],
        (JsonObject from, JsonObject to) => from.SelectMany(property => Lost(property.Value, to[property.Key], $"{path}.{property.Key}")),
        (JsonArray from, JsonArray to) when from.Count == to.Count => from.Zip(to).SelectMany((pair, n) => Lost(pair.First, pair.Second, $"{path}[{n}]")),
        (JsonValue from, JsonValue to) when JsonNode.DeepEquals(from, to) || IsSameMoment(from, to) => [],
        _ => [$"{path}: {sample?.ToJsonString()} became {written?.ToJsonString() ?? "nothing"}"],
    };

    private static bool IsSameMoment(JsonValue from, JsonValue to) =>
        DateTimeOffset.TryParse(from.ToString(), CultureInfo.InvariantCulture, out var before)
        && DateTimeOffset.TryParse(to.ToString(), CultureInfo.InvariantCulture, out var after)
        && before == after;
}
