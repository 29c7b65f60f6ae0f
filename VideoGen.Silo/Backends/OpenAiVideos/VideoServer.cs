using Microsoft.Extensions.Options;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Silo.Backends.Models;
using VideoGen.Silo.Backends.Refusals;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.OpenAiVideos;

/// <summary>
/// The calls to one server. Jobs are followed with the token they were submitted with while that is still configured, else with
/// the current one: the key of a server of one's own belongs to the server, not to an account.
/// </summary>
internal sealed class VideoServer(
    Upstream upstream, UpstreamClient client, ModelProfiles profiles, IOptions<HuggingFaceOptions> options)
{
    /// <summary>How long the server may take to say that it is there.</summary>
    private static readonly TimeSpan LongestProbe = TimeSpan.FromSeconds(10);

    public Upstream Upstream => upstream;

    public TimeSpan SubmitTimeout => options.Value.SubmitTimeout;

    public ProviderErrors ErrorsOf(string? model) =>
        new(upstream.Name, upstream.Name, model ?? "the model", upstream.Keys);

    /// <summary>What a model takes there; the profile for any server where there is none for its software.</summary>
    public ModelProfile? ProfileOf(string? model) =>
        profiles.Find(upstream.Provider, model ?? "") ?? profiles.Find(BackendNames.OpenAiVideos, model ?? "");

    /// <summary>Creates a job. Never canceled: an aborted submit has an unknown outcome.</summary>
    public Task<Exchange> CreateAsync(VideoRequestBody body) => SendAsync(
        HttpMethod.Post, "/v1/videos", new OnceContent(body.Bytes, body.Type), upstream.Tokens.Current, SubmitTimeout,
        CancellationToken.None);

    public Task<Exchange> ListModelsAsync() => SendAsync(
        HttpMethod.Get, "/v1/models", null, upstream.Tokens.Current,
        options.Value.PollTimeout < LongestProbe ? options.Value.PollTimeout : LongestProbe, CancellationToken.None);

    public Task<Exchange> AskAsync(string path, RenderPlan plan, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, TokenOf(plan), options.Value.PollTimeout, cancellationToken);

    public Task<Exchange> DeleteAsync(string path, RenderPlan plan, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, path, null, TokenOf(plan), options.Value.PollTimeout, cancellationToken);

    /// <summary>
    /// Why an answer that the job is gone proves nothing: a gateway may not show the job to another token. Null when the token
    /// is the job's own, or when it had none.
    /// </summary>
    public GenerationError? OtherToken(RenderPlan plan) => plan.Credential is { } own && upstream.Tokens.Find(own) is null
        ? new GenerationError(
            GenerationErrorCode.BackendMissing,
            $"This video was submitted to {upstream.Name} with another token (fingerprint {own}), and {upstream.Name} does not " +
            $"show it to the current one. The server continues when that token is set again as {upstream.Keys.Token}.",
            Retryable: true, upstream.Name)
        : null;

    private HubToken? TokenOf(RenderPlan plan) => upstream.Tokens.Find(plan.Credential ?? "") ?? upstream.Tokens.Current;

    private async Task<Exchange> SendAsync(
        HttpMethod method, string path, HttpContent? content, HubToken? token, TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        using var request = upstream.Request(method, path, content);
        return await client.SendAsync(request, token, timeout, cancellationToken);
    }
}
