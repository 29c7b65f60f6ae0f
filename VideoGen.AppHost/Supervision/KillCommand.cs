using Microsoft.Extensions.DependencyInjection;

namespace VideoGen.AppHost.Supervision;

internal static class KillCommand
{
    public const string Name = "kill";

    /// <summary>Kills one replica without a clean shutdown, to show how the cluster reacts.</summary>
    public static IResourceBuilder<T> WithKillCommand<T>(this IResourceBuilder<T> resource)
        where T : IResource => resource.WithCommand(Name, "kill -9", KillAsync, new CommandOptions
        {
            Description = "Kills this process. It will be restarted.",
            IconName = "Flash",
            UpdateState = context => context.ResourceSnapshot.ProcessId() is null
                ? ResourceCommandState.Disabled
                : ResourceCommandState.Enabled,
        });

    private static Task<ExecuteCommandResult> KillAsync(ExecuteCommandContext context)
    {
        var notifications = context.Services.GetRequiredService<ResourceNotificationService>();
        if (!notifications.TryGetCurrentState(context.ResourceName, out var current)
            || current.Snapshot.ProcessId() is not { } id)
        {
            return Task.FromResult(CommandResults.Failure("The process is not running."));
        }

        ResourceProcess.Kill(id);
        return Task.FromResult(CommandResults.Success());
    }
}
