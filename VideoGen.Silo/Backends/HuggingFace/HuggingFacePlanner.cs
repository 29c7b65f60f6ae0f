using Microsoft.Extensions.Options;
using NetVips;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;
using VideoGen.Silo.Backends.HuggingFace.Mapping;
using VideoGen.Silo.Backends.HuggingFace.Providers;
using VideoGen.Silo.Backends.Models;
using VideoGen.Silo.Backends.Pictures;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Backends.Wire;
using static VideoGen.Grains.Generations.Contract.GenerationErrorCode;

namespace VideoGen.Silo.Backends.HuggingFace;

/// <summary>
/// Chooses the provider for a request, reads its picture and builds its body, so that a submit only has to send it.
/// </summary>
internal sealed partial class HuggingFacePlanner(
    Upstream upstream, UpstreamClient client, ModelMappings mappings, IMediaStore store, JobSubmitter submitter,
    ModelProfiles profiles, IOptions<HuggingFaceOptions> options, ILogger<HuggingFacePlanner> logger)
{
    private GenerationError NoToken => new(TokenRefused,
        $"The server has no Hugging Face token. Set {upstream.Keys.Token} to a token with the permission \"Make calls to " +
        "Inference Providers\" and retry.",
        Retryable: true);

    public async Task<ModelReport> DescribeAsync(string? model, CancellationToken cancellationToken)
    {
        var name = NameOf(model);
        if (upstream.Tokens.Current is not { } token)
        {
            return new ModelReport(null, NoToken.Message);
        }

        switch (await mappings.Of(name).GetAsync(token, cancellationToken))
        {
            case MappingAnswer.Known known:
                var (mapping, whyNot) = ProviderChoice.Of(known.Mappings, name, upstream.Provider, upstream.Keys);
                return mapping is null
                    ? new ModelReport(null, whyNot)
                    : new ModelReport(
                        profiles.Find(mapping.Provider, mapping.Model.Id)?.ToTraits() ?? ModelTraits.Unprofiled);
            case MappingAnswer.Refused refused:
                return new ModelReport(null, refused.Error.Message);
            default:
                return new ModelReport(null);
        }
    }

    public async Task<PlanOutcome> PlanAsync(RenderRequest request, CancellationToken cancellationToken)
    {
        if (upstream.Tokens.Current is not { } token)
        {
            return new PlanOutcome.Refused(NoToken, VerdictScope.Upstream);
        }

        return await mappings.Of(NameOf(request.Model)).GetAsync(token, cancellationToken) switch
        {
            MappingAnswer.Known known => await PlanAsync(request, token, known.Mappings, cancellationToken),
            MappingAnswer.Refused refused => new PlanOutcome.Refused(refused.Error, refused.Scope),
            MappingAnswer.Unavailable unavailable => new PlanOutcome.Unavailable(
                unavailable.Error, unavailable.RetryAfter, VerdictScope.Upstream),
            _ => throw new NotSupportedException(),
        };
    }

    private async Task<PlanOutcome> PlanAsync(
        RenderRequest request, HubToken token, IReadOnlyList<ProviderMapping> known, CancellationToken cancellationToken)
    {
        var (mapping, whyNot) = ProviderChoice.Of(known, NameOf(request.Model), upstream.Provider, upstream.Keys);
        if (mapping is null)
        {
            return new PlanOutcome.Refused(
                new GenerationError(ModelUnavailable, whyNot!, Retryable: true), VerdictScope.Model);
        }

        byte[]? picture;
        IReadOnlyList<byte[]> references;
        try
        {
            picture = await store.ReadAsync(request, cancellationToken);
            var most = profiles.Find(mapping.Provider, mapping.Model.Id)?.References?.Most ?? 0;
            references = await store.ReadReferencesAsync(request, most, cancellationToken);
        }
        catch (IOException error)
        {
            LogNoPicture(error, request.GenerationId);
            return new PlanOutcome.Unavailable(CharacterPicture.OutOfReach, null);
        }

        return picture is null
            ? new PlanOutcome.Refused(CharacterPicture.Missing)
            : await PlanAsync(request, token, mapping, picture, references, cancellationToken);
    }

    private async Task<PlanOutcome> PlanAsync(
        RenderRequest request, HubToken token, ProviderMapping mapping, byte[] picture, IReadOnlyList<byte[]> references,
        CancellationToken cancellationToken)
    {
        var model = NameOf(request.Model);
        var provider = VideoProviders.Find(mapping.Provider)!;

        RequestBody body;
        try
        {
            // Encoding megabytes of base64 must not block the grain's scheduler.
            body = await Task.Run(
                () => RequestBody.Make(request, provider, mapping.Model, model, picture, references, profiles),
                cancellationToken);
        }
        catch (VipsException error)
        {
            LogNoPicture(error, request.GenerationId);
            return new PlanOutcome.Refused(CharacterPicture.Unreadable);
        }

        var credential = new Credential(token.Fingerprint, string.IsNullOrEmpty(upstream.BillTo) ? null : upstream.BillTo);
        var plan = new RenderPlan(
            provider.Id, mapping.Model.ToString(), model, body.Hash, credential.ToString(),
            PicturesUsed: 1 + references.Count);
        var calls = new JobCalls(client, upstream, options.Value, provider, plan, token);
        return new PlanOutcome.Planned(plan, () => submitter.SubmitAsync(request, plan, calls, body));
    }

    /// <summary>A request of an older build names no model.</summary>
    private string NameOf(string? model) => model ?? options.Value.Model;

    [LoggerMessage(LogLevel.Warning, "The picture of generation {GenerationId} could not be read")]
    private partial void LogNoPicture(Exception error, string generationId);
}
