namespace VideoGen.LoadTest;

/// <summary>What <c>--help</c> prints.</summary>
internal static class Usage
{
    public const string Text = """
        Starts what it needs on the loopback interface, drives it, and prints tables in Markdown. Build with -c Release.

        Usage: dotnet run -c Release --project benchmarks/VideoGen.LoadTest -- SCENARIO [--name value ...]

          limits       a bare ASP.NET endpoint, a bare grain call, a plain Redis SET: what the others are to be compared with
          submit       durable submits
          status       status reads of a thousand generations
          list         lists of ten, status and submits over --entries 10,1000,100000,1000000 stored generations; --only submit
          life         every command that Redis is sent for a generation, from the order to the film
          pending      status and uploads on an idle service, and with --generations 10000 that wait
          recovery     kills one of three silos, --kills 3 times, with --generations 100 running
          scale        submits and status reads --over 1,2,3 silos of this machine
          ceilings     what can not be spread: the reminder table, one history, one budget
          growth       budgets, questions, reminders, histories and membership beyond this machine, --parts 1,2,3,4,5
          redis-cluster
                       --generations 200 on a Redis Cluster of three: what works, and which node has which keys
          rest         a standalone server: its second start, and its memory when nobody uses it
          mixed        a minute of everything at once on three silos and two APIs
          soak         the same for --minutes 30, with a kill in each; fails when something is lost, left over or grows
          all          all of these but the soak, each of them short
          attack       slow uploads, decompression bombs and wrong keys at once, and what others notice of it
          backlog      status, uploads and files on an idle server, and with --generations 200 previews at once
          idle         --generations 20000 that are read once: how long they stay in memory
          watchers     event streams on --watchers 2000 generations that run at a (stand-in) provider

          submit, status, list, pending and scale measure the limits first, in the same run; --limits 0 leaves that out

          --seconds 8      of each measurement
          --warm-up 6      seconds before it
          --connections 64
          --silos 1        0 is the standalone server
          --json FILE      writes the figures there as well

        """;
}
