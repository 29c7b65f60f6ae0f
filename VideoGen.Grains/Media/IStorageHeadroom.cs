namespace VideoGen.Grains.Media;

/// <summary>Whether the media store can take on new work; asked before an upload or a generation is accepted.</summary>
public interface IStorageHeadroom
{
    /// <summary>
    /// False when less than the reserve is free: what was accepted before may still need it. Cheap enough for every request.
    /// </summary>
    bool HasRoom { get; }
}
