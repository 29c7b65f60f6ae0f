using System.Globalization;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Trace;

namespace VideoGen.ServiceDefaults;

/// <summary>
/// Starts traces only for incoming HTTP requests: a cluster's timers and heartbeats would otherwise produce single-span traces
/// all the time.
/// </summary>
internal sealed class RequestSampler(Sampler requests) : Sampler
{
    /// <summary>The name that ASP.NET Core gives a request span when it begins.</summary>
    private const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    private const string Share = "OTEL_TRACES_SAMPLER_ARG";

    /// <summary>
    /// Samples every request, or the fraction (0–1) that the operator configured; spans that belong to a trace follow its
    /// decision.
    /// </summary>
    public static Sampler For(IConfiguration configuration) => new ParentBasedSampler(new RequestSampler(
        double.TryParse(configuration[Share], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share)
            && share is >= 0 and <= 1
            ? new TraceIdRatioBasedSampler(share)
            : new AlwaysOnSampler()));

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters.Name == Request ? requests.ShouldSample(samplingParameters) : new(SamplingDecision.Drop);
}
