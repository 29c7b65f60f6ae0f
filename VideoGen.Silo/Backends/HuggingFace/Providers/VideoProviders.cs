namespace VideoGen.Silo.Backends.HuggingFace.Providers;

/// <summary>The providers that this build supports.</summary>
internal static class VideoProviders
{
    public static readonly IReadOnlyList<VideoProvider> All = [new FalAi(), new WaveSpeed(), new Together(), new Novita()];

    public static VideoProvider? Find(string? id) => All.FirstOrDefault(provider => provider.Id == id);
}
