using VideoGen.FakeVideos.Faults;

namespace VideoGen.FakeVideos.Jobs;

/// <summary>The faults that a run carries along.</summary>
internal sealed record RunFaults(
    FaultRule? Fail, FaultRule? Time, FaultRule? Storage, FaultRule? RestartWhileRunning, FaultRule? RestartAfterFinish)
{
    public static RunFaults Take(FaultBook faults, string prompt)
    {
        return new(
            Take(FaultKind.FailJob),
            Take(FaultKind.RenderTime),
            Take(FaultKind.CloudStorage),
            Take(FaultKind.RestartWhileRunning),
            Take(FaultKind.RestartAfterFinish));

        FaultRule? Take(FaultKind kind) => faults.Take(VideosRoute.Create, prompt, kind);
    }
}
