using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.AppHost.Supervision;
using VideoGen.Testing;

namespace VideoGen.AppHost.Tests;

/// <summary>The supervision with the real orchestrator, of shells instead of silos.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task A_process_that_ends_by_itself_is_started_again_later_each_time_and_one_that_is_stopped_stays()
    {
        using var data = new TemporaryDirectory();
        var builder = await Model.CreateAsync(data, "--redis", "process");
        builder.Resources.Clear();
        builder.AddExecutable("unlucky", "/bin/sh", data.Path, "-c", "exit 3").WithSupervision();
        builder.AddExecutable("steady", "/bin/sleep", data.Path, "600").WithSupervision();
        await using var app = await builder.BuildAsync();
        await app.StartAsync();
        await using var logs = new ResourceLogs(app.Services.GetRequiredService<ResourceLoggerService>());
        await app.ResourceNotifications.WaitForResourceAsync("steady", KnownResourceStates.Running);
        var unlucky = await ReplicaAsync("unlucky");
        var steady = await ReplicaAsync("steady");

        foreach (var seconds in (int[])[1, 2, 4])
        {
            await logs.FindAsync([unlucky], $"The process exited unexpectedly (exit code 3); restarting it in {seconds} s");
        }

        await app.ResourceCommands.ExecuteCommandAsync(steady, KnownResourceCommands.StopCommand);
        await logs.FindAsync([unlucky], "restarting it in 8 s");
        Assert.True(app.ResourceNotifications.TryGetCurrentState(steady, out var stopped));
        Assert.True(stopped.Snapshot.HasEnded());
        Assert.DoesNotContain(stopped.Snapshot.Properties, property => property.Name == "Restarts");
        await app.StopAsync();

        Task<string> ReplicaAsync(string name) => Eventually.GetAsync(
            () => Task.FromResult(app.Services.GetRequiredService<Replicas>().Of(name).FirstOrDefault() ?? ""),
            replica => replica.Length > 0, _ => $"There is no {name}.");
    }
}
