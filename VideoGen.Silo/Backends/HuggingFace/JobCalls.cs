using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Silo.Backends.HuggingFace.Providers;
using VideoGen.Silo.Backends.Refusals;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.HuggingFace;

/// <summary>
/// The calls for one stored plan, with its provider, its model and the token it was submitted with, never those of the current
/// settings.
/// </summary>
internal sealed class JobCalls
{
    private readonly UpstreamClient _client;
    private readonly Upstream _upstream;
    private readonly HuggingFaceOptions _options;
    private readonly HubToken _token;
    private readonly string? _billTo;

    public JobCalls(
        UpstreamClient client, Upstream upstream, HuggingFaceOptions options, VideoProvider provider, RenderPlan plan,
        HubToken token)
    {
        (_client, _upstream, _options, _token, Provider) = (client, upstream, options, token, provider);
        _billTo = Credential.Parse(plan.Credential).BillTo;
        Model = ProviderModel.Parse(plan.ProviderModel ?? "");
        Errors = new ProviderErrors(provider.Id, provider.Id, plan.Model ?? "the model", upstream.Keys);
    }

    public VideoProvider Provider { get; }

    public ProviderModel Model { get; }

    public ProviderErrors Errors { get; }

    /// <summary>The calls, or why this process cannot make them; only another setting or another build can change that.</summary>
    public static (JobCalls? Calls, GenerationError? WhyNot) For(
        RenderPlan plan, UpstreamClient client, Upstream upstream, IOptions<HuggingFaceOptions> options)
    {
        var fingerprint = Credential.Parse(plan.Credential).Fingerprint;
        if (VideoProviders.Find(plan.Provider) is not { } provider)
        {
            return (null, Missing(plan,
                $"This server does not support {plan.Provider ?? "the provider"}, to which this video was submitted."));
        }

        return upstream.Tokens.Find(fingerprint) is { } token
            ? (new JobCalls(client, upstream, options.Value, provider, plan, token), null)
            : (null, Missing(plan,
                $"This video was submitted to {plan.Provider} with another token (fingerprint {fingerprint}). The " +
                $"server continues when that token is set again, as {upstream.Keys.Token} or, next to a new one, as " +
                "HUGGING_FACE_TOKEN."));
    }

    public Task<Exchange> SubmitAsync(RequestBody body, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Post, Provider.SubmitPath(Model), new OnceContent(body.Json), _options.SubmitTimeout, cancellationToken);

    public Task<Exchange> AskAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, Nothing(), _options.PollTimeout, cancellationToken);

    public Task<Exchange> CancelAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, path, Nothing(), _options.PollTimeout, cancellationToken);

    private async Task<Exchange> SendAsync(
        HttpMethod method, string path, HttpContent content, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var url = $"{_upstream.RouterUrl.AbsoluteUri.TrimEnd('/')}/{Provider.Id}{path}";
        using var request = new HttpRequestMessage(method, url) { Content = content };
        if (_billTo is not null)
        {
            request.Headers.Add("X-HF-Bill-To", _billTo);
        }

        foreach (var (name, value) in _upstream.Headers)
        {
            request.Headers.Add(name, value);
        }

        return await _client.SendAsync(request, _token, timeout, cancellationToken);
    }

    // The official clients send the content type with every request, with or without a body.
    private static ByteArrayContent Nothing() => new([])
    {
        Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
    };

    private static GenerationError Missing(RenderPlan plan, string sentence) =>
        new(GenerationErrorCode.BackendMissing, sentence, Retryable: true, plan.Provider);
}
