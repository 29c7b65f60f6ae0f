using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using VideoGen.AppHost.Supervision;
using VideoGen.Testing;

namespace VideoGen.AppHost.Tests;

/// <summary>The cluster of the AppHost with the real orchestrator.</summary>
internal sealed class RunningCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TemporaryDirectory _data = new();
    private readonly ResourceLogs _logs;

    private RunningCluster(TemporaryDirectory data, DistributedApplication app)
    {
        (_data, App) = (data, app);
        _logs = new(app.Services.GetRequiredService<ResourceLoggerService>());
    }

    public DistributedApplication App { get; }

    public ResourceNotificationService Notifications => App.ResourceNotifications;

    /// <summary>Starts it with these arguments beside those that every test needs, and waits until it takes orders.</summary>
    public static async Task<RunningCluster> StartAsync(params string[] arguments)
    {
        var data = new TemporaryDirectory();
        try
        {
            var builder = await Model.CreateAsync(data, arguments);
            var cluster = new RunningCluster(data, await builder.BuildAsync());
            try
            {
                using var limit = new CancellationTokenSource(Patience);
                await cluster.App.StartAsync(limit.Token);
                await cluster.Notifications.WaitForResourceHealthyAsync("silo", limit.Token);
                await cluster.Notifications.WaitForResourceHealthyAsync("api", limit.Token);
                return cluster;
            }
            catch
            {
                await cluster.DisposeAsync();
                throw;
            }
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>The replica whose log has this text.</summary>
    public Task<string> ReplicaThatLogsAsync(string resource, string text) => _logs.FindAsync(Replicas(resource), text);

    public IReadOnlyList<string> Replicas(string resource) =>
        [.. App.Services.GetRequiredService<Replicas>().Of(resource)];

    /// <summary>The process of a replica; null while it does not run.</summary>
    public int? ProcessOf(string replica) =>
        Notifications.TryGetCurrentState(replica, out var current) ? current.Snapshot.ProcessId() : null;

    public bool IsHealthy(string replica) =>
        Notifications.TryGetCurrentState(replica, out var current)
        && current.Snapshot is { State.Text: "Running", HealthStatus: HealthStatus.Healthy };

    public async ValueTask DisposeAsync()
    {
        await _logs.DisposeAsync();
        await App.StopAsync();    // and not only disposed: that waits for nothing
        await App.DisposeAsync();
        _data.Dispose();
    }
}
