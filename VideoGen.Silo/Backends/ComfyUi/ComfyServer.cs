using Microsoft.Extensions.Options;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Silo.Backends.ComfyUi.Workflows;
using VideoGen.Silo.Backends.Refusals;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.ComfyUi;

/// <summary>One ComfyUI server: its calls, what it knows, and whether it answers.</summary>
internal sealed partial class ComfyServer(
    Upstream upstream, UpstreamClient client, IOptions<HuggingFaceOptions> options, TimeProvider time,
    ILogger<ComfyServer> logger)
{
    /// <summary>
    /// How long an answer about the version holds: a server that stops is noticed by the calls that follow anyway.
    /// </summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private (ComfyVersion Version, long At)? _known;
    private string? _told;

    public Upstream Upstream => upstream;

    public TimeSpan SubmitTimeout => options.Value.SubmitTimeout;

    public ComfyCalls Calls { get; } = new(upstream, client, options);

    public ProviderErrors Errors { get; } = new(
        $"ComfyUI server {upstream.Name}", upstream.Name, "the workflow", upstream.Keys);

    public ComfyErrors Says => new(Errors);

    public NodeCatalog Nodes { get => field ??= new NodeCatalog(Calls, time); }

    public ComfyJobs Jobs { get => field ??= new ComfyJobs(Calls, Errors, time); }

    /// <summary>The workflow of a model; null when the settings no longer have it.</summary>
    public Workflow? Find(string? model) =>
        model is not null && upstream.Workflows.GetValueOrDefault(model) is { } file ? WorkflowFiles.Load(file) : null;

    /// <summary>The version, or why it cannot be known now.</summary>
    public async Task<(ComfyVersion? Version, GenerationError? WhyNot)> AskVersionAsync(CancellationToken cancellationToken)
    {
        if (_known is { } known && time.GetElapsedTime(known.At) < Fresh)
        {
            return (known.Version, null);
        }

        switch (await Calls.StatsAsync(cancellationToken))
        {
            case Exchange.Reply { IsSuccess: true, Json: { } json }
                when ComfyVersion.Parse(json.Get("system")?.Text("comfyui_version")) is { } version:
                _known = (version, time.GetTimestamp());
                Tell(version);
                return (version, null);
            case Exchange.Reply { IsSuccess: true }:
                return (null, new GenerationError(GenerationErrorCode.ProviderUnavailable,
                    $"The server at {upstream.Keys.Url} does not answer like ComfyUI. Correct the setting.", Retryable: true,
                    upstream.Name));
            case Exchange.Reply reply:
                return (null, Errors.Of(reply));
            case var silence:
                return (null, Errors.Unreachable(((Exchange.Silence)silence).Cause));
        }
    }

    /// <summary>The file that a submit has saved, if there is one, or why that cannot be known now.</summary>
    public async Task<(GenerationError? Error, ComfyFile? File)> FileOfAsync(
        string submitId, CancellationToken cancellationToken)
    {
        foreach (var file in ComfyFile.Of(submitId))
        {
            switch (await Calls.HasFileAsync(file, cancellationToken))
            {
                case Exchange.Reply { IsSuccess: true }:
                    return (null, file);
                case Exchange.Reply { Status: 404 }:
                    continue;
                case Exchange.Reply reply:
                    return (Errors.Unasked(reply, reply.Status), null);
                case var silence:
                    return (Errors.Unreachable(((Exchange.Silence)silence).Cause), null);
            }
        }

        return (null, null);
    }

    private void Tell(ComfyVersion version)
    {
        if (Interlocked.Exchange(ref _told, version.Number.ToString()) == version.Number.ToString())
        {
            return;
        }

        LogVersion(upstream.Name, version.Number);
        if (version.Limits is { } limits)
        {
            LogLimits(upstream.Name, limits);
        }
    }

    [LoggerMessage(LogLevel.Information, "Upstream {Upstream} runs ComfyUI {Version}")]
    private partial void LogVersion(string upstream, Version version);

    [LoggerMessage(LogLevel.Warning, "Upstream {Upstream}: {Limits}")]
    private partial void LogLimits(string upstream, string limits);
}
