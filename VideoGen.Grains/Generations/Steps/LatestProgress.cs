namespace VideoGen.Grains.Generations.Steps;

/// <summary>Receives progress (0–1) from any thread; the grain reads it in its own turns.</summary>
internal sealed class LatestProgress : IProgress<double>
{
    private double _value;

    public double Value => Volatile.Read(ref _value);

    public void Report(double value) => Volatile.Write(ref _value, value);
}
