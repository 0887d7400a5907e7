using System.Buffers;
using Usher.Discord.Model;
using Usher.Web.Transcripts.Texts;

namespace Usher.Web.Transcripts;

/// <summary>What every part of a transcript needs while it is written: where to, in which words, with which names.</summary>
internal sealed class Page(ArrayBufferWriter<byte> output, TranscriptHead head)
{
    private const int MostHeard = 1000;

    private readonly Dictionary<Snowflake, string> _heard = [];

    public HtmlWriter Html { get; } = new(output);

    public TranscriptHead Head { get; } = head;

    public TranscriptTexts Texts { get; } = TranscriptTexts.For(head.Locale);

    public TranscriptDates Dates { get; } = new(TranscriptTexts.For(head.Locale));

    /// <summary>The name of a user: as the engine knows it, else as the message carries it.</summary>
    public string NameOf(User user) =>
        Head.Names.Users.TryGetValue(user.Id, out var known) ? known.Name : string.IsNullOrWhiteSpace(user.DisplayName) ? Texts.UnknownUser : user.DisplayName;

    /// <summary>The name of a user by id, <c>null</c> when nobody knows it.</summary>
    public string? NameOf(Snowflake user) =>
        Head.Names.Users.TryGetValue(user, out var known) ? known.Name : user == Head.OpenerId ? Head.OpenerName : _heard.GetValueOrDefault(user);

    /// <summary>Learns the names that a message carries: those of its author and of whom it mentions. The engine knows only the people of the ticket.</summary>
    public void Hear(Message message)
    {
        Hear(message.Author);
        foreach (var user in message.Mentions) Hear(user);
    }

    private void Hear(User user)
    {
        if (_heard.Count < MostHeard && !string.IsNullOrWhiteSpace(user.DisplayName)) _heard.TryAdd(user.Id, user.DisplayName);
    }

    public string Number(long value) => value.ToString("N0", Texts.Culture);

    /// <summary>Writes one of the texts, with parts of the page in its places <c>{0}</c> and <c>{1}</c>.</summary>
    public void Template(string text, params ReadOnlySpan<Action> places)
    {
        var rest = text.AsSpan();
        while (true)
        {
            var open = rest.IndexOf('{');
            if (open < 0 || open + 2 >= rest.Length || rest[open + 2] != '}') break;
            Html.Text(rest[..open]);
            places[rest[open + 1] - '0']();
            rest = rest[(open + 3)..];
        }

        Html.Text(rest);
    }
}
