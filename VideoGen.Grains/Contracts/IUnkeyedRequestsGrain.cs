using VideoGen.Grains.Calls;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Idempotency;

namespace VideoGen.Grains.Contracts;

/// <summary>
/// Recognizes the repetitions of clients that send a request again when its answer is lost, and send no idempotency key; the key
/// of the grain is <c>{owner}/{fingerprint of the request}</c>.
/// </summary>
[GrainInterfaceType("videogen.unkeyed-requests")]
public interface IUnkeyedRequestsGrain : IGrainWithStringKey
{
    /// <summary>
    /// Decides which generation a request belongs to, before anything is stored for it: one of its own, or that of an earlier
    /// request that it repeats. The reply is <see cref="KeyStatus.Replayed"/> if that one was accepted.
    /// </summary>
    [Alias("reserve"), Repeatable]
    Task<KeyedReply> ReserveAsync(UnkeyedRequest request);

    /// <summary>Submits the generation with this id, which was reserved, once.</summary>
    [Alias("submit"), Repeatable]
    Task<KeyedReply> SubmitAsync(string generationId, GenerationRequest request);

    /// <summary>
    /// Takes note of the end of a response: whether the generation was accepted, and whether the response was sent, which it was
    /// not if it could not be written or was a 5xx. <paramref name="requestId"/> is the id of the request, and is not that of the
    /// generation in a repetition.
    /// </summary>
    [Alias("ended"), Repeatable]
    Task EndedAsync(string generationId, string requestId, bool isAccepted, bool isSent);
}
