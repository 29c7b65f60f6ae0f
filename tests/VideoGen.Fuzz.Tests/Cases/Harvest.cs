using System.Collections.Concurrent;
using System.Text.Json;

namespace VideoGen.Fuzz.Tests.Cases;

/// <summary>
/// What the server has handed out, by the name of the field, so that requests can be about things that are there.
/// </summary>
internal sealed class Harvest
{
    private const int Kept = 64;

    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _values = [];

    /// <summary>Keeps the latest of each kind.</summary>
    public void Keep(string name, string? value)
    {
        if (value is null)
        {
            return;
        }

        var values = _values.GetOrAdd(name, _ => []);
        values.Enqueue(value);
        while (values.Count > Kept && values.TryDequeue(out _))
        {
        }
    }

    /// <summary>Something of this name; null when nothing was seen yet.</summary>
    public string? Find(string name, Dice dice) =>
        _values.TryGetValue(name, out var values) && values.ToArray() is { Length: > 0 } all ? dice.Pick(all) : null;

    /// <summary>Looks for ids and addresses in an answer.</summary>
    public void Read(JsonElement json)
    {
        if (json.ValueKind is JsonValueKind.Array)
        {
            foreach (var item in json.EnumerateArray())
            {
                Read(item);
            }
        }

        if (json.ValueKind is not JsonValueKind.Object)
        {
            return;
        }

        foreach (var property in json.EnumerateObject())
        {
            if (property.Value.ValueKind is JsonValueKind.String)
            {
                Keep(property.Name, property.Value.GetString()!);
            }
            else
            {
                Read(property.Value);
            }
        }
    }
}
