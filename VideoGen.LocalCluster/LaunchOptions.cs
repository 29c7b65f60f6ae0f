using System.Globalization;

namespace VideoGen.LocalCluster;

/// <summary>What is asked for. Arguments that are not of this program go on to every silo and API.</summary>
internal sealed record LaunchOptions
{
    public const string Usage = """
        VideoGen.LocalCluster runs a whole cluster on this machine: a Redis, silos and two APIs, on one screen, until Ctrl-C.

        Usage: ./run.sh --cluster [SILOS] [--fake-hub] [--apis 2] [--Name:Of:Setting value ...]

          SILOS       processes that make films, 1 to 16 (3)
          --apis      processes that answer HTTP, 1 to 8 (2), on PORT (7860) and the ports after it
          --fake-hub  with a stand-in for Hugging Face, which costs nothing

        Everything lies in data/cluster: redis, media, logs. Other arguments and the environment go to every silo and API.

        """;

    private const int DefaultPort = 7860;

    public int Silos { get; init; } = 3;

    public int Apis { get; init; } = 2;

    public bool FakeHub { get; init; }

    /// <summary>Of the first API.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>The full path of the folder that holds everything of this cluster.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The folder with one folder for each program.</summary>
    public string Programs { get; init; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, ".."));

    public IReadOnlyList<string> PassedOn { get; init; } = [];

    /// <summary>Null, with a sentence that says what is wrong, when an argument can not be used.</summary>
    public static LaunchOptions? Parse(string[] args, Func<string, string?> environment, out string complaint)
    {
        var data = environment("VideoGen__DataDirectory") is { Length: > 0 } given ? given : "data";
        var options = new LaunchOptions { DataDirectory = Path.GetFullPath(Path.Combine(data, "cluster")) };
        complaint = "";
        if (environment("PORT") is { Length: > 0 } port)
        {
            options = options with { Port = Number("PORT", port, 1, ushort.MaxValue - 8, ref complaint) };
        }

        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--silos" => options with { Silos = Number("--silos", Next(ref i), 1, 16, ref complaint) },
                "--apis" => options with { Apis = Number("--apis", Next(ref i), 1, 8, ref complaint) },
                "--programs" => options with { Programs = Path.GetFullPath(Next(ref i)) },
                "--fake-hub" => options with { FakeHub = true },
                var other => options with { PassedOn = [.. options.PassedOn, other] },
            };
        }

        return complaint.Length == 0 ? options : null;

        string Next(ref int i) => ++i < args.Length ? args[i] : "";
    }

    private static int Number(string name, string text, int least, int most, ref string complaint)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
        {
            return number;
        }

        complaint = $"{name} must be a number from {least} to {most}.";
        return least;
    }
}
