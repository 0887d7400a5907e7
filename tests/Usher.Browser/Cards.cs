using System.Text.Json.Nodes;

namespace Usher.Browser;

/// <summary>What the bot of the tests says.</summary>
internal static class Cards
{
    public const int ComponentsV2 = 1 << 15;
    public const int Ephemeral = 1 << 6;

    /// <summary>A panel with one button of each kind that the tests press, and a select.</summary>
    public static JsonObject Panel() => Parse("""
        {
          "flags": 32768,
          "components": [{
            "type": 17, "accent_color": 5793266, "components": [
              { "type": 10, "content": "## Need a hand?\nChoose what it is about." },
              { "type": 14 },
              { "type": 1, "components": [
                { "type": 2, "style": 1, "label": "Open a form", "custom_id": "form" },
                { "type": 2, "style": 2, "label": "Whisper", "custom_id": "whisper" },
                { "type": 2, "style": 4, "label": "Say nothing", "custom_id": "silence" },
                { "type": 2, "style": 2, "label": "Not today", "custom_id": "never", "disabled": true },
                { "type": 2, "style": 5, "label": "Elsewhere", "url": "https://example.com/" }
              ] },
              { "type": 1, "components": [{
                "type": 3, "custom_id": "product", "placeholder": "Which product?", "options": [
                  { "label": "Boat", "value": "boat", "description": "It floats" },
                  { "label": "Anchor", "value": "anchor", "description": "It does not" }
                ] }] }
            ]
          }]
        }
        """);

    /// <summary>A button that leads somewhere.</summary>
    public static JsonObject LinkTo(string address) => new()
    {
        ["flags"] = ComponentsV2,
        ["components"] = new JsonArray(new JsonObject
        {
            ["type"] = 1,
            ["components"] = new JsonArray(new JsonObject { ["type"] = 2, ["style"] = 5, ["label"] = "Go there", ["url"] = address }),
        }),
    };

    public static JsonObject Form() => Parse("""
        {
          "type": 9,
          "data": {
            "custom_id": "ticket", "title": "Tell us more", "components": [
              { "type": 10, "content": "It takes **a minute**." },
              { "type": 18, "label": "Subject", "description": "One line", "component": { "type": 4, "custom_id": "subject", "style": 1, "min_length": 3, "max_length": 100 } },
              { "type": 18, "label": "How urgent?", "component": { "type": 21, "custom_id": "urgency", "options": [
                { "value": "low", "label": "Not at all" }, { "value": "high", "label": "Very", "description": "Water is coming in" } ] } },
              { "type": 18, "label": "Which boat?", "component": { "type": 3, "custom_id": "boat", "placeholder": "Choose one", "options": [
                { "label": "Dinghy", "value": "dinghy" }, { "label": "Ferry", "value": "ferry" } ] } },
              { "type": 18, "label": "A picture", "component": { "type": 19, "custom_id": "picture", "required": false } }
            ]
          }
        }
        """);

    public static JsonObject TicketCommand() => Parse("""
        {
          "name": "ticket", "description": "Tickets", "options": [
            { "type": 1, "name": "close", "description": "Close this ticket", "options": [
              { "type": 3, "name": "reason", "description": "Why", "required": true },
              { "type": 6, "name": "person", "description": "Whose" } ] }
          ]
        }
        """);

    public static JsonObject Say(string text, int flags = 0) => new() { ["type"] = 4, ["data"] = new JsonObject { ["content"] = text, ["flags"] = flags } };

    /// <summary>The clicked message as it is to be from now on.</summary>
    public static JsonObject Become(string text) => new()
    {
        ["type"] = 7,
        ["data"] = new JsonObject { ["flags"] = ComponentsV2, ["components"] = new JsonArray(new JsonObject { ["type"] = 10, ["content"] = text }) },
    };

    private static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;
}
