using System.Buffers;
using System.IO.Pipelines;

namespace Usher.Web.Transcripts;

/// <summary>
/// Writes a ticket's conversation as one HTML page that looks like Discord, works without script and without the network, and cannot be made to do anything by what is
/// in it. The page is written while the messages come: memory does not grow with the ticket.
/// </summary>
public static class TranscriptWriter
{
    private const int FlushAfter = 32 * 1024;

    /// <summary>The content type of what is written.</summary>
    public const string ContentType = "text/html; charset=utf-8";

    /// <summary>
    /// The content security policy to send with a transcript that is served. It forbids scripts, every address but the site's own pictures and sounds, and all styles but
    /// the two that the page for this head contains. A standalone transcript carries its own.
    /// </summary>
    public static string ContentSecurityPolicy(TranscriptHead head) => TranscriptStyle.Policy(head);

    /// <summary>Writes a transcript to a stream, which is left open.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="head">What is said of the ticket.</param>
    /// <param name="messages">The messages, oldest first; read only as fast as the reader takes the page.</param>
    /// <param name="cancellationToken">Ends the writing between two messages.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; what was written is no whole page.</exception>
    public static async Task WriteAsync(Stream output, TranscriptHead head, IAsyncEnumerable<TranscriptMessage> messages, CancellationToken cancellationToken)
    {
        var pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(leaveOpen: true));
        await WriteAsync(pipe, head, messages, cancellationToken);
        await pipe.CompleteAsync();
    }

    /// <summary>Writes a transcript to a pipe, which is not completed. Ends early, and quietly, when nobody reads any more.</summary>
    /// <inheritdoc cref="WriteAsync(Stream, TranscriptHead, IAsyncEnumerable{TranscriptMessage}, CancellationToken)"/>
    public static async Task WriteAsync(PipeWriter output, TranscriptHead head, IAsyncEnumerable<TranscriptMessage> messages, CancellationToken cancellationToken)
    {
        // A page is many small pieces, and a response's own pipe takes a lock for each.
        var written = new ArrayBufferWriter<byte>(2 * FlushAfter);
        var page = new Page(written, head);
        var conversation = new Conversation(page);
        FrameHtml.Begin(page);
        await foreach (var message in messages.WithCancellation(cancellationToken))
        {
            conversation.Write(message);
            if (written.WrittenCount >= FlushAfter && (await FlushAsync()).IsCompleted) return;
        }

        FrameHtml.End(page, conversation);
        await FlushAsync();

        ValueTask<FlushResult> FlushAsync()
        {
            output.Write(written.WrittenSpan);
            written.ResetWrittenCount();
            return output.FlushAsync(cancellationToken);
        }
    }
}
