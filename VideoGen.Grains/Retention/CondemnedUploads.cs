using System.Collections.Immutable;

namespace VideoGen.Grains.Retention;

/// <summary>
/// The uploads on the list by name, with the time they were added, the end of the last round, and how many more fit.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.condemned-uploads")]
public sealed record CondemnedUploads(ImmutableDictionary<string, DateTimeOffset> Since, DateTimeOffset? LastRoundAt, int Room);
