namespace VideoGen.Grains.Contracts;

/// <summary>How much is to move in the film.</summary>
[GenerateSerializer, Alias("videogen.motion")]
public enum Motion
{
    /// <summary>A calm film.</summary>
    Low = 0,

    /// <summary>What the backend does by itself.</summary>
    Medium = 1,

    /// <summary>A lively film.</summary>
    High = 2,
}
