namespace VideoGen.Api.Live;

/// <summary>What can be watched: one generation, or all of an owner's.</summary>
internal readonly record struct Topic(bool IsOwner, string Key)
{
    public static Topic Generation(string id) => new(IsOwner: false, id);

    public static Topic Owner(string owner) => new(IsOwner: true, owner);
}
