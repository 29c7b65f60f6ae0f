namespace VideoGen.Grains.Generations.Contract;

/// <summary>
/// A user's wish to end a generation: when it came, whether it is certain that nothing runs on (null while the backend is being
/// asked), and a sentence for the user where there is something to know.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.cancellation")]
public sealed record Cancellation(DateTimeOffset RequestedAt, bool? Confirmed = null, string? Message = null);
