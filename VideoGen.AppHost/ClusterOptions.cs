using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace VideoGen.AppHost;

/// <summary>The options from the command line or from the configuration section <c>Cluster</c>.</summary>
internal sealed record ClusterOptions
{
    public const string Usage = """
        VideoGen.AppHost runs a whole cluster on this machine, with the Aspire dashboard: a Redis, silos and API replicas.

        Usage: ./run.sh --cluster [SILOS] [--fake-hub] [--apis 2] [--redis auto] [--VideoGen:Name value ...]

          SILOS       processes that render videos, 1 to 16 (3); --silos 3 where it is started without run.sh
          --apis      API replicas, 1 to 8 (2), behind the port PORT (7860)
          --redis     container, process (the local redis-server), the connection string of an existing Redis that no
                      other cluster uses, or auto: a container where a container engine answers, else a process
          --fake-hub  a stand-in for Hugging Face, which costs nothing

        Redis, media and uploads are in data/cluster. HF_TOKEN, and VideoGen settings as arguments or in the environment, go
        to the silos and APIs.

        """;

    private const string Section = "Cluster";
    private const int DefaultPort = 7860;

    private static readonly Dictionary<string, string> Names = new()
    {
        ["--silos"] = $"{Section}:{nameof(Silos)}",
        ["--apis"] = $"{Section}:{nameof(Apis)}",
        ["--redis"] = $"{Section}:{nameof(Redis)}",
        ["--fake-hub"] = $"{Section}:{nameof(FakeHub)}=true",
    };

    [Range(1, 16, ErrorMessage = "--silos must be a number from 1 to 16.")]
    public int Silos { get; init; } = 3;

    [Range(1, 8, ErrorMessage = "--apis must be a number from 1 to 8.")]
    public int Apis { get; init; } = 2;

    /// <summary>auto, container, process, or a connection string.</summary>
    public string Redis { get; init; } = "auto";

    /// <summary>Whether renders go to the Hugging Face stand-in.</summary>
    public bool FakeHub { get; init; }

    /// <summary>The port of the APIs on the loopback interface.</summary>
    [Range(1, ushort.MaxValue, ErrorMessage = "PORT must be a number from 1 to 65535.")]
    public int Port { get; init; } = DefaultPort;

    /// <summary>The full path of the folder that holds all data of this cluster.</summary>
    public string DataDirectory { get; init; } = "";

    /// <summary>The arguments in the form that .NET configuration reads: setting names, each with a value.</summary>
    public static string[] ForConfiguration(string[] args) =>
        [.. args.Select(arg => Names.TryGetValue(arg, out var name) ? "--" + name : arg)];

    /// <summary>Reads and validates the options; throws when one is invalid.</summary>
    public static ClusterOptions Read(IDistributedApplicationBuilder builder)
    {
        try
        {
            var configuration = builder.Configuration;
            var data = configuration["VideoGen:DataDirectory"] is { Length: > 0 } given ? given : "data";
            var options = (configuration.GetSection(Section).Get<ClusterOptions>() ?? new()) with
            {
                Port = configuration.GetValue("PORT", DefaultPort),
                DataDirectory = Path.GetFullPath(
                    Path.Combine(data, "cluster"), Path.GetFullPath("..", builder.AppHostDirectory)),
            };
            Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
            return options;
        }
        catch (Exception wrong) when (wrong is ValidationException or InvalidOperationException)
        {
            throw new LaunchException(wrong.Message, wrong);
        }
    }
}
