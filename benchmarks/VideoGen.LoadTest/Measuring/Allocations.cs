using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

namespace VideoGen.LoadTest.Measuring;

/// <summary>Adds up what a .NET process allocates, from the counters that every runtime offers to tools.</summary>
internal sealed class Allocations : IDisposable
{
    private readonly EventPipeSession _session;
    private readonly Thread _reading;
    private long _bytes;

    public Allocations(int process)
    {
        _session = new DiagnosticsClient(process).StartEventPipeSession(new EventPipeProvider(
            "System.Runtime", EventLevel.Informational,
            arguments: new Dictionary<string, string> { ["EventCounterIntervalSec"] = "1" }));
        _reading = new Thread(Read) { IsBackground = true };
        _reading.Start();
    }

    /// <summary>Bytes, as of at most a second ago.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public void Dispose()
    {
        _session.Stop();    // it is read to its end, which only a runtime that is alive can write
        _reading.Join();
        _session.Dispose();
    }

    private void Read()
    {
        using var source = new EventPipeEventSource(_session.EventStream);
        source.Dynamic.All += Note;
        try
        {
            source.Process();
        }
        catch (FormatException)
        {
            // The process ended in the middle of a sentence; who drives it sees that by its answers.
        }
    }

    private void Note(TraceEvent counter)
    {
        if (counter.EventName == "EventCounters" && counter.PayloadByName("") is IDictionary<string, object> outer
            && outer["Payload"] is IDictionary<string, object> payload && (string)payload["Name"] == "alloc-rate")
        {
            Interlocked.Add(ref _bytes, Convert.ToInt64(payload["Increment"], null));
        }
    }
}
