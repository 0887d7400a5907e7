using System.CommandLine;
using System.Globalization;
using Usher.Desk.Engine;
using Usher.Desk.Features;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Engine.Deciding;
using Usher.Engine.Privacy;
using Usher.Starting;
using Usher.Storage;
using Usher.Storage.S3;
using Command = System.CommandLine.Command;

namespace Usher.Verbs;

/// <summary><c>usher erase</c>: shows what is kept of a member and would go, asks for its erasure, and agrees to one that somebody else asked for.</summary>
internal static class EraseVerb
{
    private const int Tries = 8;
    private const int FilesAtOnce = 50;

    // So long an Usher that serves this database leaves to the verb what the verb has begun.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(15);

    internal static Command Command()
    {
        var config = VerbOptions.Config();
        var data = VerbOptions.ServedData();
        var guild = new Option<string?>("--guild") { HelpName = "ID", Description = "The guild, where the file has several." };
        var user = new Argument<string>("USER") { Description = "The user's id." };
        var yes = new Option<bool>("--yes") { Description = "Asks for the erasure; when somebody else asked for it already, agrees to it and does it." };
        var alone = new Option<bool>("--alone") { Description = "With --yes: does it without a second person, which the audit log tells." };
        var verb = new Command("erase", "Shows what is kept of a member and would go; with --yes has it erased.") { user, yes, alone, guild, config, data };
        verb.SetAction((parsed, stop) => OpenedDesk.WithAsync(
            parsed, config, data, guild,
            opened => new Erasing(opened, MemberVerb.UserIn(parsed.GetRequiredValue(user)), parsed.GetRequiredValue(data)).RunAsync(parsed.GetValue(yes), parsed.GetValue(alone)),
            stop));
        return verb;
    }

    private sealed record Erasing(OpenedDesk Opened, UserId Member, DirectoryInfo Data)
    {
        private static readonly TimeProvider Time = TimeProvider.System;
        private static readonly Principal Here = new(default, AuditSignature.CommandLine(OpenedDesk.User, default).Program);

        private DeskStore Store => Opened.Store;

        private GuildId Guild => Opened.Desk.Guild;

        public async Task<int> RunAsync(bool yes, bool alone)
        {
            if (alone && !yes) throw new CannotStartException("--alone says how --yes is meant; give both.", CommandLine.MustBeMended);
            var matter = await Store.ErasureMatterAsync(Guild, new ErasureQuery(Member), Opened.Desk.Privacy, Time.GetUtcNow(), Opened.Stop);
            var survey = matter.Survey!;
            Show(survey);
            if (matter.Found is { State: ErasureState.Approved } running) return await DoAsync(running.Number, yes);
            if (matter.Found is { State: ErasureState.Asked } asked) return await WaitingAsync(asked, survey, yes, alone);
            if (matter.LeavesNothing)
            {
                Console.WriteLine($"Nothing is kept of the user {Member} in the guild {Guild} that could be erased.");
                return 0;
            }
            if (!yes)
            {
                Console.WriteLine("Nothing was changed. --yes asks for it; a second person then agrees in Discord (/erase), over the API, or here as another user of this machine. --yes --alone does it at once.");
                return 0;
            }
            MustBeClosed(survey);
            var number = matter.NextNumber;
            await StoreAsync(new ErasureAsked(number, Member, Here, Time.GetUtcNow()), new Deed("erasure_asked", Concerning: Member));
            if (alone) return await ApproveAsync(number);
            Console.WriteLine("It is asked for. A second person agrees in Discord with /erase, over the API, or here as another user of this machine.");
            return 0;
        }

        private async Task<int> WaitingAsync(Erasure asked, ErasureSurvey survey, bool yes, bool alone)
        {
            Console.WriteLine($"It was asked for by {Told(asked.AskedBy)} on {Moment(asked.AskedAt)} and waits for a second person.");
            if (!yes) return 0;
            if (asked.AskedBy.IsSameAs(Here) && !alone)
                throw new CannotStartException("You asked for it yourself. Somebody else must agree; --alone does it without a second person.", CommandLine.MustBeMended);
            MustBeClosed(survey);
            return await ApproveAsync(asked.Number);
        }

        private async Task<int> ApproveAsync(long number)
        {
            await StoreAsync(new ErasureDecided(number, Approves: true, Here, Time.GetUtcNow()), new Deed("erasure_approved", Detail: string.Create(CultureInfo.InvariantCulture, $"erasure {number}")));
            return await DoAsync(number, yes: true);
        }

        private async Task<int> DoAsync(long number, bool yes)
        {
            if (!yes)
            {
                Console.WriteLine("It is agreed to and being done. --yes goes on with it here, if nobody else does.");
                return 0;
            }
            var due = (await Store.DueErasuresAsync(DateTimeOffset.MaxValue.AddYears(-1), int.MaxValue, Opened.Stop)).FirstOrDefault(one => one.Guild == Guild && one.Erasure.Number == number);
            if (due is null) throw new CannotStartException("It is done already.", CommandLine.MustBeMended);
            await Store.PostponeErasureAsync(due, Time.GetUtcNow() + Lease, Opened.Stop);
            if (!await new MemberErasure(Store, DecideAsync, Time).RunAsync(due, Opened.Desk.Privacy, Opened.Stop))
                throw new CannotStartException("A ticket of theirs has still to be told on Discord; Usher goes on with the erasure when that is done.");
            var done = (await Store.FindErasureAsync(Guild, number, Opened.Stop))!;
            await DropFilesAsync();
            Console.WriteLine($"Everything that is kept of the user {Member} is erased, but for what is told above.");
            if (done.Kept.Count > 0) Console.WriteLine($"What must stay of them follows from {Moment(done.DueAt!.Value)} on, by itself: {Count(done.Kept.Count, "ticket")}.");
            Console.WriteLine("Backups, transcripts that were handed over as files, and what stands on Discord are not Usher's to erase. An Usher that is running forgets within a minute.");
            return 0;
        }

        // While files are still to be copied, the same content may be among them: then Usher deletes these.
        private async Task DropFilesAsync()
        {
            using var bucket = Opened.Bucket is { } settings ? new S3Bucket(settings, Time) : null;
            var files = FileStore.ToRead(Path.Combine(Data.FullName, "attachments"), bucket);
            if (await Store.NextAttachmentAsync(Opened.Stop) is not null) return;
            while (await Store.DiscardedFilesAsync(FilesAtOnce, Opened.Stop) is { Count: > 0 } discarded)
            {
                foreach (var hash in discarded)
                {
                    if (!await TakenFromBucketAsync(files, hash)) return;
                    await Store.DropFileAsync(hash, files.Delete, Opened.Stop);
                }
            }
        }

        // What cannot be deleted there now stays a row, and Usher deletes it.
        private async Task<bool> TakenFromBucketAsync(FileStore files, string hash)
        {
            if (await Store.IsFileWantedAsync(hash, Opened.Stop)) return true;
            try
            {
                await files.DeleteElsewhereAsync(hash, Opened.Stop);
                return true;
            }
            catch (StoreUnavailableException away)
            {
                Console.WriteLine($"Usher deletes their files when it can: {away.Message}");
                return false;
            }
        }

        private void MustBeClosed(ErasureSurvey survey)
        {
            if (survey.Open.Count > 0)
                throw new CannotStartException($"Tickets that they opened or have taken on are still worked on: {string.Join(", ", survey.Open.Select(Number))}. Close these, or give them to somebody else, and ask again.", CommandLine.MustBeMended);
        }

        private async Task StoreAsync(DeskChange change, Deed deed)
        {
            var commit = new Commit { Guild = Guild, By = default, At = Time.GetUtcNow(), Changes = [change], Deeds = [deed], Program = Here.Program };
            if (await Store.CommitAsync(commit, Opened.Stop) is not CommitResult.Committed)
                throw new CannotStartException("Somebody else asked for it or decided in this very moment. Look again.");
        }

        // The desk's own doings, by the same rules as where it serves.
        private async Task<Result> DecideAsync(Order order, CancellationToken cancellation)
        {
            for (var attempt = 1; attempt <= Tries; attempt++)
            {
                Store.ForgetRecent();
                var ticket = order.Subject is Subject.ToTicket subject ? await Store.FindTicketAsync(subject.Key, cancellation) : null;
                var decided = All.Rules.Decide(order.Command, ticket, new Context { Settings = Opened.Desk, Actor = order.Actor, Now = Time.GetUtcNow() });
                var commit = new Commit
                {
                    Guild = order.Guild,
                    Before = ticket,
                    After = decided.Ticket,
                    Facts = decided.Decision.Facts,
                    By = order.Actor.User,
                    At = Time.GetUtcNow(),
                    Effects = decided.Decision.Effects,
                    Changes = decided.Decision.Changes,
                };
                if (await Store.CommitAsync(commit, cancellation) is CommitResult.Committed) return new Result.Accepted(null) { Ticket = decided.Ticket };
            }
            throw new CannotStartException("A ticket is worked on by somebody else again and again. Try it once more.");
        }

        private static void Show(ErasureSurvey survey)
        {
            Console.WriteLine($"Of the user {survey.Member} would go: {Count(survey.Tickets, "ticket")} with what they said and answered in them, {Count(survey.Messages, "message")}, {Count(survey.Files, "file")}, {Count(survey.Forms, "form")}, and their name wherever it stands.");
            foreach (var kept in survey.Kept) Console.WriteLine($"Must stay until {Moment(kept.Until)}: {Count(kept.Tickets, "ticket")}. {kept.Reason}");
            if (survey.IsBlocked) Console.WriteLine("They stay blocked: of that the id alone is kept.");
            if (survey.Open.Count > 0) Console.WriteLine($"Still worked on, and first to be closed or given to others: {string.Join(", ", survey.Open.Select(Number))}.");
        }

        private static string Told(Principal principal) => principal.Program ?? $"the user {principal.User}";

        private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

        private static string Count(long count, string what) => $"{Number(count)} {what}{(count == 1 ? "" : "s")}";

        private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
