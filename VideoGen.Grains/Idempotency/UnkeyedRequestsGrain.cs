using VideoGen.Grains.Calls;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Storage;

namespace VideoGen.Grains.Idempotency;

/// <summary>Equal requests of one owner are serialized here, whichever node received them.</summary>
[GrainType("videogen.unkeyed-requests")]
internal sealed class UnkeyedRequestsGrain(
    [PersistentState("requests", KeyStorage.Name)] IPersistentState<UnkeyedReservations> state, TimeProvider time)
    : Grain, IUnkeyedRequestsGrain
{
    public async Task<KeyedReply> ReserveAsync(UnkeyedRequest request)
    {
        var (next, reserved) = state.State.Reserve(request, time.GetUtcNow());
        await SaveAsync(next);
        return reserved.IsAccepted && reserved.GenerationId != request.Id
            ? await ReplayAsync(reserved.GenerationId)
            : new KeyedReply(KeyStatus.New, reserved.GenerationId);
    }

    public async Task<KeyedReply> SubmitAsync(string generationId, GenerationRequest request)
    {
        var reserved = state.State.Find(generationId);
        if (reserved is { IsAccepted: true })
        {
            return await ReplayAsync(generationId);    // another request with this generation was faster
        }

        if (reserved?.RequestId != generationId)
        {
            Repetition.Mark();
        }

        var reply = await Generation(generationId).SubmitAsync(request);
        if (reply.Generation is not null)
        {
            // Written with the end of the response: a crash before it leads to the same submit again, which changes nothing.
            state.State = state.State.Accept(generationId);
        }

        return new KeyedReply(KeyStatus.New, generationId, reply.Generation, reply.RetryAfter, reply.Allowance);
    }

    public Task EndedAsync(string generationId, string requestId, bool isAccepted, bool isSent) =>
        SaveAsync((isAccepted ? state.State.Accept(generationId) : state.State).End(generationId, requestId, isSent));

    private async Task<KeyedReply> ReplayAsync(string generationId) =>
        new(KeyStatus.Replayed, generationId, await Generation(generationId).GetAsync());

    private IGenerationGrain Generation(string id) => GrainFactory.GetGrain<IGenerationGrain>(id);

    private Task SaveAsync(UnkeyedReservations next) =>
        ReferenceEquals(next, state.State) ? Task.CompletedTask : state.SaveAsync(next, DeactivateOnIdle);
}
