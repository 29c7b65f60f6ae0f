using System.Globalization;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using VideoGen.Api.Authentication;
using VideoGen.Api.Generations;
using VideoGen.Api.Http;
using VideoGen.Api.RateLimiting;
using VideoGen.Api.Subscriptions;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Api.Mcp;

/// <summary>Waits for the end of a video, and reports its progress meanwhile.</summary>
internal sealed class WaitForVideoTool(
    IGrainFactory grains, Waiting waiting, StreamLimiter streams, LocalLimits limits, MediaLinks links) : VideoTool
{
    private const string Timeout = "timeout_seconds";

    /// <summary>Below the 60 seconds after which many hosts give a call up.</summary>
    private const int DefaultSeconds = 50;
    private const int MaxSeconds = 600;

    public override Tool Description { get; } = new()
    {
        Name = "wait_for_video",
        Title = "Wait for a video",
        Description = "Waits until a video is completed or has failed, at most timeout_seconds, and returns its state. Reports "
            + "progress while it waits. If the video is not finished then, call it again. Costs nothing.",
        InputSchema = Schema("""
            {"type":"object","required":["id"],"additionalProperties":false,"properties":{
            "id":{"type":"string","description":"The id that generate_video returned."},
            "timeout_seconds":{"type":"integer","minimum":1,"maximum":600,"default":50,"description":"How long to wait. Hosts may give up a call after a minute."}}}
            """),
        Annotations = new() { ReadOnlyHint = true, OpenWorldHint = false },
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var id = call.Id(errors);
        var seconds = SecondsOf(call, errors);
        if (errors.Any)
        {
            return ToolAnswer.Of(Problem.Invalid(errors), call.Http.Response);
        }

        var taken = new List<IDisposable>(2);
        try
        {
            return await OwnGeneration.FindAsync(call.Http, grains, id) is not { } own
                ? ToolAnswer.Of(Problem.GenerationNotFound(), call.Http.Response)
                : limits.Take(call.Http, RequestCost.Stream, call.Owner, taken) is { } limit
                ? ToolAnswer.Of(Problem.LimitReached(call.Http.Response, limit), call.Http.Response)
                : await WaitAsync(call, own.Found, TimeSpan.FromSeconds(seconds), cancellationToken);
        }
        finally
        {
            taken.ForEach(permit => permit.Dispose());
        }
    }

    private async Task<ToolAnswer> WaitAsync(
        ToolCall call, GenerationSnapshot generation, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var stream = streams.TryEnter();
        if (stream is null)
        {
            return ToolAnswer.Of(Problem.StreamsBusy(call.Http.Response), call.Http.Response);
        }

        var reported = 0f;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, call.Http.Caller().Ended);
        var latest = await waiting.FollowAsync(generation, timeout, ReportAsync, end.Token);
        return latest is null ? ToolAnswer.Of(Problem.GenerationNotFound(), call.Http.Response)
            : ToolAnswer.Of(McpVideo.From(latest, links, call.Http.Request));

        Task ReportAsync(GenerationSnapshot now)
        {
            // Each report must be higher than the one before, also where the progress has not changed or is not known.
            reported = Math.Max(MathF.BitIncrement(reported), Math.Min(99, 100 * (float)(now.Progress ?? 0)));
            return call.ReportAsync(reported, MessageOf(now), end.Token);
        }
    }

    private static string MessageOf(GenerationSnapshot now)
    {
        var stage = JsonNamingPolicy.SnakeCaseLower.ConvertName(now.Stage.ToString()).Replace('_', ' ');
        return now.WaitReason is { } reason ? $"{stage}: {reason}"
            : now.QueuePosition is { } position
            ? string.Create(CultureInfo.InvariantCulture, $"{stage}: position {position} in the queue")
            : stage;
    }

    private static int SecondsOf(ToolCall call, FieldErrors errors)
    {
        if (!call.Arguments.TryGetValue(Timeout, out var value) || value.ValueKind is JsonValueKind.Null)
        {
            return DefaultSeconds;
        }

        if (value.AsInteger() is >= 1 and <= MaxSeconds and var seconds)
        {
            return seconds;
        }

        errors.Add(Timeout, "timeout_seconds must be a whole number from 1 to 600.");
        return 0;
    }
}
