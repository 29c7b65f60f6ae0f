using VideoGen.SystemTests.Servers.Gpus;

namespace VideoGen.SystemTests.Servers;

/// <summary>The kills and faults that an order at a GPU server of one's own has to survive.</summary>
internal static class ServerCases
{
    private static readonly Hold AnswerHeld = new(GpuStep.Submit, HoldPoint.AfterServer);
    private static readonly Hold SecondPoll = new(GpuStep.Poll, HoldPoint.BeforeServer, Number: 2, AfterSubmit: true);
    private static readonly Hold VideoAsked = new(GpuStep.Video, HoldPoint.BeforeServer);

    /// <summary>The product is killed.</summary>
    private static readonly ServerCase[] Kills =
    [
        // How often it is tried until the server is back depends on how long that takes.
        new("killed while the server is away", ServerEnd.Once with { MoreAttempts = 4 })
        {
            Stage = "waiting_for_capacity", IsAway = true,
        },
        new("killed before the submit arrives", ServerEnd.SentAgain)
        {
            Hold = new Hold(GpuStep.Submit, HoldPoint.BeforeServer),
        },
        new("killed during a slow validation", ServerEnd.Once)
        {
            Hold = new Hold(GpuStep.Submit, HoldPoint.AtServer), Fault = GpuFault.SlowAccept, Seconds = 4, RunSeconds = 3,
        },
        // It appears when the search for it has ended, and before the second attempt is sent.
        new("killed during a validation longer than the search", ServerEnd.Once with { MoreAttempts = 1 })
        {
            Hold = new Hold(GpuStep.Submit, HoldPoint.AtServer), Fault = GpuFault.SlowAccept, Seconds = 25, RunSeconds = 3,
            FailingUploads = 2, Kinds = ["comfyui"],
        },
        new("killed when it is accepted", ServerEnd.Once) { Hold = AnswerHeld },
        new("killed while polling", ServerEnd.Once) { Hold = SecondPoll, RunSeconds = 4 },
        new("killed before the download", ServerEnd.Once) { Hold = VideoAsked },
        new("killed during the download", ServerEnd.Once) { Hold = new Hold(GpuStep.Video, HoldPoint.HalfAnswer) },
        new("killed while finishing", ServerEnd.Once) { Stage = "finishing", Duration = 5 },
    ];

    /// <summary>The product is killed, and the server restarts before the product comes back.</summary>
    private static readonly ServerCase[] DoubleKills =
    [
        new("both killed when it is accepted", ServerEnd.OnceMore)
        {
            Hold = AnswerHeld, RunSeconds = 60, RestartsWhileDead = true,
        },
        new("both killed while it runs", ServerEnd.OnceMore) { Hold = SecondPoll, RunSeconds = 60, RestartsWhileDead = true },
        // The files of ComfyUI are still there after its restart.
        new("both killed before the download", ServerEnd.Once)
        {
            Hold = VideoAsked, RestartsWhileDead = true, EndAtVideos = ServerEnd.VideoLost,
        },
    ];

    private static readonly ServerCase[] Restarts =
    [
        new("restarted before it accepts", ServerEnd.SentAgain) { Fault = GpuFault.RestartBeforeAccept },
        new("restarted when it has accepted", ServerEnd.OnceMore) { Fault = GpuFault.RestartAfterAccept },
        new("restarted while it runs", ServerEnd.OnceMore) { Fault = GpuFault.RestartWhileRunning, RunSeconds = 2 },
        new("restarted when it has finished", ServerEnd.Once)
        {
            Fault = GpuFault.RestartAfterFinish, EndAtVideos = ServerEnd.VideoLost,
        },
        new("away for a while when it has accepted", ServerEnd.OnceMore)
        {
            Fault = GpuFault.RestartAfterAccept, Seconds = 4,
        },
        new("away for a while as it runs", ServerEnd.OnceMore)
        {
            Fault = GpuFault.RestartWhileRunning, Seconds = 4, RunSeconds = 2,
        },
    ];

    private static readonly ServerCase[] Cuts =
    [
        new("submit cut before", ServerEnd.SentAgain) { Fault = GpuFault.CutBeforeAccept },
        new("submit cut after", ServerEnd.Once) { Fault = GpuFault.CutAfterAccept },
        new("submit answered by a proxy", ServerEnd.Once) { Fault = GpuFault.BadGatewayAfterAccept },
        new("submit answered late", ServerEnd.Once) { Fault = GpuFault.SlowAccept, Seconds = 2 },
        new("polls cut before", ServerEnd.Once) { Fault = GpuFault.CutPollBefore, Times = 3 },
        new("polls cut after", ServerEnd.Once) { Fault = GpuFault.CutPollAfter, Times = 3 },
        new("polls answered by a proxy", ServerEnd.Once) { Fault = GpuFault.BadGatewayOnPoll, Times = 3 },
        new("video cut before", ServerEnd.Once) { Fault = GpuFault.CutVideoBefore, Times = 2 },
        new("video cut after", ServerEnd.Once) { Fault = GpuFault.CutVideoAfter, Times = 2 },
        new("video cut in the middle", ServerEnd.Once) { Fault = GpuFault.CutVideoMiddle, Times = 2 },
        new("cancel cut before", ServerEnd.Canceled) { Fault = GpuFault.CutCancelBefore, Cancels = true, RunSeconds = 120 },
        new("cancel cut after", ServerEnd.Canceled) { Fault = GpuFault.CutCancelAfter, Cancels = true, RunSeconds = 120 },
    ];

    /// <summary>What has cost money is repeated by nobody but the user.</summary>
    private static readonly ServerCase[] Paid =
    [
        new("paid, killed when it is accepted", ServerEnd.Once) { Hold = AnswerHeld, Pays = true },
        new("paid, killed while polling", ServerEnd.Once) { Hold = SecondPoll, RunSeconds = 4, Pays = true },
        new("paid, both killed when it is accepted", ServerEnd.NotRepeated("outcome_unknown"))
        {
            Hold = AnswerHeld, RunSeconds = 60, RestartsWhileDead = true, Pays = true,
        },
        new("paid, both killed while it runs", ServerEnd.NotRepeated("job_lost"))
        {
            Hold = SecondPoll, RunSeconds = 60, RestartsWhileDead = true, Pays = true,
        },
        new("paid, restarted when it has accepted", ServerEnd.NotRepeated("outcome_unknown"))
        {
            Fault = GpuFault.RestartAfterAccept, Pays = true,
        },
        new("paid, restarted while it runs", ServerEnd.NotRepeated("job_lost"))
        {
            Fault = GpuFault.RestartWhileRunning, RunSeconds = 2, Pays = true,
        },
        new("paid, submit cut after", ServerEnd.Once) { Fault = GpuFault.CutAfterAccept, Pays = true },
    ];

    public static readonly ServerCase[] All = [.. Kills, .. DoubleKills, .. Restarts, .. Cuts, .. Paid];
}
