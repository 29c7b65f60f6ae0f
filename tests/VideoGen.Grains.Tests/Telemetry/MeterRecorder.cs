using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Grains.Telemetry;

namespace VideoGen.Grains.Tests.Telemetry;

/// <summary>Telemetry of its own, and all that it measures.</summary>
internal sealed class MeterRecorder : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly List<(string Name, double Value, string Tags)> _measured = [];

    public MeterRecorder()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.Start();
        Telemetry = new GenerationTelemetry(meters);
    }

    public GenerationTelemetry Telemetry { get; }

    /// <summary>What was measured since the last call: <c>name value tag=value …</c>, the names without their prefix.</summary>
    public IReadOnlyList<string> Take()
    {
        var taken = _measured.Select(one => $"{one.Name["videogen.".Length..]} {one.Value} {one.Tags}".TrimEnd()).ToList();
        _measured.Clear();
        return taken;
    }

    /// <summary>What the gauges show now.</summary>
    public IReadOnlyList<string> Observe()
    {
        _listener.RecordObservableInstruments();
        return Take();
    }

    public void Dispose()
    {
        Telemetry.Dispose();
        _listener.Dispose();
        _services.Dispose();
    }

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => _measured.Add(
        (instrument.Name, value, string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key.Split('.')[^1]}={tag.Value}"))));
}
