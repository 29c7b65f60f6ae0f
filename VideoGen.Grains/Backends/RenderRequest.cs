using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Backends;

/// <summary>
/// What a backend is asked to render. <paramref name="Attempt"/> counts from 1; id and attempt together identify one submit.
/// <paramref name="Model"/> is the backend's own name for the model, null where it has only one.
/// </summary>
[GenerateSerializer, Immutable, Alias("videogen.render-order")]
public sealed record RenderRequest(string GenerationId, int Attempt, GenerationRequest Request, string? Model = null)
{
    /// <summary>The name of this attempt's rendered original in the media store.</summary>
    public string OriginalName => OriginalNameOf(GenerationId, Attempt);

    /// <summary>The original's name for any generation and attempt.</summary>
    public static string OriginalNameOf(string generationId, int attempt) => $"{generationId}-{attempt}.mp4";
}
