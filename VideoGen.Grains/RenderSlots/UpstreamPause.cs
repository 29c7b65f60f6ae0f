using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.RenderSlots;

/// <summary>
/// What an upstream refused about more than one request: a code of <see cref="GenerationErrorCode"/>, a message without secrets,
/// the model that it is about, or null for the whole account, and after what time the upstream wants to be asked again.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.upstream-pause")]
public sealed record UpstreamPause(string Reason, string Message, string? Model = null, TimeSpan? RetryAfter = null);

/// <summary>A queue, or its part for one model, and since when it is paused.</summary>
[GenerateSerializer, Immutable, Alias("videogen.paused-upstream")]
public sealed record PausedUpstream(string Backend, UpstreamPause Pause, DateTimeOffset Since);
