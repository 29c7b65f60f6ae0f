using System.Globalization;
using System.Text.Json;

namespace VideoGen.Silo.Video;

/// <summary>
/// The loudness of a sound by EBU R 128, as the filter loudnorm measures it: integrated loudness and gate in LUFS, true peak in
/// dBTP, range in LU.
/// </summary>
internal sealed record Loudness(double Integrated, double TruePeak, double Range, double Gate)
{
    /// <summary>The filter that measures; it prints its findings when it ends.</summary>
    public const string Measure = "loudnorm=print_format=json";

    private const double Target = -16;
    private const double MaxTruePeak = -1.5;
    private const double MaxRange = 50;          // the most that the filter allows: no sound is compressed for its range

    // Below the first a sound is noise or silence, and stays as it is. The second keeps a quiet room from sounding like a storm.
    private const double Quietest = -50;
    private const double MaxGain = 24;

    /// <summary>
    /// The filter that brings the sound to the level of all shots: by one gain for all of it where the peaks allow that, else
    /// also by a limiter. The filter never takes a range of 0 as measured.
    /// </summary>
    public string Level => string.Create(CultureInfo.InvariantCulture,
        $"loudnorm=I={Math.Min(Target, Integrated + MaxGain):0.##}:TP={MaxTruePeak}:LRA={MaxRange}:linear=true:"
        + $"measured_I={Integrated:0.##}:measured_TP={TruePeak:0.##}:measured_LRA={Math.Clamp(Range, 0.1, MaxRange):0.##}:"
        + $"measured_thresh={Gate:0.##}");

    /// <summary>
    /// Reads what the filter printed; null for a sound that must stay as it is. Silence is reported as <c>-inf</c>.
    /// </summary>
    public static Loudness? Read(string printed)
    {
        var (start, end) = (printed.LastIndexOf('{'), printed.LastIndexOf('}'));
        if (start < 0 || end < start)
        {
            return null;
        }

        using var report = JsonDocument.Parse(printed[start..(end + 1)]);
        return Value("input_i") is { } integrated and >= Quietest && Value("input_tp") is { } peak
            && Value("input_thresh") is { } gate
            ? new Loudness(integrated, peak, Value("input_lra") ?? 0, gate)
            : null;

        double? Value(string name) => report.RootElement.TryGetProperty(name, out var text)
            && double.TryParse(text.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)
                ? value
                : null;
    }
}
