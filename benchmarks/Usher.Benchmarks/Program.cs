using System.CommandLine;
using Usher.Benchmarks.Calling;
using Usher.Benchmarks.Configuring;
using Usher.Benchmarks.Dropping;
using Usher.Benchmarks.Filling;
using Usher.Benchmarks.Killing;
using Usher.Benchmarks.Opening;
using Usher.Benchmarks.Reading;
using Usher.Benchmarks.Starting;

return await new RootCommand("Measures what Usher promises; benchmarks/README.md tells what was seen.")
{
    CallsVerb.Command(),
    KillVerb.Command(),
    DropVerb.Command(),
    ListenVerb.Command(),
    StartVerb.Command(),
    OpeningsVerb.Command(),
    SettingsVerb.Command(),
    ServeGuildsVerb.Command(),
    FillVerb.Command(),
    ArchiveVerb.Command(),
}.Parse(args).InvokeAsync();
