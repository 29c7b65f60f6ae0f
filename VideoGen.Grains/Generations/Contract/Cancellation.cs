namespace VideoGen.Grains.Generations.Contract;

/// <summary>
/// A user's request to cancel a generation: when it was made, whether it is certain that nothing is still running (null while the
/// backend is being asked), and a message for the user if there is something to know.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.cancellation")]
public sealed record Cancellation(DateTimeOffset RequestedAt, bool? Confirmed = null, string? Message = null);
