using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Idempotency;

namespace VideoGen.Api.Generations;

/// <summary>The generation of one request without a key, and what became of its response.</summary>
internal sealed class UnkeyedSubmission(HttpContext context, IUnkeyedRequestsGrain grain, UnkeyedRequest request)
{
    private string _generationId = request.Id;
    private bool _isAccepted;

    public async Task<KeyedReply> ReserveAsync()
    {
        context.Response.OnCompleted(EndAsync);
        var reply = await grain.ReserveAsync(request);
        (_generationId, _isAccepted) = (reply.GenerationId!, reply.Standing is KeyStatus.Replayed);
        return reply;
    }

    public async Task<KeyedReply> SubmitAsync(GenerationRequest generation)
    {
        var reply = await grain.SubmitAsync(_generationId, generation);
        _isAccepted = reply.Generation is not null;
        return reply;
    }

    private Task EndAsync()
    {
        var isSent = !context.RequestAborted.IsCancellationRequested
            && context.Response.StatusCode < StatusCodes.Status500InternalServerError;
        return grain.EndedAsync(_generationId, request.Id, _isAccepted, isSent);
    }
}
