using Microsoft.Extensions.Options;
using NetVips;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;
using VideoGen.Silo.Backends.HuggingFace.Mapping;
using VideoGen.Silo.Backends.HuggingFace.Providers;
using VideoGen.Silo.Backends.HuggingFace.Router;
using VideoGen.Silo.Backends.Models;
using VideoGen.Silo.Backends.Pictures;
using VideoGen.Silo.Backends.Settings;
using static VideoGen.Grains.Generations.Contract.GenerationErrorCode;

namespace VideoGen.Silo.Backends.HuggingFace;

/// <summary>
/// Chooses the provider for a request, reads its picture and builds its body, so that a submit only has to send it.
/// </summary>
internal sealed partial class HuggingFacePlanner(
    RouterClient client, ModelMappings mappings, HubTokens tokens, IMediaStore store, JobSubmitter submitter,
    ModelProfiles profiles, IOptions<HuggingFaceOptions> options, ILogger<HuggingFacePlanner> logger)
{
    private static readonly GenerationError NoToken = new(TokenRefused,
        "The server has no Hugging Face token. Set HF_TOKEN to a token with the permission \"Make calls to Inference " +
        "Providers\" " +
        "and retry.",
        Retryable: true);

    public async Task<PlanOutcome> PlanAsync(RenderRequest request, CancellationToken cancellationToken)
    {
        if (tokens.Current is not { } token)
        {
            return new PlanOutcome.Refused(NoToken, VerdictScope.Upstream);
        }

        return await mappings.GetAsync(token, cancellationToken) switch
        {
            MappingAnswer.Known known => await PlanAsync(request, token, known.Mappings, cancellationToken),
            MappingAnswer.Refused refused => new PlanOutcome.Refused(refused.Error, refused.Scope),
            MappingAnswer.Unavailable unavailable => new PlanOutcome.Unavailable(unavailable.Error, unavailable.RetryAfter),
            _ => throw new NotSupportedException(),
        };
    }

    private async Task<PlanOutcome> PlanAsync(
        RenderRequest request, HubToken token, IReadOnlyList<ProviderMapping> known, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        var (mapping, whyNot) = ProviderChoice.Of(known, settings.Model, settings.Provider);
        if (mapping is null)
        {
            return new PlanOutcome.Refused(
                new GenerationError(ModelUnavailable, whyNot!, Retryable: true), VerdictScope.Model);
        }

        byte[]? picture;
        try
        {
            picture = await store.ReadAsync(request, cancellationToken);
        }
        catch (IOException error)
        {
            LogNoPicture(error, request.GenerationId);
            return new PlanOutcome.Unavailable(CharacterPicture.OutOfReach, null);
        }

        return picture is null
            ? new PlanOutcome.Refused(CharacterPicture.Missing)
            : await PlanAsync(request, token, mapping, picture, cancellationToken);
    }

    private async Task<PlanOutcome> PlanAsync(
        RenderRequest request, HubToken token, ProviderMapping mapping, byte[] picture, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        var provider = VideoProviders.Find(mapping.Provider)!;

        RequestBody body;
        try
        {
            // Encoding megabytes of base64 must not block the grain's scheduler.
            body = await Task.Run(
                () => RequestBody.Make(request, provider, mapping.Model, settings.Model, picture, profiles),
                cancellationToken);
        }
        catch (VipsException error)
        {
            LogNoPicture(error, request.GenerationId);
            return new PlanOutcome.Refused(CharacterPicture.Unreadable);
        }

        var credential = new Credential(token.Fingerprint, string.IsNullOrEmpty(settings.BillTo) ? null : settings.BillTo);
        var plan = new RenderPlan(
            provider.Id, mapping.Model.ToString(), settings.Model, body.Hash, credential.ToString());
        var calls = new JobCalls(client, settings, provider, plan, token);
        return new PlanOutcome.Planned(plan, () => submitter.SubmitAsync(request, plan, calls, body));
    }

    [LoggerMessage(LogLevel.Warning, "The picture of generation {GenerationId} could not be read")]
    private partial void LogNoPicture(Exception error, string generationId);
}
