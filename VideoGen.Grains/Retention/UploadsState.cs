using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace VideoGen.Grains.Retention;

/// <summary>The stored list of uploads to delete. It is bounded; what does not fit is found again in the next round.</summary>
[GenerateSerializer, Immutable, Alias("videogen.uploads-state")]
internal sealed record UploadsState
{
    /// <summary>The maximum number of uploads on the list.</summary>
    public const int Capacity = 5_000;

    /// <summary>Uploads that nothing refers to, and since when; holding one takes it off.</summary>
    [Id(0)]
    public ImmutableDictionary<string, DateTimeOffset> Condemned { get; init; } =
        ImmutableDictionary<string, DateTimeOffset>.Empty;

    /// <summary>Uploads that are being deleted: they can no longer be held.</summary>
    [Id(1)] public ImmutableHashSet<string> Doomed { get; init; } = [];

    [Id(2)] public DateTimeOffset? LastRoundAt { get; init; }

    [JsonIgnore] public int Room => Math.Max(0, Capacity - Condemned.Count - Doomed.Count);

    public UploadsState Condemn(IEnumerable<string> names, DateTimeOffset now) => this with
    {
        Condemned = Condemned.AddRange(names.Distinct()
            .Where(name => !Condemned.ContainsKey(name) && !Doomed.Contains(name))
            .Take(Room)
            .Select(name => KeyValuePair.Create(name, now))),
    };

    public UploadsState Doom(IEnumerable<string> names)
    {
        var going = names.Where(Condemned.ContainsKey).ToList();
        return this with { Condemned = Condemned.RemoveRange(going), Doomed = Doomed.Union(going) };
    }
}
