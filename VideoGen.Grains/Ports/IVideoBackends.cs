namespace VideoGen.Grains.Ports;

/// <summary>The backends of this process by name, and the one that new generations use.</summary>
public interface IVideoBackends
{
    /// <summary>The backend that the settings choose for new attempts.</summary>
    IVideoBackend Current { get; }

    /// <summary>The backend that a stored attempt was made with; null when this build or its settings no longer have it.</summary>
    IVideoBackend? Find(string name);
}
