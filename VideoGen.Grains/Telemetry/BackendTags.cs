using VideoGen.Grains.Generations.Ledger;

namespace VideoGen.Grains.Telemetry;

/// <summary>The tags that name a backend and a provider; a backend without providers is tagged as its own provider.</summary>
internal static class BackendTags
{
    public static KeyValuePair<string, object?>[] Of(RenderAttempt attempt) => Of(attempt.Backend, attempt.Plan.Provider);

    public static KeyValuePair<string, object?>[] Of(string backend, string? provider) =>
        [new(Tag.Backend, backend), new(Tag.Provider, provider ?? backend)];
}
