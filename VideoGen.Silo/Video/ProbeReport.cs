using System.Globalization;
using CliWrap;

namespace VideoGen.Silo.Video;

/// <summary>
/// What ffprobe reports about a file: its tracks, and the number and time of their packets. It is read line by line, such as
/// <c>packet|stream_index=0|pts_time=0.04|duration_time=0.04|flags=K_</c>, so that its size does not depend on that of the file.
/// </summary>
internal sealed class ProbeReport
{
    /// <summary>More packets than a minute of video and sound has; ffprobe stops after this many.</summary>
    public const int MaxPackets = 50_000;

    private const int MaxTracks = 64;

    private readonly Dictionary<int, ProbeTrack> _tracks = [];
    private double? _duration;

    /// <summary>The ffprobe arguments for exactly this report.</summary>
    public static IReadOnlyList<string> Arguments { get; } =
    [
        "-show_entries",
        "packet=stream_index,pts_time,duration_time,flags"
        + ":stream=index,codec_type,codec_name,pix_fmt,width,height,avg_frame_rate,duration,nb_frames,color_transfer"
        + ":stream_disposition=attached_pic:stream_side_data=rotation:format=duration",
        "-read_intervals", $"%+#{MaxPackets}", "-of", "compact",
    ];

    /// <summary>Where ffprobe writes the lines.</summary>
    public PipeTarget Target => PipeTarget.ToDelegate(Read);

    /// <summary>The first real video track; ffprobe also reports the cover of a song as a video track.</summary>
    public ProbeTrack? Video => _tracks.OrderBy(entry => entry.Key).Select(entry => entry.Value)
        .FirstOrDefault(track => track is { Type: "video", IsCover: false });

    /// <summary>Whether the first audio track contains sound of a known format.</summary>
    public bool HasAudio => _tracks.OrderBy(entry => entry.Key).Select(entry => entry.Value)
        .FirstOrDefault(track => track.Type is "audio") is { Codec: not (null or "unknown" or "none"), Packets: > 0 };

    public int Packets => _tracks.Values.Sum(track => track.Packets);

    /// <summary>In seconds, as stated in the file or else as its packets show.</summary>
    public double Duration => Video?.Duration ?? _duration ?? Video?.End ?? 0;

    /// <summary>
    /// Whether the file promises more than it contains. A track that states its number of frames is complete when all are there;
    /// edit lists may omit some, and then the duration decides. Without a frame count only a clear lack of duration counts, since
    /// the length of the last frame is often not stored.
    /// </summary>
    public bool IsCutOff => Video switch
    {
        { Frames: { } frames, Duration: { } duration } video =>
            video.Packets < frames && video.End < duration - video.End / Math.Max(1, video.Packets) / 2,
        { Frames: null, Duration: null } => _duration - _tracks.Values.Max(track => track.End) > 1,
        _ => false,
    };

    private void Read(string line)
    {
        var fields = line.Split('|');
        if (fields[0] is "format")
        {
            _duration = Seconds(Field(fields, "duration"));
        }
        else if (fields[0] is "packet" && Track(fields, "stream_index") is { } track)
        {
            track.Count(Seconds(Field(fields, "pts_time")), Seconds(Field(fields, "duration_time")), Field(fields, "flags"));
        }
        else if (fields[0] is "stream" && Track(fields, "index") is { } described)
        {
            described.Describe(name => Field(fields, name));
        }
    }

    private ProbeTrack? Track(string[] fields, string key)
    {
        if (!int.TryParse(Field(fields, key), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || index >= MaxTracks)
        {
            return null;
        }

        _tracks.TryAdd(index, new ProbeTrack());
        return _tracks[index];
    }

    private static string? Field(string[] fields, string name) =>
        Array.Find(fields, field => field.StartsWith($"{name}=", StringComparison.Ordinal))?[(name.Length + 1)..];

    internal static double? Seconds(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
}
