using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Backends;

/// <summary>What a backend is asked to make. <paramref name="Attempt"/> counts from 1; id and attempt together name one submit.</summary>
[GenerateSerializer, Immutable, Alias("videogen.render-order")]
public sealed record RenderRequest(string GenerationId, int Attempt, GenerationRequest Request)
{
    /// <summary>The name under which the rendered original of this attempt is kept in the media store.</summary>
    public string OriginalName => OriginalNameOf(GenerationId, Attempt);

    /// <summary>The same for any generation and attempt.</summary>
    public static string OriginalNameOf(string generationId, int attempt) => $"{generationId}-{attempt}.mp4";
}
