namespace VideoGen.Grains.Media;

/// <summary>Whether the media store can accept new work; checked before an upload or a generation is accepted.</summary>
public interface IStorageHeadroom
{
    /// <summary>
    /// False when less than the reserve is free: accepted generations may still need it. Cheap enough to check on every request.
    /// </summary>
    bool HasRoom { get; }
}
