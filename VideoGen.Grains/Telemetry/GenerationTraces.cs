using System.Diagnostics;
using VideoGen.Grains.Generations.Ledger;

namespace VideoGen.Grains.Telemetry;

/// <summary>
/// One trace per generation, from the request that created it to the video. The request's context is stored with the generation,
/// and every later span is a child of it, whichever process creates it. A span is created when its operation has ended, or lasts
/// no longer than one operation, so that a crash loses only its own span.
/// </summary>
internal sealed class GenerationTraces : IDisposable
{
    private const string Unrecorded = "videogen.unrecorded";

    private readonly ActivitySource _source = new(GenerationTelemetry.Name);

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    /// <summary>The context to store with a new generation; null when the request is not traced.</summary>
    public static string? Accept(string id)
    {
        var request = Activity.Current;
        request?.SetTag(Tag.Generation, id);
        return request is { Recorded: true } ? request.Id : null;
    }

    /// <summary>Links the request that retries a generation to the generation's trace.</summary>
    public static void LinkRetry(string? trace)
    {
        if (Activity.Current is { Recorded: true } request
            && ActivityContext.TryParse(trace, null, isRemote: true, out var context))
        {
            request.AddLink(new ActivityLink(context));
        }
    }

    /// <summary>
    /// Puts a detached loop into the trace of its generation without recording anything: its calls to the slot grain, the store
    /// and, many times, the provider are counted and not traced. Only spans that <see cref="Start"/> begins, and calls within
    /// them, are recorded.
    /// </summary>
    public void Follow(string? trace)
    {
        // The loop has inherited the contexts of its starter; the second one also contains a traceparent.
        Activity.Current = null;
        RequestContext.Clear();
        if (_source.HasListeners() && ActivityContext.TryParse(trace, null, isRemote: true, out var request))
        {
            new Activity(Unrecorded).SetParentId(request.TraceId, request.SpanId, ActivityTraceFlags.None).Start();
        }
    }

    /// <summary>Begins a span of a generation; null when there is no listener.</summary>
    public Activity? Start(string act, ActivityKind kind, string id, int attempt) =>
        Begin(act, kind, ContextOfRequest(), DateTimeOffset.UtcNow, id, attempt);

    /// <summary>
    /// Creates a span for a completed operation: its start is stored, so it survives the process in which it began.
    /// </summary>
    public void Completed(string act, string id, Generation generation, DateTimeOffset from, DateTimeOffset to)
    {
        if (!_source.HasListeners() || !ActivityContext.TryParse(generation.TraceParent, null, isRemote: true, out var request))
        {
            return;
        }

        var attempt = generation.Attempt!;
        using var span = Begin(act, ActivityKind.Internal, request, from, id, attempt.Number);
        Describe(span, BackendTags.Of(generation), (attempt.Error ?? generation.Error)?.Code);
        span?.SetEndTime(to.UtcDateTime);
    }

    private Activity? Begin(string act, ActivityKind kind, ActivityContext parent, DateTimeOffset from, string id, int attempt) =>
        _source.StartActivity("generation." + act, kind, parent, startTime: from)
            ?.SetTag(Tag.Generation, id).SetTag(Tag.Attempt, attempt);

    private static ActivityContext ContextOfRequest() => Activity.Current switch
    {
        null => default,
        { OperationName: Unrecorded } loop => new(loop.TraceId, loop.ParentSpanId, ActivityTraceFlags.Recorded, isRemote: true),
        var other => other.Context,
    };

    /// <summary>Of an error only the code is recorded, because its message may repeat what a user wrote.</summary>
    public static void Describe(Activity? span, KeyValuePair<string, object?>[] tags, string? errorCode)
    {
        foreach (var (key, value) in tags)
        {
            span?.SetTag(key, value);
        }

        if (errorCode is not null)
        {
            span?.SetTag(Tag.Error, errorCode).SetStatus(ActivityStatusCode.Error);
        }
    }
}
