using VideoGen.LoadTest;

switch (args)
{
    case ["backlog", .. var rest]:
        await Backlog.RunAsync(rest is [var count] ? int.Parse(count) : 200);
        break;
    case ["watchers", .. var rest]:
        await Watchers.RunAsync(rest is [var watchers] ? int.Parse(watchers) : 2000);
        break;
    default:
        Console.Error.WriteLine("""
            Usage: dotnet run -c Release --project benchmarks/VideoGen.LoadTest -- SCENARIO

              backlog [200]   status, uploads and files on an idle server, and with so many previews submitted at once
              watchers [2000] event streams on so many generations that run at a (stand-in) provider
            """);
        return 2;
}

return 0;
