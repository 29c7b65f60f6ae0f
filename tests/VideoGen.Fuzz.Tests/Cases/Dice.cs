namespace VideoGen.Fuzz.Tests.Cases;

/// <summary>The chance behind one request: the same seed and number make the same choices.</summary>
internal sealed class Dice(int seed, int number)
{
    private readonly Random _random = new(unchecked((seed * 1_000_003) + number));

    public int Next(int below) => _random.Next(below);

    public int Between(int from, int to) => _random.Next(from, to + 1);

    public bool Chance(int percent) => _random.Next(100) < percent;

    public T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
}
