namespace VideoGen.Grains.Generations.Steps;

/// <summary>Takes progress (0–1) from any thread for the grain to look at in its own turns.</summary>
internal sealed class LatestProgress : IProgress<double>
{
    private double _value;

    public double Value => Volatile.Read(ref _value);

    public void Report(double value) => Volatile.Write(ref _value, value);
}
