using VideoGen.LoadTest;
using VideoGen.LoadTest.Growth;
using VideoGen.LoadTest.Measuring;
using VideoGen.LoadTest.Running;
using VideoGen.LoadTest.Scenarios;
using VideoGen.LoadTest.Soaking;
using VideoGen.LoadTest.Yardsticks;

if (args is [] or ["--help", ..] or ["-h", ..])
{
    Console.Out.Write(Usage.Text);
    return args is [] ? 2 : 0;
}

if (args is ["yardstick", ..])
{
    await YardstickHost.RunAsync(args.AsSpan(1));
    return 0;
}

Children.EndWithThis();
var options = new LoadOptions(args.AsSpan(1));
var report = new Report();
if (args[0] is "submit" or "status" or "list" or "pending" or "scale" && options.Number("limits", 1) > 0)
{
    await Limits.RunAsync(options.With("seconds", 4), report);
}

switch (args[0])
{
    case "limits":
        await Limits.RunAsync(options, report);
        break;
    case "submit":
        await Submits.RunAsync(options, report);
        break;
    case "status":
        await Reads.RunAsync(options, report);
        break;
    case "list":
        await Lists.RunAsync(options, report);
        break;
    case "life":
        await Lives.RunAsync();
        break;
    case "pending":
        await Pending.RunAsync(options, report);
        break;
    case "recovery":
        await Recovery.RunAsync(options);
        break;
    case "scale":
        await Scaling.RunAsync(options, report);
        break;
    case "ceilings":
        await Ceilings.RunAsync(options);
        break;
    case "growth":
        await Growing.RunAsync(options);
        break;
    case "redis-cluster":
        await OnRedisCluster.RunAsync(options);
        break;
    case "rest":
        await Rest.RunAsync();
        break;
    case "idle":
        await Idle.RunAsync(options);
        break;
    case "mixed":
        return await Soak.RunAsync(options, isDeadly: false) ? 0 : 1;
    case "soak":
        return await Soak.RunAsync(options, isDeadly: true) ? 0 : 1;
    case "all":
        await Everything.RunAsync(options, report);
        break;
    case "attack":
        await Attack.RunAsync();
        break;
    case "backlog":
        await Backlog.RunAsync(options, report);
        break;
    case "watchers":
        await Watchers.RunAsync(options, report);
        break;
    default:
        Console.Error.Write(Usage.Text);
        return 2;
}

if (options.Json is { } file)
{
    await report.WriteAsync(file);
}

return 0;
