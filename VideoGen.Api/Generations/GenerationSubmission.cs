using VideoGen.Api.Authentication;
using VideoGen.Api.Http;
using VideoGen.Api.RateLimiting;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Idempotency;

namespace VideoGen.Api.Generations;

/// <summary>
/// One request for a new generation, with or without an idempotency key (draft-ietf-httpapi-idempotency-key-header-07). With a
/// key the same request creates one generation, however often and wherever it arrives.
/// </summary>
internal sealed class GenerationSubmission(
    HttpContext context, IGrainFactory grains, Waiting waiting, string? key, string fingerprint)
{
    private readonly IIdempotencyGrain? _keyed =
        key is null ? null : grains.Grain<IIdempotencyGrain>($"{context.Caller().Owner}/{Fingerprint.Of(key)}");

    /// <summary>
    /// Returns the response to a request that was accepted earlier under its key, even if the picture or the disk space is gone.
    /// Returns null if there is none.
    /// </summary>
    public async Task<SubmissionOutcome?> FindAsync() =>
        _keyed is not null && await _keyed.FindAsync(fingerprint) is { Standing: not KeyStatus.New } reply
            ? await AnswerAsync(reply)
            : null;

    public async Task<SubmissionOutcome> SubmitAsync(GenerationRequest request)
    {
        var id = Guid.CreateVersion7().ToString();    // chosen before the call, which may be repeated
        if (_keyed is not null)
        {
            return await AnswerAsync(await _keyed.SubmitAsAsync(fingerprint, id, request));
        }

        var reply = await grains.Grain<IGenerationGrain>(id).SubmitAsync(request);
        return await AnswerAsync(reply.Generation, reply.RetryAfter, reply.Allowance);
    }

    private async Task<SubmissionOutcome> AnswerAsync(KeyedReply reply)
    {
        switch (reply)
        {
            case { Standing: KeyStatus.OtherBody }:
                return SubmissionOutcome.Rejected(Problem.KeyReused());
            case { Standing: KeyStatus.Replayed, Generation: null }:
                return SubmissionOutcome.Rejected(Problem.GenerationNotFound(reply.GenerationId!));
            case { Standing: KeyStatus.Replayed }:
                context.Response.Headers["Idempotency-Replayed"] = "true";
                break;
        }

        return await AnswerAsync(reply.Generation, reply.RetryAfter, reply.Allowance);
    }

    private async Task<SubmissionOutcome> AnswerAsync(
        GenerationSnapshot? generation, TimeSpan? retryAfter, QuotaReply? quota)
    {
        if (OwnerLimits.Write(context.Response, quota) is { } refusal)
        {
            return SubmissionOutcome.Rejected(refusal);
        }

        if (generation is null)
        {
            return SubmissionOutcome.Rejected(Problem.QueueFull(context.Response, retryAfter ?? TimeSpan.Zero));
        }

        return new SubmissionOutcome(await waiting.ForEndAsync(context, generation) ?? generation, null);
    }
}
