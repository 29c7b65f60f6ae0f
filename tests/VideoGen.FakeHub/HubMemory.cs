using VideoGen.FakeHub.Faults;
using VideoGen.FakeHub.Hub;
using VideoGen.FakeHub.Jobs;
using VideoGen.FakeHub.Requests;

namespace VideoGen.FakeHub;

/// <summary>Everything that a reset forgets or puts back.</summary>
internal sealed class HubMemory(
    FaultBook faults, JobBoard jobs, SubmitLog submits, RequestLog requests, ModelCatalogue models, SettingsBoard settings)
{
    public void Reset()
    {
        faults.Clear();
        jobs.Clear();
        submits.Clear();
        requests.Clear();
        models.Reset();
        settings.Reset();
    }
}
