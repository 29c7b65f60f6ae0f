using Microsoft.Extensions.Options;
using VideoGen.Grains.Contracts;
using VideoGen.Silo.Inference.HuggingFace.Verdicts;
using VideoGen.Silo.Inference.HuggingFace.Wire;

namespace VideoGen.Silo.Inference.HuggingFace.Mapping;

/// <summary>
/// Which providers serve the configured model, asked of the Hub and kept for ten minutes: the Hub tests mappings all the time and
/// takes failing ones away. While the Hub does not answer, what it said last is good enough.
/// </summary>
internal sealed class ModelMappings(RouterClient client, IOptions<HuggingFaceOptions> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan FreshWithout = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _one = new(1);
    private IReadOnlyList<ProviderMapping>? _last;
    private long _saidAt;

    public async Task<MappingAnswer> GetAsync(HubToken token, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_last is not null && time.GetElapsedTime(_saidAt) < (_last.Count > 0 ? Fresh : FreshWithout))
            {
                return new MappingAnswer.Known(_last);
            }

            var answer = HubVerdict.Of(await AskAsync(token, cancellationToken), options.Value.Model, time.GetUtcNow());
            if (answer is MappingAnswer.Known known)
            {
                (_last, _saidAt) = (known.Mappings, time.GetTimestamp());
            }

            return answer is MappingAnswer.Unavailable && _last is { Count: > 0 } ? new MappingAnswer.Known(_last) : answer;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Forgets what the Hub said, because a provider says otherwise.</summary>
    public void Drop() => _last = null;

    public void Dispose() => _one.Dispose();

    private async Task<Exchange> AskAsync(HubToken token, CancellationToken cancellationToken)
    {
        var hub = options.Value.HubUrl.AbsoluteUri.TrimEnd('/');
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"{hub}/api/models/{options.Value.Model}?expand[]=inferenceProviderMapping");
        return await client.SendAsync(request, token.IsFromHub ? token : null, options.Value.HubTimeout, cancellationToken);
    }
}

/// <summary>What asking the Hub for a model can end in.</summary>
internal abstract record MappingAnswer
{
    private MappingAnswer() { }

    public sealed record Known(IReadOnlyList<ProviderMapping> Mappings) : MappingAnswer;

    public sealed record Refused(GenerationError Error) : MappingAnswer;

    public sealed record Unavailable(GenerationError Error, TimeSpan? RetryAfter) : MappingAnswer;
}
