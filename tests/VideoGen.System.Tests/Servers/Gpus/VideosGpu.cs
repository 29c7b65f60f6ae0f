using Microsoft.AspNetCore.Http;
using VideoGen.FakeVideos;
using VideoGen.FakeVideos.Books;
using VideoGen.FakeVideos.Faults;

namespace VideoGen.SystemTests.Servers.Gpus;

/// <summary>
/// The stand-in for a server with <c>/v1/videos</c>, in the manner of vLLM-Omni, which lists its jobs with their prompts.
/// </summary>
internal sealed class VideosGpu : GpuServer
{
    private readonly FakeVideosServer _server;
    private readonly bool _pays;

    private VideosGpu(FakeVideosServer server, bool pays) => (_server, _pays) = (server, pays);

    public override Uri Address => _server.Address;

    public override IReadOnlyList<GpuLine> Lines =>
        [.. _server.Books.Lines.Select(line => new GpuLine(KindOf(line.Event), line.Seed, line.ToString()))];

    public static async Task<GpuServer> StartAsync(bool pays, double seconds) => new VideosGpu(
        await FakeVideosServer.StartAsync(new FakeVideosOptions
        {
            Dialect = VideosDialect.VllmOmni,
            Model = "tests/tiny-TI2V",
            RenderTime = TimeSpan.FromSeconds(seconds),
            Charges = pays,
        }),
        pays);

    public override (string Name, string Value)[] UpstreamSettings(string name, Uri? address = null) =>
    [
        ($"VideoGen__Upstreams__{name}__Kind", Kinds[1]),
        ($"VideoGen__Upstreams__{name}__Url", (address ?? Address).AbsoluteUri),
        ($"VideoGen__Upstreams__{name}__Provider", "vllm-omni"),
        ($"VideoGen__Upstreams__{name}__Exclusive", "true"),
        ($"VideoGen__Upstreams__{name}__MaxConcurrent", "1"),
        ($"VideoGen__Upstreams__{name}__RepeatCostsMoney", _pays ? "true" : "false"),
    ];

    public override (string Name, string Value)[] ModelSettings(string name) => [];

    public override void Strike(GpuFault fault, string script, double? seconds = null, int times = 1)
    {
        var (kind, route) = fault switch
        {
            GpuFault.BadGatewayOnUpload => throw new NotSupportedException("Pictures come with the create."),
            GpuFault.CutBeforeAccept => (FaultKind.DropCreateBefore, null),
            GpuFault.RestartBeforeAccept => (FaultKind.RestartBeforeCreate, null),
            GpuFault.SlowAccept => (FaultKind.SlowCreate, null),
            GpuFault.CutAfterAccept => (FaultKind.DropCreateAfter, null),
            GpuFault.BadGatewayAfterAccept => (FaultKind.BadGatewayAfterCreate, null),
            GpuFault.RestartAfterAccept => (FaultKind.RestartAfterCreate, null),
            GpuFault.CutPollBefore => (FaultKind.DropRequestBefore, VideosRoute.Get),
            GpuFault.CutPollAfter => (FaultKind.DropRequestAfter, VideosRoute.Get),
            GpuFault.BadGatewayOnPoll => (FaultKind.BadGateway, VideosRoute.Get),
            GpuFault.RestartWhileRunning => (FaultKind.RestartWhileRunning, null),
            GpuFault.RestartAfterFinish => (FaultKind.RestartAfterFinish, null),
            GpuFault.CutVideoBefore => (FaultKind.DropRequestBefore, VideosRoute.Content),
            GpuFault.CutVideoAfter => (FaultKind.DropRequestAfter, VideosRoute.Content),
            GpuFault.CutVideoMiddle => (FaultKind.ContentCut, null),
            GpuFault.CutCancelBefore => (FaultKind.DropRequestBefore, VideosRoute.Delete),
            GpuFault.CutCancelAfter => (FaultKind.DropRequestAfter, VideosRoute.Delete),
            _ => (FaultKind.RenderTime, (VideosRoute?)null),
        };
        _server.Faults.Add(new FaultRule(kind, script) { Route = route, Seconds = seconds, Times = times });
    }

    public override GpuStep? StepOf(HttpRequest request) => (request.Method, request.Path.Value) switch
    {
        ("POST", "/v1/videos") => GpuStep.Submit,
        ("GET", { } path) when path.EndsWith("/content", StringComparison.Ordinal) => GpuStep.Video,
        ("GET", { } path) when path.StartsWith("/v1/videos/", StringComparison.Ordinal) => GpuStep.Poll,
        _ => null,
    };

    public override Task RestartAsync() => _server.RestartAsync();

    public override Task StopAsync() => _server.StopAsync();

    public override Task StartAgainAsync() => _server.StartAgainAsync();

    public override ValueTask DisposeAsync() => _server.DisposeAsync();

    private static GpuEvent KindOf(BookEvent line) => line switch
    {
        BookEvent.CreateAccepted => GpuEvent.Accepted,
        BookEvent.CreateRefused or BookEvent.CreateDropped => GpuEvent.NotAccepted,
        BookEvent.RunStarted => GpuEvent.Started,
        BookEvent.RunCharged => GpuEvent.Charged,
        BookEvent.RunFinished => GpuEvent.Finished,
        BookEvent.RunFailed or BookEvent.RunAborted or BookEvent.Deleted => GpuEvent.Ended,
        BookEvent.LostByRestart => GpuEvent.Lost,
        BookEvent.Fetched => GpuEvent.Fetched,
        _ => GpuEvent.Restarted,
    };
}
