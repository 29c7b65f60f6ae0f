using System.Globalization;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Trace;

namespace VideoGen.ServiceDefaults;

/// <summary>
/// Traces begin with a request that comes in over HTTP, and with nothing else: the timers and heartbeats of a cluster would be traces
/// of one span each, day and night.
/// </summary>
internal sealed class RequestSampler(Sampler requests) : Sampler
{
    /// <summary>What ASP.NET Core calls the span of a request when it begins.</summary>
    private const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    private const string Share = "OTEL_TRACES_SAMPLER_ARG";

    /// <summary>Every request, or the share (0–1) that the operator asks for; what is part of a trace stays with it.</summary>
    public static Sampler For(IConfiguration configuration) => new ParentBasedSampler(new RequestSampler(
        double.TryParse(configuration[Share], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share)
            && share is >= 0 and <= 1
            ? new TraceIdRatioBasedSampler(share)
            : new AlwaysOnSampler()));

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters.Name == Request ? requests.ShouldSample(samplingParameters) : new(SamplingDecision.Drop);
}
