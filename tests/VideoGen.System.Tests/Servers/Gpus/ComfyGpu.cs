using System.Globalization;
using Microsoft.AspNetCore.Http;
using VideoGen.FakeComfy;
using VideoGen.FakeComfy.Books;
using VideoGen.FakeComfy.Faults;

namespace VideoGen.SystemTests.Servers.Gpus;

/// <summary>The stand-in for ComfyUI, with a workflow whose videos fit, so that ffmpeg has next to nothing to do.</summary>
internal sealed class ComfyGpu : GpuServer
{
    private const string Inputs = "(image:IMAGE, text:STRING, seed:INT=0[0..4294967295], width:INT=512[16..2048], "
        + "height:INT=512[16..2048], length:INT=72[1..2000]) -> IMAGE";

    private readonly FakeComfyServer _server;
    private readonly bool _pays;

    private ComfyGpu(FakeComfyServer server, bool pays) => (_server, _pays) = (server, pays);

    public override Uri Address => _server.Address;

    public override IReadOnlyList<GpuLine> Lines => [.. from line in _server.Books.Lines
                                                        let kind = KindOf(line.Event)
                                                        select new GpuLine(kind, SeedOf(line), line.ToString())];

    public static async Task<GpuServer> StartAsync(bool pays, double seconds) => new ComfyGpu(
        await FakeComfyServer.StartAsync(new FakeComfyOptions
        {
            RenderTime = TimeSpan.FromSeconds(seconds),
            NodeClasses = [$"TinyVideo{Inputs}", $"partner PaidVideo{Inputs}"],
        }),
        pays);

    public override (string Name, string Value)[] UpstreamSettings(string name, Uri? address = null) =>
    [
        ($"VideoGen__Upstreams__{name}__Kind", Kinds[0]),
        ($"VideoGen__Upstreams__{name}__Url", (address ?? Address).AbsoluteUri),
        ($"VideoGen__Upstreams__{name}__MaxConcurrent", "1"),
    ];

    public override (string Name, string Value)[] ModelSettings(string name) =>
        [($"VideoGen__Models__{name}__Workflow", Path.Combine(AppContext.BaseDirectory, _pays ? "paid.json" : "tiny.json"))];

    public override void Strike(GpuFault fault, string script, double? seconds = null, int times = 1)
    {
        var (kind, path) = fault switch
        {
            GpuFault.BadGatewayOnUpload => (FaultKind.BadGateway, "/upload/image"),
            GpuFault.CutBeforeAccept => (FaultKind.DropBeforeAccept, null),
            GpuFault.RestartBeforeAccept => (FaultKind.RestartBeforeAccept, null),
            GpuFault.SlowAccept => (FaultKind.SlowValidation, null),
            GpuFault.CutAfterAccept => (FaultKind.AcceptThenDrop, null),
            GpuFault.BadGatewayAfterAccept => (FaultKind.AcceptThenBadGateway, null),
            GpuFault.RestartAfterAccept => (FaultKind.RestartAfterAccept, null),
            GpuFault.CutPollBefore => (FaultKind.DropRequest, "/api/jobs/"),
            GpuFault.CutPollAfter => (FaultKind.DropAnswer, "/api/jobs/"),
            GpuFault.BadGatewayOnPoll => (FaultKind.BadGateway, "/api/jobs/"),
            GpuFault.RestartWhileRunning => (FaultKind.RestartWhileRunning, null),
            GpuFault.RestartAfterFinish => (FaultKind.RestartAfterFinish, null),
            GpuFault.CutVideoBefore => (FaultKind.DropRequest, "/view"),
            GpuFault.CutVideoAfter => (FaultKind.DropAnswer, "/view"),
            GpuFault.CutVideoMiddle => (FaultKind.CutView, null),
            GpuFault.CutCancelBefore => (FaultKind.DropRequest, "/cancel"),
            GpuFault.CutCancelAfter => (FaultKind.DropAnswer, "/cancel"),
            _ => (FaultKind.RenderTime, (string?)null),
        };
        var text = fault is GpuFault.BadGatewayOnUpload ? null : script;
        _server.Faults.Add(new FaultRule(kind, text) { Path = path, Seconds = seconds, Times = times });
    }

    public override GpuStep? StepOf(HttpRequest request) => (request.Method, request.Path.Value) switch
    {
        ("POST", "/prompt") => GpuStep.Submit,
        ("GET", { } path) when path.StartsWith("/api/jobs/", StringComparison.Ordinal) => GpuStep.Poll,
        ("GET", "/view") => GpuStep.Video,
        _ => null,
    };

    public override Task RestartAsync() => _server.RestartAsync();

    public override Task StopAsync() => _server.StopAsync();

    public override Task StartAgainAsync() => _server.StartAgainAsync();

    public override ValueTask DisposeAsync() => _server.DisposeAsync();

    private static GpuEvent KindOf(BookEvent line) => line switch
    {
        BookEvent.Accepted => GpuEvent.Accepted,
        BookEvent.Refused or BookEvent.Dropped => GpuEvent.NotAccepted,
        BookEvent.Started => GpuEvent.Started,
        BookEvent.Charged => GpuEvent.Charged,
        BookEvent.Finished => GpuEvent.Finished,
        BookEvent.Failed or BookEvent.Interrupted or BookEvent.Cancelled => GpuEvent.Ended,
        BookEvent.Lost => GpuEvent.Lost,
        BookEvent.Fetched => GpuEvent.Fetched,
        _ => GpuEvent.Restarted,
    };

    private static long? SeedOf(BookLine line) => line.Seed is { } seed ? long.Parse(seed, CultureInfo.InvariantCulture) : null;
}
