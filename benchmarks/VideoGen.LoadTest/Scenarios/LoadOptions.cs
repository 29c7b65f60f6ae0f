using System.Globalization;

namespace VideoGen.LoadTest.Scenarios;

/// <summary>What can be said on the command line, as <c>--name value</c>; everything has a default.</summary>
internal sealed class LoadOptions
{
    private readonly Dictionary<string, string> _given = [];

    public LoadOptions(ReadOnlySpan<string> arguments)
    {
        for (var i = 0; i < arguments.Length; i += 2)
        {
            _given[arguments[i].TrimStart('-')] = i + 1 < arguments.Length
                ? arguments[i + 1]
                : throw new ArgumentException($"{arguments[i]} needs a value.");
        }
    }

    /// <summary>How long each measurement lasts.</summary>
    public TimeSpan Seconds => TimeSpan.FromSeconds(Number("seconds", 8));

    /// <summary>How long to warm up before it: compilers work in steps.</summary>
    public TimeSpan WarmUp => TimeSpan.FromSeconds(Number("warm-up", 6));

    public int Connections => (int)Number("connections", 64);

    /// <summary>Silos of the cluster; 0 is the standalone server.</summary>
    public int Silos => (int)Number("silos", 1);

    /// <summary>The only kind of request to measure; null means all of the scenario.</summary>
    public string? Only => _given.GetValueOrDefault("only");

    public string? Json => _given.GetValueOrDefault("json");

    /// <summary>The same with another value.</summary>
    public LoadOptions With(string name, object value)
    {
        var other = new LoadOptions([]);
        _given.ToList().ForEach(given => other._given[given.Key] = given.Value);
        other._given[name] = Convert.ToString(value, CultureInfo.InvariantCulture)!;
        return other;
    }

    public double Number(string name, double otherwise) =>
        _given.TryGetValue(name, out var value) ? double.Parse(value, CultureInfo.InvariantCulture) : otherwise;

    public IReadOnlyList<int> Numbers(string name, params int[] otherwise) => _given.TryGetValue(name, out var value)
        ? [.. value.Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture))]
        : otherwise;
}
