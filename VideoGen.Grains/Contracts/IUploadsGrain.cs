using VideoGen.Grains.Retention;

namespace VideoGen.Grains.Contracts;

/// <summary>
/// Remembers which uploads are to be deleted; the only key is <see cref="Key"/>. An upload that nothing refers to is marked first
/// and deleted a round later, unless it was held in the meantime, so no upload is deleted that a new request needs.
/// </summary>
[GrainInterfaceType("videogen.uploads")]
public interface IUploadsGrain : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    const string Key = "all";

    /// <summary>
    /// Takes an upload off the list before it is used in a request; false when it is too late and its file is being deleted.
    /// </summary>
    [Alias("hold")]
    Task<bool> HoldAsync(string name);

    /// <summary>The uploads on the list.</summary>
    [Alias("get")]
    Task<CondemnedUploads> GetAsync();

    /// <summary>Adds as many uploads to the list as fit.</summary>
    [Alias("condemn")]
    Task CondemnAsync(IReadOnlyList<string> names);

    /// <summary>
    /// Decides to delete those of the names that are still on the list, and returns all whose files are to be deleted.
    /// </summary>
    [Alias("doom")]
    Task<IReadOnlyList<string>> DoomAsync(IReadOnlyList<string> names);

    /// <summary>The files of these uploads have been deleted.</summary>
    [Alias("forget")]
    Task ForgetAsync(IReadOnlyList<string> names);

    /// <summary>A round is over; the next one is due an interval later.</summary>
    [Alias("done")]
    Task DoneAsync();
}
