using System.Diagnostics;
using VideoGen.FakeHub;
using VideoGen.LoadTest.Driving;
using VideoGen.LoadTest.Measuring;
using VideoGen.LoadTest.Running;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Scenarios;

/// <summary>
/// How long after the kill of one of three silos the last of all running jobs is asked for again, seen from the provider.
/// </summary>
internal static class Recovery
{
    private const int Silos = 3;

    public static async Task RunAsync(LoadOptions options)
    {
        var jobs = options.Generations;
        Report.Title($"recovery, {jobs} running generations on {Silos} silos");
        await using var deployment = await Deployment.StartAsync(
            Silos, paces: new HubSettings { RenderSeconds = 3600 }, settings:
            [("VideoGen__Inference__MaxConcurrent", $"{jobs}"), ("VideoGen__Generation__MaxPollInterval", "00:00:01")]);
        var order = RawRequest.Order(await deployment.Client.UploadAsync());
        var submits = new Load(deployment.Targets, 8) { Request = _ => order };
        (await submits.RunAsync(TimeSpan.FromMinutes(1), most: jobs)).EnsureSuccess(jobs);
        await Eventually.TrueAsync(() => deployment.Hub.Jobs.All.Count(job => job.Polls > 0) == jobs, "Not all jobs run.");

        Console.WriteLine("| kill | last job moves again after s |");
        Console.WriteLine("| --- | ---: |");
        for (var kill = 1; kill <= options.Kills; kill++)
        {
            await deployment.KillSiloAsync(0);
            var (clock, before) = (Stopwatch.StartNew(), Polls(deployment));
            await Eventually.TrueAsync(() => Polls(deployment).All(job => job.Value > before[job.Key]), "Jobs are left behind.");
            Report.Say($"| {kill} | {clock.Elapsed.TotalSeconds:0.0} |");
            await deployment.StartSiloAsync();
        }
    }

    private static Dictionary<string, int> Polls(Deployment deployment) =>
        deployment.Hub.Jobs.All.ToDictionary(job => job.Id, job => job.Polls);
}
