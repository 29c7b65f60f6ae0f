using Microsoft.AspNetCore.Http;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Servers.Gpus;

/// <summary>
/// A stand-in for a GPU server of one's own, of either kind: what can go wrong with it, and what its books say, in one language.
/// </summary>
internal abstract class GpuServer : IAsyncDisposable
{
    /// <summary>The kinds of upstreams that are such a server.</summary>
    public static readonly string[] Kinds = ["comfyui", "openai-videos"];

    /// <summary>The root of the server; it is the same after a restart.</summary>
    public abstract Uri Address { get; }

    /// <summary>What really happened, oldest first.</summary>
    public abstract IReadOnlyList<GpuLine> Lines { get; }

    /// <summary>The lines about the order with a seed, and about the server as a whole.</summary>
    public IReadOnlyList<GpuLine> Of(long seed) => [.. Lines.Where(line => line.Seed == seed || line.Seed is null)];

    public int Count(GpuEvent kind, long seed) => Lines.Count(line => line.Event == kind && line.Seed == seed);

    /// <summary>Starts a stand-in at a free port; where <paramref name="pays"/>, every run that starts is charged.</summary>
    public static async Task<GpuServer> StartAsync(string kind, bool pays = false, double seconds = 0.5) => kind == Kinds[0]
        ? await ComfyGpu.StartAsync(pays, seconds)
        : await VideosGpu.StartAsync(pays, seconds);

    /// <summary>The settings of an upstream, and of one model with the same name, at an address or at its own.</summary>
    public (string Name, string Value)[] Settings(string name, Uri? address = null) =>
    [
        .. UpstreamSettings(name, address),
        ($"VideoGen__Models__{name}__Upstream", name), .. ModelSettings(name),
    ];

    /// <summary>The settings of an upstream without a model.</summary>
    public abstract (string Name, string Value)[] UpstreamSettings(string name, Uri? address = null);

    /// <summary>The settings of a model but for its upstreams.</summary>
    public abstract (string Name, string Value)[] ModelSettings(string name);

    /// <summary>Scripts a fault for the orders whose script contains the text.</summary>
    public abstract void Strike(GpuFault fault, string script, double? seconds = null, int times = 1);

    /// <summary>What a request asks for; null for others.</summary>
    public abstract GpuStep? StepOf(HttpRequest request);

    public abstract Task RestartAsync();

    public abstract Task StopAsync();

    public abstract Task StartAgainAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>A product that talks to such servers, with the patience of a test.</summary>
    /// <remarks>The doubts last longer than the 15 seconds for which a list of jobs may lack a new one.</remarks>
    public static Task<ApiProcess> StartProductAsync(params IEnumerable<(string Name, string Value)> settings) =>
        ApiProcess.StartAsync(
        [
            ("VideoGen__Generation__PollInterval", "00:00:00.050"),
            ("VideoGen__Generation__MaxPollInterval", "00:00:00.250"),
            ("VideoGen__Generation__FirstRetryDelay", "00:00:00.050"),
            ("VideoGen__Generation__MaxRetryDelay", "00:00:02"),
            ("VideoGen__Generation__SuspectTime", "00:00:18"),
            ("VideoGen__Inference__FirstProbeDelay", "00:00:01"),
            .. settings,
        ]);
}

/// <summary>One line of the books of either stand-in; the seed is that of the order.</summary>
internal sealed record GpuLine(GpuEvent Event, long? Seed, string Text);

internal enum GpuEvent
{
    /// <summary>A submit became a run, whatever the client was told.</summary>
    Accepted,

    /// <summary>A submit was cut off or refused, and there is no run.</summary>
    NotAccepted,

    Started,
    Charged,
    Finished,

    /// <summary>A run failed, or was stopped on request.</summary>
    Ended,

    /// <summary>A restart lost the run, or its video before it was fetched.</summary>
    Lost,

    /// <summary>The video was handed out to its end.</summary>
    Fetched,

    Restarted,
}

internal enum GpuFault
{
    /// <summary>Pictures are not taken at ComfyUI, whichever order they are for.</summary>
    BadGatewayOnUpload,

    CutBeforeAccept,
    RestartBeforeAccept,
    SlowAccept,
    CutAfterAccept,
    BadGatewayAfterAccept,
    RestartAfterAccept,
    CutPollBefore,
    CutPollAfter,
    BadGatewayOnPoll,
    RestartWhileRunning,
    RestartAfterFinish,
    CutVideoBefore,
    CutVideoAfter,
    CutVideoMiddle,
    CutCancelBefore,
    CutCancelAfter,

    /// <summary>No fault: the run takes this long.</summary>
    RunTime,
}

/// <summary>The requests of a product in the life of an order.</summary>
internal enum GpuStep
{
    Submit,

    /// <summary>How the job stands, before it is sent (ComfyUI only) or afterwards.</summary>
    Poll,

    Video,
}
