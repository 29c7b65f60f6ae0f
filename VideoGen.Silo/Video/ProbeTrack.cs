using System.Globalization;

namespace VideoGen.Silo.Video;

/// <summary>One track of a file: what it states about itself, and what its packets show.</summary>
internal sealed class ProbeTrack
{
    public string? Type { get; private set; }

    public string? Codec { get; private set; }

    public string? PixelFormat { get; private set; }

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>Frames per second; 0 when unknown.</summary>
    public double FrameRate { get; private set; }

    /// <summary>In seconds; null when the file does not say.</summary>
    public double? Duration { get; private set; }

    /// <summary>The number of frames that the file states; null when it does not.</summary>
    public int? Frames { get; private set; }

    public bool IsCover { get; private set; }

    /// <summary>Whether players turn it by a quarter, so that width and height change places.</summary>
    public bool IsTurned { get; private set; }

    /// <summary>Whether its brightness is coded for HDR screens: PQ (SMPTE ST 2084) or HLG (ARIB STD-B67).</summary>
    public bool IsHdr { get; private set; }

    public int Packets { get; private set; }

    /// <summary>Packets of displayed frames: an edit list can hide frames that others are decoded from.</summary>
    public int Shown { get; private set; }

    /// <summary>When the last frame ends, in seconds.</summary>
    public double End { get; private set; }

    public void Describe(Func<string, string?> field)
    {
        Type = field("codec_type");
        Codec = field("codec_name");
        PixelFormat = field("pix_fmt");
        Width = Whole(field("width")) ?? 0;
        Height = Whole(field("height")) ?? 0;
        FrameRate = Fraction(field("avg_frame_rate"));
        Duration = ProbeReport.Seconds(field("duration"));
        Frames = Whole(field("nb_frames"));
        IsCover = field("disposition:attached_pic") is "1";
        IsTurned = ProbeReport.Seconds(field("rotation")) is { } angle && Math.Abs(angle) % 180 is > 45 and < 135;
        IsHdr = field("color_transfer") is "smpte2084" or "arib-std-b67";
    }

    public void Count(double? start, double? length, string? flags)
    {
        Packets++;
        if (flags?.Contains('D', StringComparison.Ordinal) != true)
        {
            Shown++;
            End = Math.Max(End, (start ?? 0) + (length ?? 0));
        }
    }

    private static int? Whole(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Reads a fraction such as <c>24000/1001</c>.</summary>
    private static double Fraction(string? text) =>
        text?.Split('/') is [var over, var under] && ProbeReport.Seconds(over) is { } frames
        && ProbeReport.Seconds(under) is > 0 and var seconds
            ? frames / seconds
            : 0;
}
