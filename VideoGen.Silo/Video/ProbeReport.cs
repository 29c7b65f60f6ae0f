using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VideoGen.Silo.Video;

/// <summary>What <c>ffprobe -of json</c> says about a file, as far as we read it; it writes many numbers as strings.</summary>
internal sealed record ProbeReport(IReadOnlyList<ProbeStream>? Streams, ProbeFormat? Format)
{
    /// <summary>Arguments that make ffprobe say just this.</summary>
    public static IReadOnlyList<string> Arguments { get; } =
    [
        "-show_entries",
        "stream=codec_type,codec_name,pix_fmt,width,height,avg_frame_rate,duration:stream_disposition=attached_pic"
        + ":format=duration",
        "-of", "json",
    ];

    /// <summary>The first moving picture; the cover of a song is a video stream too, for ffprobe.</summary>
    public ProbeStream? Film =>
        Streams?.FirstOrDefault(stream => stream is { CodecType: "video", Disposition: not { AttachedPic: 1 } });

    public bool HasAudio => Streams?.Any(stream => stream.CodecType is "audio") ?? false;

    /// <summary>In seconds; 0 when the file does not say.</summary>
    public double Duration => Seconds(Film?.Duration) ?? Seconds(Format?.Duration) ?? 0;

    /// <summary>Null when it is no such JSON.</summary>
    public static ProbeReport? Parse(string output)
    {
        try
        {
            return JsonSerializer.Deserialize(output, ProbeJson.Default.ProbeReport);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static double? Seconds(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
}

/// <summary>One track of a file.</summary>
internal sealed record ProbeStream(
    string? CodecType, string? CodecName, string? PixFmt, int Width, int Height, string? AvgFrameRate, string? Duration,
    ProbeDisposition? Disposition)
{
    /// <summary>Frames per second from a fraction such as <c>24000/1001</c>; 0 when unknown.</summary>
    public double FrameRate =>
        AvgFrameRate?.Split('/') is [var over, var under]
        && double.TryParse(over, NumberStyles.Float, CultureInfo.InvariantCulture, out var frames)
        && double.TryParse(under, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && seconds > 0
            ? frames / seconds
            : 0;
}

/// <summary>What a track is for.</summary>
internal sealed record ProbeDisposition(int AttachedPic);

/// <summary>The file as a whole.</summary>
internal sealed record ProbeFormat(string? Duration);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ProbeReport))]
internal sealed partial class ProbeJson : JsonSerializerContext;
