using Usher.Discord.Model;

namespace Usher.Web.Transcripts.Parts;

/// <summary>A poll with the votes that the archive knows of.</summary>
internal static class PollHtml
{
    public static void Write(Page page, Poll? poll)
    {
        if (poll is null) return;
        var counts = poll.Results?.AnswerCounts ?? [];
        var total = counts.Sum(count => (long)count.Count);
        page.Html.Raw("<section class=\"poll\"><p class=\"title\" dir=\"auto\">"u8).Text(poll.Question.Text).Raw("</p><ul>"u8);
        foreach (var answer in poll.Answers)
        {
            var votes = counts.FirstOrDefault(count => count.Id == answer.AnswerId)?.Count ?? 0;
            page.Html.Raw("<li><span dir=\"auto\">"u8);
            ComponentHtml.WriteEmoji(page, answer.PollMedia?.Emoji);
            page.Html.Text(answer.PollMedia?.Text).Raw("</span><span class=\"votes\">"u8).Text(Votes(page, votes));
            page.Html.Raw("</span><meter aria-hidden=\"true\" min=\"0\" max=\""u8).Number(Math.Max(1, total)).Raw("\" value=\""u8).Number((long)Math.Max(0, votes)).Raw("\"></meter></li>"u8);
        }

        page.Html.Raw("</ul><p class=\"foot\">"u8).Text(page.Texts.Poll).Raw(" · "u8).Text(Votes(page, total));
        if (poll.Results?.IsFinalized == true)
        {
            page.Html.Raw(" · "u8).Text(page.Texts.PollFinal);
        }
        else if (poll.Expiry is { } end)
        {
            page.Html.Raw(" · "u8);
            page.Template(page.Texts.PollEnds, () => page.Html.Time(end, page.Dates.LongDateTime(end), default));
        }

        page.Html.Raw("</p></section>"u8);
    }

    private static string Votes(Page page, long votes) => (votes == 1 ? page.Texts.OneVote : page.Texts.Votes).Replace("{0}", page.Number(votes), StringComparison.Ordinal);
}
