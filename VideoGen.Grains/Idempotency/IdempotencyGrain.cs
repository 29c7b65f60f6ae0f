using VideoGen.Grains.Calls;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Storage;

namespace VideoGen.Grains.Idempotency;

/// <summary>Concurrent duplicates are serialized here, whichever node received them.</summary>
[GrainType("videogen.idempotency")]
internal sealed class IdempotencyGrain(
    [PersistentState("key", KeyStorage.Name)] IPersistentState<KeyReservation> state, TimeProvider time)
    : Grain, IIdempotencyGrain
{
    public async Task<KeyedReply> FindAsync(string fingerprint)
    {
        var known = state.State;
        if (!known.IsInForce(time.GetUtcNow()))
        {
            return new KeyedReply(KeyStatus.New);
        }

        if (known.Fingerprint != fingerprint)
        {
            return new KeyedReply(KeyStatus.OtherBody);
        }

        return known.IsAccepted
            ? new KeyedReply(KeyStatus.Replayed, known.GenerationId, await Generation(known.GenerationId).GetAsync())
            : new KeyedReply(KeyStatus.New, known.GenerationId);
    }

    public Task<KeyedReply> SubmitAsync(string fingerprint, GenerationRequest request) =>
        SubmitAsAsync(fingerprint, Guid.CreateVersion7().ToString(), request);

    public async Task<KeyedReply> SubmitAsAsync(string fingerprint, string generationId, GenerationRequest request)
    {
        var known = await FindAsync(fingerprint);
        if (known.Standing is not KeyStatus.New)
        {
            // A first call whose response was lost created it, and this is the repetition of that call.
            return known.GenerationId == generationId ? known with { Standing = KeyStatus.New } : known;
        }

        if (known.GenerationId is null)
        {
            await ForgetDroppedAsync();
            await SaveAsync(new KeyReservation
            {
                GenerationId = generationId,
                Fingerprint = fingerprint,
                ReservedAt = time.GetUtcNow(),
            });
        }
        else
        {
            Repetition.Mark();
        }

        var id = state.State.GenerationId;
        var reply = await Generation(id).SubmitAsync(request);
        if (reply.Generation is null)
        {
            return new KeyedReply(KeyStatus.New, id, null, reply.RetryAfter, reply.Allowance);
        }

        await SaveAsync(state.State with { IsAccepted = true });
        return new KeyedReply(KeyStatus.New, id, reply.Generation, null, reply.Allowance);
    }

    public async Task<KeyedReply> ReserveAsync(string fingerprint, string id)
    {
        var known = state.State;
        if (known.IsInForce(time.GetUtcNow()))
        {
            return known.Fingerprint != fingerprint ? new KeyedReply(KeyStatus.OtherBody)
                : new KeyedReply(known.IsAccepted ? KeyStatus.Replayed : KeyStatus.New, known.GenerationId);
        }

        await ForgetDroppedAsync();
        await SaveAsync(new KeyReservation { GenerationId = id, Fingerprint = fingerprint, ReservedAt = time.GetUtcNow() });
        return new KeyedReply(KeyStatus.New, id);
    }

    public Task AcceptAsync() => SaveAsync(state.State with { IsAccepted = true });

    private IGenerationGrain Generation(string id) => GrainFactory.GetGrain<IGenerationGrain>(id);

    /// <summary>The store may have expired the entry during this activation, whose ETag is then invalid.</summary>
    private Task ForgetDroppedAsync() => state.RecordExists ? state.ReadStateAsync() : Task.CompletedTask;

    private Task SaveAsync(KeyReservation next) => state.SaveAsync(next, DeactivateOnIdle);
}
