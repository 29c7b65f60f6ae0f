using System.Runtime.InteropServices;
using VideoGen.LocalCluster;

if (args.Any(arg => arg is "--help" or "-h" or "-?"))
{
    Console.Out.Write(LaunchOptions.Usage);
    return 0;
}

if (LaunchOptions.Parse(args, Environment.GetEnvironmentVariable, out var complaint) is not { } options)
{
    await Console.Error.WriteLineAsync(complaint);
    return 1;
}

using var claim = Claim.TryTake(options.DataDirectory);
if (claim is null)
{
    await Console.Error.WriteLineAsync(
        $"Another cluster runs in {options.DataDirectory}. Stop it, or set VideoGen__DataDirectory.");
    return 1;
}

using var stop = new CancellationTokenSource();
using var kill = new CancellationTokenSource();
PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
var registrations = signals.Select(signal => PosixSignalRegistration.Create(signal, StopThenKill)).ToArray();
try
{
    await using var starter = new ProcessStarter();
    var cluster = new Cluster(ClusterPlan.For(options), starter, TimeProvider.System);
    await Screen.ShowAsync(cluster, options, () => cluster.RunAsync(stop.Token, kill.Token));
    return 0;
}
finally
{
    Array.ForEach(registrations, registration => registration.Dispose());
}

void StopThenKill(PosixSignalContext signal)
{
    signal.Cancel = true;
    (stop.IsCancellationRequested ? kill : stop).Cancel();
}
