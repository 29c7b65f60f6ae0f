namespace VideoGen.Grains.Contracts;

/// <summary>
/// Who wants a render slot. <paramref name="AcceptedAt"/> orders the queue; <paramref name="Model"/> is what the upstream calls
/// the model, null where the upstream has one only: an order without a model waits for every pause of its upstream.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.slot-request")]
public sealed record SlotRequest(string GenerationId, DateTimeOffset AcceptedAt, string? Model = null, bool IsRunning = false);
