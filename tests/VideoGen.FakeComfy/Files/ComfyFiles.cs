using System.Globalization;
using System.Text.RegularExpressions;

namespace VideoGen.FakeComfy.Files;

/// <summary>The folders <c>input</c>, <c>output</c> and <c>temp</c>. They survive the restarts of the stand-in.</summary>
internal sealed partial class ComfyFiles : IDisposable
{
    private const int MostListed = 1_000;
    private const int MostNumbers = 100_000;

    private readonly Lock _uploads = new();
    private readonly Dictionary<string, Dictionary<string, int>> _numbers = [];
    private readonly bool _temporary;

    public ComfyFiles(string? directory)
    {
        _temporary = directory is null;
        Root = directory is null
            ? Directory.CreateTempSubdirectory("videogen-fakecomfy-").FullName
            : Directory.CreateDirectory(directory).FullName;
        foreach (var type in (string[])["input", "output", "temp"])
        {
            Directory.CreateDirectory(Path.Combine(Root, type));
        }
    }

    public string Root { get; }

    /// <summary>The folder of a type and subfolder, or null where that is none or outside.</summary>
    public string? Folder(string type, string? subfolder)
    {
        if (type is not ("input" or "output" or "temp"))
        {
            return null;
        }

        var folder = Path.Combine(Root, type);
        var full = Path.GetFullPath(Path.Combine(folder, subfolder ?? ""));
        return full == folder || full.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? full : null;
    }

    /// <summary>The path of what LoadImage names, like <c>folder/a.png</c> or <c>a.png [output]</c>, if it is there.</summary>
    public string? FindInput(string name)
    {
        var match = Annotated().Match(name);
        var folder = Folder(match.Groups["type"] is { Success: true, Value: var type } ? type : "input", null);
        var path = folder is null ? null : Path.GetFullPath(Path.Combine(folder, match.Groups["name"].Value));
        return path is not null && path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && File.Exists(path) ? path : null;
    }

    public IReadOnlyList<string> ListInputs() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "input")).Take(MostListed).Select(path => Path.GetFileName(path)).Order(),
    ];

    /// <summary>Keeps an upload: the same bytes under the same name are there once, others get a name with a number.</summary>
    public string? SaveUpload(string type, string subfolder, string name, byte[] content, bool overwrite)
    {
        if (Folder(type, subfolder) is not { } folder || name is "" or ".." || name != Path.GetFileName(name))
        {
            return null;
        }

        lock (_uploads)
        {
            Directory.CreateDirectory(folder);
            var kept = name;
            for (var number = 1; !overwrite && File.Exists(Path.Combine(folder, kept)); number++)
            {
                if (File.ReadAllBytes(Path.Combine(folder, kept)).AsSpan().SequenceEqual(content))
                {
                    return kept;
                }

                kept = $"{Path.GetFileNameWithoutExtension(name)} ({number}){Path.GetExtension(name)}";
            }

            File.WriteAllBytes(Path.Combine(folder, kept), content);
            return kept;
        }
    }

    /// <summary>Saves an output as <c>prefix_00001_.mp4</c>, with the next number for the prefix.</summary>
    public (string Subfolder, string Name) SaveOutput(string type, string prefix, string extension, byte[] content)
    {
        var subfolder = Path.GetDirectoryName(prefix) ?? "";
        var stem = Path.GetFileName(prefix);
        var folder = Folder(type, subfolder)
            ?? throw new InvalidDataException("Saving image outside the output folder is not allowed.");
        lock (_numbers)
        {
            Directory.CreateDirectory(folder);
            var name = $"{stem}_{NextNumber(folder, stem):00000}_.{extension}";
            File.WriteAllBytes(Path.Combine(folder, name), content);
            return (subfolder, name);
        }
    }

    public void Dispose()
    {
        if (_temporary)
        {
            Directory.Delete(Root, recursive: true);
        }
    }

    // The folder is read once, and then counted on: with thousands of files, reading it for each takes longer than the rest.
    private int NextNumber(string folder, string stem)
    {
        if (!_numbers.TryGetValue(folder, out var last) || last.Count >= MostNumbers)
        {
            _numbers[folder] = last = [];
            foreach (var (known, number) in Directory.EnumerateFiles(folder).Select(path => Parse(Path.GetFileName(path))))
            {
                last[known] = Math.Max(number, last.GetValueOrDefault(known));
            }
        }

        return last[stem] = last.GetValueOrDefault(stem) + 1;
    }

    private static (string Stem, int Number) Parse(string name) =>
        Numbered().Match(name) is { Success: true } match
        && int.TryParse(match.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (match.Groups["stem"].Value, number)
            : (name, 0);

    [GeneratedRegex(@"^(?<stem>.*)_(?<number>\d+)_\.\w+$", RegexOptions.Singleline)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^(?<name>.*?)(?: \[(?<type>input|output|temp)\])?$", RegexOptions.Singleline)]
    private static partial Regex Annotated();
}
