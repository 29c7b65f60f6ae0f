using Microsoft.Extensions.Options;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Ports;
using VideoGen.Silo.Inference.Downloads;
using VideoGen.Silo.Inference.HuggingFace.Mapping;
using VideoGen.Silo.Inference.HuggingFace.Providers;
using VideoGen.Silo.Inference.HuggingFace.Verdicts;
using VideoGen.Silo.Inference.HuggingFace.Wire;
using static VideoGen.Grains.Contracts.GenerationErrorCode;

namespace VideoGen.Silo.Inference.HuggingFace;

/// <summary>
/// Inference Providers: paid job queues behind the router of Hugging Face. It keeps nothing of a job: plan and job carry all that
/// is needed to follow one after a restart.
/// </summary>
internal sealed partial class HuggingFaceBackend(
    RouterClient client, ModelMappings mappings, FilmDownload download, HubTokens tokens, IMediaStore store,
    IOptions<HuggingFaceOptions> options, TimeProvider time, ILogger<HuggingFaceBackend> logger) : IVideoBackend
{
    private static readonly GenerationError NoToken = new(TokenRefused,
        "The server has no Hugging Face token. Set HF_TOKEN to one with the permission \"Make calls to Inference Providers\" " +
        "and retry.",
        Retryable: true);

    private static readonly GenerationError Changed = new(GenerationErrorCode.ProviderUnavailable,
        "The order is not the one that was planned; it is planned again.", Retryable: true);

    public string Name => BackendChoice.HuggingFace;

    public BackendTraits Traits { get; } = new(IsPreview: false, RepeatCostsMoney: true);

    public async Task<PlanOutcome> PlanAsync(RenderOrder order, CancellationToken cancellationToken)
    {
        if (tokens.Current is not { } token)
        {
            return new PlanOutcome.Refused(NoToken);
        }

        return await mappings.GetAsync(token, cancellationToken) switch
        {
            MappingAnswer.Known known => await PlanAsync(order, token, known.Mappings, cancellationToken),
            MappingAnswer.Refused refused => new PlanOutcome.Refused(refused.Error),
            MappingAnswer.Unavailable unavailable => new PlanOutcome.Unavailable(unavailable.Error, unavailable.RetryAfter),
            _ => throw new NotSupportedException(),
        };
    }

    public async Task<SubmitOutcome> SubmitAsync(RenderOrder order, RenderPlan plan, CancellationToken cancellationToken)
    {
        var (calls, whyNot) = JobCalls.For(plan, client, options, tokens);
        if (calls is null)
        {
            return new SubmitOutcome.NotAccepted(whyNot!, Transient: false);
        }

        var (picture, noPicture) = await ReadPictureAsync(order, cancellationToken);
        if (picture is null)
        {
            return noPicture!;
        }

        var body = await MakeBodyAsync(order, calls.Provider, calls.Model, plan.Model, picture, cancellationToken);
        if (body.Hash != plan.BodyHash)
        {
            return new SubmitOutcome.NotAccepted(Changed, Transient: true);
        }

        var exchange = await calls.OrderAsync(body, cancellationToken);
        var outcome = SubmitVerdict.Of(exchange, calls.Provider, calls.Model, calls.Errors, time.GetUtcNow());
        Log(order, plan, outcome);
        return outcome is SubmitOutcome.NotAccepted { Error.Code: ModelUnavailable } unmapped
            ? await LookAgainAsync(plan, unmapped, cancellationToken)
            : outcome;
    }

    public async Task<PollOutcome> PollAsync(
        RenderOrder order, RenderPlan plan, RenderJob job, CancellationToken cancellationToken)
    {
        var (calls, whyNot) = JobCalls.For(plan, client, options, tokens);
        if (calls is null)
        {
            // The job is paid for and may be fine: the old token can come back, or another silo still has it.
            return new PollOutcome.Unavailable(whyNot!);
        }

        var status = await calls.AskAsync(job.StatusPath!, cancellationToken);
        return PollVerdict.OfStatus(status, calls.Provider, calls.Errors, time.GetUtcNow())
            ?? PollVerdict.OfResult(
                await calls.AskAsync(job.ResultPath!, cancellationToken), calls.Provider, calls.Errors, time.GetUtcNow());
    }

    public async Task<FetchOutcome> FetchAsync(
        RenderOrder order, RenderPlan plan, RenderJob job, RenderResult result, CancellationToken cancellationToken)
    {
        var fetched = await FetchAsync(order, plan, result, cancellationToken);
        if (fetched is not FetchOutcome.Failed { Error.Code: JobLost })
        {
            return fetched;
        }

        // A signed URL ends before the film does: asking for the job once more gives a new one.
        return await PollAsync(order, plan, job, cancellationToken) switch
        {
            PollOutcome.Rendered again when again.Result != result => await FetchAsync(order, plan, again.Result, cancellationToken),
            PollOutcome.Unavailable later => new FetchOutcome.Unavailable(later.Error, later.RetryAfter),
            PollOutcome.Failed { Error: { Code: TokenRefused or PermissionMissing } refusal } => new FetchOutcome.Failed(refusal),
            _ => fetched,
        };
    }

    public async Task<CancelOutcome> CancelAsync(
        RenderOrder order, RenderPlan plan, RenderJob job, CancellationToken cancellationToken)
    {
        if (job.CancelPath is not { } path || JobCalls.For(plan, client, options, tokens).Calls is not { } calls)
        {
            return CancelOutcome.NotPossible;
        }

        var answer = CancelVerdict.Of(await calls.CancelAsync(path, cancellationToken));
        return answer is CancelOutcome.Unavailable
            ? answer
            : CancelVerdict.Of(answer, await PollAsync(order, plan, job, cancellationToken));
    }

    private async Task<PlanOutcome> PlanAsync(
        RenderOrder order, HubToken token, IReadOnlyList<ProviderMapping> known, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        var (mapping, whyNot) = ProviderChoice.Of(known, settings.Model, settings.Provider);
        if (mapping is null)
        {
            return new PlanOutcome.Refused(new GenerationError(ModelUnavailable, whyNot!, Retryable: true));
        }

        if (await store.ReadAsync(order, cancellationToken) is not { } picture)
        {
            return new PlanOutcome.Refused(CharacterPicture.Missing);
        }

        var provider = VideoProviders.Find(mapping.Provider)!;
        var body = await MakeBodyAsync(order, provider, mapping.Model, settings.Model, picture, cancellationToken);
        var credential = new Credential(token.Fingerprint, string.IsNullOrEmpty(settings.BillTo) ? null : settings.BillTo);
        return new PlanOutcome.Planned(
            new RenderPlan(provider.Id, mapping.Model.ToString(), settings.Model, body.Hash, credential.ToString()));
    }

    /// <summary>Nothing was sent yet: a store that fails here must not leave an order whose outcome is unknown.</summary>
    private async Task<(byte[]? Picture, SubmitOutcome.NotAccepted? WhyNot)> ReadPictureAsync(
        RenderOrder order, CancellationToken cancellationToken)
    {
        try
        {
            var picture = await store.ReadAsync(order, cancellationToken);
            return (picture, picture is null ? new SubmitOutcome.NotAccepted(CharacterPicture.Missing, Transient: false) : null);
        }
        catch (IOException error)
        {
            LogNoPicture(logger, error, order.GenerationId, order.Attempt);
            return (null, new SubmitOutcome.NotAccepted(CharacterPicture.OutOfReach, Transient: true));
        }
    }

    // Megabytes of base64 are not made on the scheduler of a grain.
    private static Task<OrderBody> MakeBodyAsync(RenderOrder order, VideoProvider provider, ProviderModel model, string? hubModel,
        byte[] picture, CancellationToken cancellationToken) =>
        Task.Run(() => OrderBody.Make(order, provider, model, hubModel ?? "", picture), cancellationToken);

    private Task<FetchOutcome> FetchAsync(
        RenderOrder order, RenderPlan plan, RenderResult result, CancellationToken cancellationToken) =>
        Task.Run(
            () => download.FetchAsync(result.Location, order.OriginalName, plan.Provider, cancellationToken), cancellationToken);

    /// <summary>The provider does not serve the model: worth another try only when the Hub names another way by now.</summary>
    private async Task<SubmitOutcome> LookAgainAsync(
        RenderPlan plan, SubmitOutcome.NotAccepted unmapped, CancellationToken cancellationToken)
    {
        mappings.Drop();
        var isSettled = tokens.Current is not { } token
            || await mappings.GetAsync(token, cancellationToken) is not MappingAnswer.Known known
            || ProviderChoice.Of(known.Mappings, options.Value.Model, options.Value.Provider).Mapping is not { } mapping
            || (mapping.Provider == plan.Provider && mapping.Model.ToString() == plan.ProviderModel);
        return unmapped with { Transient = !isSettled };
    }

    private void Log(RenderOrder order, RenderPlan plan, SubmitOutcome outcome)
    {
        switch (outcome)
        {
            case SubmitOutcome.Accepted accepted:
                LogAccepted(logger, plan.Provider, accepted.Job.Id, order.GenerationId, order.Attempt);
                break;
            case SubmitOutcome.NotAccepted { Error: var error }:
                LogNotAccepted(
                    logger, plan.Provider, order.GenerationId, order.Attempt, error.Code, error.ProviderStatus, error.RequestId);
                break;
            case SubmitOutcome.Unknown { Error: var error }:
                LogUnknown(logger, plan.Provider, order.GenerationId, order.Attempt, error.ProviderStatus, error.RequestId);
                break;
        }
    }

    [LoggerMessage(LogLevel.Information, "{Provider} accepted job {JobId} for generation {GenerationId}, attempt {Attempt}.")]
    private static partial void LogAccepted(ILogger logger, string? provider, string jobId, string generationId, int attempt);

    [LoggerMessage(LogLevel.Warning,
        "{Provider} did not accept generation {GenerationId}, attempt {Attempt}: {Code} (HTTP {Status}, request {RequestId}).")]
    private static partial void LogNotAccepted(
        ILogger logger, string? provider, string generationId, int attempt, string code, int? status, string? requestId);

    [LoggerMessage(LogLevel.Warning,
        "The picture of generation {GenerationId} could not be read; attempt {Attempt} was not sent.")]
    private static partial void LogNoPicture(ILogger logger, Exception error, string generationId, int attempt);

    [LoggerMessage(LogLevel.Error, "It is not known whether {Provider} accepted generation {GenerationId}, attempt {Attempt} " +
        "(HTTP {Status}, request {RequestId}). It is not sent again.")]
    private static partial void LogUnknown(
        ILogger logger, string? provider, string generationId, int attempt, int? status, string? requestId);
}
