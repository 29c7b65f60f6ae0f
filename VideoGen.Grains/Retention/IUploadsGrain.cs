using System.Collections.Immutable;

namespace VideoGen.Grains.Retention;

/// <summary>
/// Remembers which uploads are to be collected; there is one, <see cref="Key"/>. An upload that nothing refers to is condemned first
/// and collected a round later, unless somebody held it meanwhile: so none goes that an order which arrives now needs.
/// </summary>
[GrainInterfaceType("videogen.uploads")]
public interface IUploadsGrain : IGrainWithStringKey
{
    /// <summary>The key of the only one.</summary>
    const string Key = "all";

    /// <summary>Takes an upload off the list before it is ordered with; false when it is too late and its file is going.</summary>
    [Alias("hold")]
    Task<bool> HoldAsync(string name);

    /// <summary>What is on the list.</summary>
    [Alias("get")]
    Task<CondemnedUploads> GetAsync();

    /// <summary>Puts uploads on the list, as many as fit.</summary>
    [Alias("condemn")]
    Task CondemnAsync(IReadOnlyList<string> names);

    /// <summary>Decides that those of the names that are still on the list go, and returns all whose files are to be deleted.</summary>
    [Alias("doom")]
    Task<IReadOnlyList<string>> DoomAsync(IReadOnlyList<string> names);

    /// <summary>The files of these are deleted.</summary>
    [Alias("forget")]
    Task ForgetAsync(IReadOnlyList<string> names);

    /// <summary>A round is over; the next one is due an interval later.</summary>
    [Alias("done")]
    Task DoneAsync();
}

/// <summary>
/// The uploads on the list by name, with the time since when; the last round's end; and how many more there is room for.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.condemned-uploads")]
public sealed record CondemnedUploads(ImmutableDictionary<string, DateTimeOffset> Since, DateTimeOffset? LastRoundAt, int Room);
