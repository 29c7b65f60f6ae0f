using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.HuggingFace.Mapping;

/// <summary>Which providers serve the models of one upstream; there are as many models as the settings have.</summary>
internal sealed class ModelMappings : IDisposable
{
    private readonly ConcurrentDictionary<string, ModelMapping> _mappings = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly UpstreamClient _client;
    private readonly Upstream _upstream;
    private readonly HuggingFaceOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationToken _stopping;

    public ModelMappings(
        UpstreamClient client, Upstream upstream, IOptions<HuggingFaceOptions> options, TimeProvider time)
    {
        (_client, _upstream, _options, _time) = (client, upstream, options.Value, time);
        _stopping = _stop.Token;
    }

    public ModelMapping Of(string model) => _mappings.GetOrAdd(
        model, name => new ModelMapping(token => AskAsync(name, token), _time, _stopping));

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task<MappingAnswer> AskAsync(string model, HubToken token)
    {
        var url = $"{_upstream.HubUrl.AbsoluteUri.TrimEnd('/')}/api/models/{model}?expand[]=inferenceProviderMapping";
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        var exchange = await _client.SendAsync(request, token.IsFromHub ? token : null, _options.HubTimeout, _stopping);
        return HubVerdict.Of(exchange, model, _upstream.Keys, _time.GetUtcNow());
    }
}
