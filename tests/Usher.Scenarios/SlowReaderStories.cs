using System.Net.Sockets;
using System.Text;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Scenarios.Stages;
using Usher.Storage;

namespace Usher.Scenarios;

/// <summary>Somebody asks for much and reads nothing of it: they are given up, and nobody else feels it.</summary>
public sealed class SlowReaderStories
{
    private const int Messages = 4000;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("transcript")]
    [InlineData("/api/tickets/1/export?format=json")]
    [InlineData("/api/tickets/1/export?format=csv")]
    public async Task Whoever_reads_nothing_of_what_they_asked_for_is_given_up_after_half_a_minute(string what)
    {
        await using var stage = await Stage.StartAsync();
        await stage.OpensAsync("Support");
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);
        var ticket = (await stage.Desk.Store.FindTicketAsync(new TicketKey(stage.Settings.Guild, 1), Now))!;
        await FillAsync(stage, ticket);
        var path = what == "transcript" ? $"/api/ticket/{ticket.TranscriptToken}" : what;
        using var reading = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        var address = new Uri(stage.Address);
        await reading.ConnectAsync(address.Host, address.Port, Now);
        await reading.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer {crm.Token}\r\n\r\n"), Now);

        await BeginsAsync(reading);
        Assert.Equal(200, (await crm.GetAsync("/api/tickets/1")).Status);
        await stage.OpensAsync(stage.Erin, "Support");
        await CutAsync(stage, reading);

        Assert.InRange(await RestAsync(reading), 1, Messages * 1000);
        Assert.Equal(200, (await crm.GetAsync("/api/tickets/2")).Status);
    }

    private static async Task FillAsync(Stage stage, Ticket ticket)
    {
        var words = new string('x', 2000);
        var writes = Enumerable.Range(1, Messages).Select(number => stage.Desk.Store.SaveMessageAsync(
            new ArchivedMessage(ticket.Guild, ticket.Number, ticket.Home.Channel!.Value, new MessageId((ulong)number), ticket.Opener, stage.Clock.GetUtcNow(), Payload(number, words), []),
            Now));
        await Task.WhenAll(writes);
    }

    private static byte[] Payload(int number, string words) => Encoding.UTF8.GetBytes(
        $$"""{"id":"{{number}}","channel_id":"1","type":0,"content":"{{words}}","timestamp":"2026-01-01T00:00:00+00:00","author":{"id":"5","username":"alice","discriminator":"0"},"attachments":[],"embeds":[],"mentions":[]}""");

    private static async Task BeginsAsync(Socket reading)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (reading.Available == 0) await look.WaitForNextTickAsync(Now);
    }

    // Where the other end is gone, what is sent there fails.
    private static async Task CutAsync(Stage stage, Socket reading)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var tries = 0; ; tries++)
        {
            Assert.True(tries < 1500, "Nobody gives up.");
            stage.Clock.Advance(TimeSpan.FromSeconds(31));
            await look.WaitForNextTickAsync(Now);
            try
            {
                await reading.SendAsync(new byte[1], Now);
            }
            catch (SocketException)
            {
                return;
            }
        }
    }

    private static async Task<long> RestAsync(Socket reading)
    {
        var (all, bytes) = (1L, new byte[64 * 1024]);
        try
        {
            while (await reading.ReceiveAsync(bytes, Now) is var read and > 0) all += read;
        }
        catch (SocketException)
        {
            // Reset: what was still under way is thrown away.
        }
        return all;
    }
}
