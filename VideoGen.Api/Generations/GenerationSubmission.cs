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
/// key the same request creates one generation, however often and wherever it arrives. Without one, <paramref name="retries"/>
/// recognizes the repetitions of clients that repeat by themselves.
/// </summary>
internal sealed class GenerationSubmission(
    HttpContext context, IGrainFactory grains, Waiting waiting, string? key, string fingerprint, ClientRetries? retries = null)
{
    private readonly IIdempotencyGrain? _keyed =
        key is null ? null : grains.Grain<IIdempotencyGrain>($"{context.Caller().Owner}/{Fingerprint.Of(key)}");

    private UnkeyedSubmission? _unkeyed;

    /// <summary>
    /// Returns the response to a request that was accepted earlier and is repeated by this one, even if the picture or the disk
    /// space is gone. Returns null if there is none. Call this before anything is stored for the request.
    /// </summary>
    public async Task<SubmissionOutcome?> FindAsync()
    {
        if (_keyed is null && retries is not null)
        {
            _unkeyed = retries.Of(context, fingerprint);
        }

        var reply = _keyed is not null ? await _keyed.FindAsync(fingerprint)
            : _unkeyed is not null ? await _unkeyed.ReserveAsync()
            : null;
        return reply is null or { Standing: KeyStatus.New } ? null : await AnswerAsync(reply);
    }

    public async Task<SubmissionOutcome> SubmitAsync(GenerationRequest request)
    {
        if (_unkeyed is not null)
        {
            return await AnswerAsync(await _unkeyed.SubmitAsync(request));
        }

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
