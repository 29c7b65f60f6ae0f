namespace VideoGen.Grains.Contracts;

/// <summary>
/// What an upstream refused about more than one order: a code of <see cref="GenerationErrorCode"/>; a sentence for people,
/// without secrets; the model that it is about, or null for the whole account; and after what time the upstream wants to be asked
/// again.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.upstream-pause")]
public sealed record UpstreamPause(string Reason, string Message, string? Model = null, TimeSpan? RetryAfter = null);

/// <summary>A queue, or the part of it for one model, that is paused since then.</summary>
[GenerateSerializer, Immutable, Alias("videogen.paused-upstream")]
public sealed record PausedUpstream(string Backend, UpstreamPause Pause, DateTimeOffset Since);
