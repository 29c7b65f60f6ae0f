using System.Text.Json;
using System.Text.Json.Nodes;
using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.HuggingFace.Providers;

/// <summary>
/// One provider behind the router: where an order goes, how its body looks, and how to read the answers. Nothing here sends
/// anything. Paths begin with a slash, follow <c>{router}/{provider}</c> and carry their query.
/// </summary>
internal abstract class VideoProvider
{
    /// <summary>The id that the Hub and the router use.</summary>
    public abstract string Id { get; }

    /// <summary>The longest picture, as a data URI in characters, that goes into a body.</summary>
    public virtual int LongestPicture => 8 * 1024 * 1024;

    /// <summary>The pace of polls that the provider wants, when it has one.</summary>
    public virtual TimeSpan? PollEvery => null;

    /// <summary>Whether a mapping of the Hub is one that this provider's API takes a picture for.</summary>
    public virtual bool Serves(ProviderMapping mapping) => mapping.Task is "image-to-video" or "image-text-to-video";

    public abstract string SubmitPath(ProviderModel model);

    public abstract JsonObject Body(RenderInput input);

    /// <summary>The job that an answer to an order names; null when it names none.</summary>
    public abstract RenderJob? ReadJob(ProviderModel model, JsonElement answer);

    /// <summary>Whether an answer that is no acceptance tells, all the same, that somebody there has the order.</summary>
    public virtual bool NamesJob(ProviderModel model, Exchange.Reply reply) =>
        reply.Json is { } json && ReadJob(model, json) is not null;

    public abstract JobStatus ReadStatus(JsonElement answer);

    /// <summary>
    /// Reads the answer to <see cref="RenderJob.ResultPath"/>, where the provider keeps the result apart from the status.
    /// </summary>
    public virtual JobStatus ReadResult(JsonElement answer) => ReadStatus(answer);

    /// <summary>The status that the answer means; some providers put it in the body of a 200.</summary>
    public virtual int StatusOf(Exchange.Reply reply) => reply.Status;

    /// <summary>The path of a URL that a provider named; its host is never believed.</summary>
    protected static string? PathOf(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
            && uri.AbsolutePath is { Length: > 1 and <= 500 } path && !path.Contains("//", StringComparison.Ordinal)
                ? path.TrimEnd('/')
                : null;
}

/// <summary>
/// What goes into a body: the picture as a data URI, the script, and the parameters under the provider's own names.
/// </summary>
internal sealed record RenderInput(ProviderModel Model, string HubModel, string Picture, string Script, JsonObject Parameters)
{
    /// <summary>The body with the parameters at its top level, where every provider so far wants them.</summary>
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

    /// <summary>Queued or at work; <paramref name="NewWord"/> is a status that this build does not know.</summary>
    public sealed record Running(double? Progress = null, int? QueuePosition = null, string? NewWord = null) : JobStatus;

    /// <summary>Ready, and the result is to be asked for at <see cref="RenderJob.ResultPath"/>.</summary>
    public sealed record Ready : JobStatus;

    public sealed record Rendered(string Url) : JobStatus;

    public sealed record Failed(string? Words) : JobStatus;

    /// <summary>At its end, but without a film.</summary>
    public sealed record Empty : JobStatus;

    /// <summary>The answer has not the shape of an answer about a job.</summary>
    public sealed record Unreadable : JobStatus;
}
