using System.Text.Json;
using System.Text.Json.Nodes;
using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.HuggingFace.Providers;

/// <summary>
/// One provider behind the router: its paths, its request body and how to read its responses. Nothing here sends anything. Paths
/// begin with a slash, follow <c>{router}/{provider}</c> and include their query.
/// </summary>
internal abstract class VideoProvider
{
    /// <summary>The id that the Hub and the router use.</summary>
    public abstract string Id { get; }

    /// <summary>The longest picture that fits into a body, as a data URI in characters.</summary>
    public virtual int LongestPicture => 8 * 1024 * 1024;

    /// <summary>The poll interval that the provider asks for, if any.</summary>
    public virtual TimeSpan? PollEvery => null;

    /// <summary>Whether a Hub mapping is for a task in which this provider's API accepts a picture.</summary>
    public virtual bool Serves(ProviderMapping mapping) => mapping.Task is "image-to-video" or "image-text-to-video";

    public abstract string SubmitPath(ProviderModel model);

    public abstract JsonObject Body(RenderInput input);

    /// <summary>The job that the response to a submit names; null when it names none.</summary>
    public abstract RenderJob? ReadJob(ProviderModel model, JsonElement answer);

    /// <summary>
    /// The job that a response names which is not an acceptance: the provider may have the request anyway. Null when it names
    /// none.
    /// </summary>
    public virtual RenderJob? LeadIn(ProviderModel model, Exchange.Reply reply) =>
        reply.Json is { } json ? ReadJob(model, json) : null;

    public abstract JobStatus ReadStatus(JsonElement answer);

    /// <summary>
    /// Reads the response from <see cref="RenderJob.ResultPath"/>, for providers that keep the result apart from the status.
    /// </summary>
    public virtual JobStatus ReadResult(JsonElement answer) => ReadStatus(answer);

    /// <summary>The effective status of the response; some providers put it in the body of a 200.</summary>
    public virtual int StatusOf(Exchange.Reply reply) => reply.Status;

    /// <summary>The path of a URL that a provider returned; its host is never used.</summary>
    protected static string? PathOf(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
            && uri.AbsolutePath is { Length: > 1 and <= 500 } path && !path.Contains("//", StringComparison.Ordinal)
                ? path.TrimEnd('/')
                : null;
}

/// <summary>
/// The content of a body: the picture as a data URI, the script, and the parameters under the provider's own names.
/// </summary>
internal sealed record RenderInput(ProviderModel Model, string HubModel, string Picture, string Script, JsonObject Parameters)
{
    /// <summary>The body with the parameters at its top level, where every provider so far expects them.</summary>
    public JsonObject WithParameters(JsonObject body)
    {
        foreach (var (name, value) in Parameters)
        {
            body[name] = value?.DeepClone();
        }

        return body;
    }
}

/// <summary>What a provider says about a job.</summary>
internal abstract record JobStatus
{
    private JobStatus() { }

    /// <summary>Queued or running; <paramref name="NewWord"/> is a status that this build does not know.</summary>
    public sealed record Running(double? Progress = null, int? QueuePosition = null, string? NewWord = null) : JobStatus;

    /// <summary>Finished; the result has to be requested from <see cref="RenderJob.ResultPath"/>.</summary>
    public sealed record Ready : JobStatus;

    public sealed record Rendered(string Url) : JobStatus;

    public sealed record Failed(string? Words) : JobStatus;

    /// <summary>Finished, but without a video.</summary>
    public sealed record Empty : JobStatus;

    /// <summary>The response does not have the shape of a job response.</summary>
    public sealed record Unreadable : JobStatus;
}
