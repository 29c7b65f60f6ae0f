using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Trace;
using VideoGen.ServiceDefaults;

namespace VideoGen.Api.Tests.Hosting;

public sealed class RequestSamplerTests
{
    private const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    [Theory]
    [InlineData(Request, null, true)]
    [InlineData(Request, "1", true)]
    [InlineData(Request, "0.0", false)]
    [InlineData(Request, "a tenth", true)]
    [InlineData("IGrainTimerInvoker/InvokeCallbackAsync", null, false)]
    public void A_trace_begins_with_a_request_and_with_the_share_of_them_that_is_asked_for(string name, string? share,
        bool begins) =>
        Assert.Equal(begins, IsSampled(name, share, default));

    [Theory]
    [InlineData(ActivityTraceFlags.Recorded, true)]
    [InlineData(ActivityTraceFlags.None, false)]
    public void What_is_part_of_a_trace_stays_with_it(ActivityTraceFlags flags, bool stays) => Assert.Equal(
        stays, IsSampled("HGETALL", "0.0", new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), flags)));

    private static bool IsSampled(string name, string? share, ActivityContext parent)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("OTEL_TRACES_SAMPLER_ARG", share)]).Build();
        var span = new SamplingParameters(parent, ActivityTraceId.CreateRandom(), name, ActivityKind.Server);
        return RequestSampler.For(settings).ShouldSample(span).Decision is SamplingDecision.RecordAndSample;
    }
}
