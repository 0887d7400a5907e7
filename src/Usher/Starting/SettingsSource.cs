using System.Security.Cryptography;
using Usher.Engine.Settings;

namespace Usher.Starting;

/// <summary>Where the settings come from: <c>usher.yml</c>, and the environment that its <c>${NAME}</c> are filled in from.</summary>
/// <param name="Config">The file.</param>
/// <param name="Folder">Where <c>.env</c> lies.</param>
internal sealed record SettingsSource(FileInfo Config, string Folder)
{
    /// <summary>What the files hold now, as one word that changes when they do; null when the settings are not there or cannot be read.</summary>
    internal string? Fingerprint()
    {
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(File.ReadAllBytes(Config.FullName));
            // A byte between, so that words which move from one file into the other are a change.
            hash.AppendData([0]);
            var environment = Path.Combine(Folder, EnvironmentFile.Name);
            if (File.Exists(environment)) hash.AppendData(File.ReadAllBytes(environment));
            return Convert.ToHexString(hash.GetHashAndReset());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads everything again.</summary>
    /// <param name="faults">Told what must be mended.</param>
    internal SettingsReading? Read(List<string> faults) => Read(EnvironmentFile.Read(Folder, faults), faults);

    /// <summary>Reads the file; null when it is not there or cannot be read, which then stands among the faults.</summary>
    internal SettingsReading? Read(IReadOnlyDictionary<string, string> environment, List<string> faults)
    {
        string text;
        try
        {
            text = File.ReadAllText(Config.FullName);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            faults.Add($"There is no {Config}. Write one to start from with «usher init» (or «usher init --preset NAME») and put your guild's ids in, or say where it is with --config FILE.");
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{Config} cannot be read: {failure.Message}");
            return null;
        }
        var reading = SettingsFile.Read(text, environment);
        faults.AddRange(reading.Faults.Select(Told));
        return reading;
    }

    /// <summary>A fault or warning with its place. FILE:LINE is what editors and terminals make a link of.</summary>
    internal string Told(SettingsFault fault) => $"{Config}:{fault.Line}  {(fault.Path.Length == 0 ? "" : fault.Path + ": ")}{fault.Wrong} {fault.Mend}";
}
