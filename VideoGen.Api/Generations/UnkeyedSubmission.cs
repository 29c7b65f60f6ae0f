using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Idempotency;

namespace VideoGen.Api.Generations;

/// <summary>The generation of one request without a key, and what became of its response.</summary>
internal sealed class UnkeyedSubmission(HttpContext context, IUnkeyedRequestsGrain grain, UnkeyedRequest request)
{
    private string _generationId = request.Id;
    private bool _isAccepted;
    private CancellationTokenRegistration _abort;
    private Task _lost = Task.CompletedTask;

    public async Task<KeyedReply> ReserveAsync()
    {
        context.Response.OnCompleted(EndAsync);
        var reply = await grain.ReserveAsync(request);
        (_generationId, _isAccepted) = (reply.GenerationId!, reply.Standing is KeyStatus.Replayed);

        // At once and not at the end of the request: some clients repeat within milliseconds.
        _abort = context.RequestAborted.Register(() => _lost = grain.EndedAsync(_generationId, request.Id, false, isSent: false));
        return reply;
    }

    public async Task<KeyedReply> SubmitAsync(GenerationRequest generation)
    {
        var reply = await grain.SubmitAsync(_generationId, generation);
        _isAccepted = reply.Generation is not null;
        return reply;
    }

    private async Task EndAsync()
    {
        await _abort.DisposeAsync();
        await _lost;
        var isSent = !context.RequestAborted.IsCancellationRequested
            && context.Response.StatusCode < StatusCodes.Status500InternalServerError;
        await grain.EndedAsync(_generationId, request.Id, _isAccepted, isSent);
    }
}
