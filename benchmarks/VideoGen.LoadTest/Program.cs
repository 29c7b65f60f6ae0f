using VideoGen.LoadTest;
using VideoGen.LoadTest.Running;
using VideoGen.LoadTest.Yardsticks;

if (args is ["yardstick", ..])
{
    await YardstickHost.RunAsync(args.AsSpan(1));
    return 0;
}

Children.EndWithThis();
return await CommandLine.Root.Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = null });    // signals end it at once
