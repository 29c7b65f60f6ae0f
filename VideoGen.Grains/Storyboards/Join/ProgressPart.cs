namespace VideoGen.Grains.Storyboards.Join;

/// <summary>Reports the progress of one part of a longer work, 0 to 1, as that of the whole.</summary>
internal sealed class ProgressPart(IProgress<double> whole, double from, double to) : IProgress<double>
{
    public void Report(double value) => whole.Report(from + ((to - from) * Math.Clamp(value, 0, 1)));

    /// <summary>The part of this part from the first to the second of <paramref name="count"/> equal steps.</summary>
    public ProgressPart Of(int first, int second, int count) => new(this, (double)first / count, (double)second / count);
}
