using System.Collections.Immutable;

namespace VideoGen.Grains.Contracts;

/// <summary>
/// The uploads on the list by name, with the time since when; the last round's end; and how many more there is room for.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.condemned-uploads")]
public sealed record CondemnedUploads(ImmutableDictionary<string, DateTimeOffset> Since, DateTimeOffset? LastRoundAt, int Room);
