using System.Globalization;
using VideoGen.Api.Authentication;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Idempotency;

namespace VideoGen.Api.Generations;

/// <summary>
/// Recognizes the repetitions of clients that send a request again by themselves and without a key. Most count them in the header
/// <c>x-stainless-retry-count</c>, as the SDKs of OpenAI for JavaScript and Python do.
/// </summary>
internal sealed class ClientRetries(IGrainFactory grains)
{
    public const string Header = "x-stainless-retry-count";

    /// <summary>This process: what an earlier one left unanswered is not answered any more.</summary>
    private readonly string _node = Guid.NewGuid().ToString();

    public UnkeyedSubmission Of(HttpContext context, string fingerprint) => new(
        context,
        grains.Grain<IUnkeyedRequestsGrain>($"{context.Caller().Owner}/{fingerprint}"),
        new UnkeyedRequest(Guid.CreateVersion7().ToString(), CountOf(context.Request), _node));

    private static int? CountOf(HttpRequest request) =>
        int.TryParse(request.Headers[Header], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
}
