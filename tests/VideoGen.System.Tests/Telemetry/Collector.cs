using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace VideoGen.SystemTests.Telemetry;

/// <summary>Takes what processes export over OTLP (HTTP, protobuf), and reads it.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Signal, byte[] Body)> _exports = new();
    private readonly WebApplication _app;

    private Collector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/v1/{signal}", KeepAsync);
    }

    /// <summary>The settings of a process that exports here, often.</summary>
    public (string Name, string Value)[] Settings =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", _app.Urls.Single()),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_METRIC_EXPORT_INTERVAL", "300"),
        ("OTEL_BSP_SCHEDULE_DELAY", "100"),
        ("OTEL_BLRP_SCHEDULE_DELAY", "100"),
    ];

    public IEnumerable<byte[]> Bodies => _exports.Select(export => export.Body);

    public IReadOnlyList<Span> Spans =>
    [
        .. from resource in Read("traces")
           let process = resource.All(1).Single().Attributes(1)["service.instance.id"]
           from span in resource.All(2, 2)
           select new Span(
               process, span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), span.Attributes(9),
               [.. span.All(13).Select(link => link.Hex(1))]),
    ];

    /// <summary>The last value of every series of every process; of a histogram, how often it was measured.</summary>
    public IReadOnlyList<Measurement> Measurements =>
    [
        .. from resource in Read("metrics")
           let process = resource.All(1).Single().Attributes(1)["service.instance.id"]
           from metric in resource.All(2, 2)
           from point in metric.All(5, 1).Concat(metric.All(7, 1)).Concat(metric.All(9, 1))
           let isHistogram = metric.Has(9)
           let tags = point.Attributes(isHistogram ? 9 : 7)
           let value = isHistogram ? point.Fixed64(4) : point.Has(6) ? point.Fixed64(6) : 0
           let series = string.Join(',', tags.OrderBy(tag => tag.Key))
           group new Measurement(metric.Text(1), tags, value) by (process, metric.Text(1), series) into values
           select values.Last(),
    ];

    public IReadOnlyList<string> Logs =>
        [.. Read("logs").SelectMany(resource => resource.All(2, 2, 5)).Select(body => body.Text(1))];

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>The sum over all processes of the series with these tags.</summary>
    public long Sum(string name, params (string Key, string Value)[] tags) => Measurements
        .Where(measured => measured.Name == name && tags.All(tag => measured.Tags.GetValueOrDefault(tag.Key) == tag.Value))
        .Sum(measured => measured.Value);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IEnumerable<ProtobufMessage> Read(string signal) =>
        _exports.Where(export => export.Signal == signal).SelectMany(export => new ProtobufMessage(export.Body).All(1));

    private async Task KeepAsync(HttpRequest request, string signal)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        _exports.Enqueue((signal, body.ToArray()));
    }
}

internal sealed record Span(
    string Process, string Trace, string Id, string Parent, string Name, IReadOnlyDictionary<string, string> Tags,
    IReadOnlyList<string> Links);

internal sealed record Measurement(string Name, IReadOnlyDictionary<string, string> Tags, long Value);
