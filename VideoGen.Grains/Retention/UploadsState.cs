using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace VideoGen.Grains.Retention;

/// <summary>The stored list of uploads that are to go. It is bounded; what does not fit is found again in the next round.</summary>
[GenerateSerializer, Immutable, Alias("videogen.uploads-state")]
internal sealed record UploadsState
{
    /// <summary>The most that are on the list at once.</summary>
    public const int Capacity = 5_000;

    /// <summary>Nothing referred to them, since when; whoever holds one takes it off.</summary>
    [Id(0)] public ImmutableDictionary<string, DateTimeOffset> Condemned { get; init; } = ImmutableDictionary<string, DateTimeOffset>.Empty;

    /// <summary>They go: nobody can hold them any more, and their files are being deleted.</summary>
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
