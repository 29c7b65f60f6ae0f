using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

namespace VideoGen.LoadTest.Measuring;

/// <summary>
/// What is alive in a .NET process: it is asked to collect all of its garbage first, as <c>dotnet-gcdump</c> asks.
/// </summary>
internal static class LiveHeap
{
    // Keywords of Microsoft-Windows-DotNETRuntime: tell of collections, and begin one.
    private const long Collections = 0x1;
    private const long Collect = 0x800000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task<double> MegabytesAsync(int process)
    {
        var bytes = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var session = new DiagnosticsClient(process).StartEventPipeSession(
            new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, Collections | Collect),
            requestRundown: false);
        var reading = Task.Factory.StartNew(Read, TaskCreationOptions.LongRunning);
        try
        {
            return await bytes.Task.WaitAsync(Patience) / 1e6;
        }
        finally
        {
            session.Stop();
            await reading;
        }

        void Read()
        {
            using var source = new EventPipeEventSource(session.EventStream);
            var isFull = false;
            source.Clr.GCStart += start => isFull = start.Depth == 2;
            source.Clr.GCHeapStats += heap =>
            {
                if (isFull)
                {
                    bytes.TrySetResult(heap.TotalHeapSize);
                }
            };
            source.Process();
        }
    }
}
