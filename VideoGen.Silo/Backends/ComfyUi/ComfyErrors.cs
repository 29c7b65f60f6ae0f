using VideoGen.Grains.Generations.Contract;
using VideoGen.Silo.Backends.Refusals;
using VideoGen.Silo.Backends.Wire;
using static VideoGen.Grains.Generations.Contract.GenerationErrorCode;

namespace VideoGen.Silo.Backends.ComfyUi;

/// <summary>What users read about jobs at a ComfyUI server.</summary>
internal readonly record struct ComfyErrors(ProviderErrors Errors)
{
    public GenerationError NotThere => Of(
        ProviderUnavailable, "The answer to the request was lost, and {0} does not have it.");

    public GenerationError Gone => Of(
        JobLost, "{0} no longer has the job and has no video of it. It was probably restarted.");

    public GenerationError NoVideo => Of(
        ResultUnusable, "{0} finished the job without a video. Check the workflow's output node.");

    public GenerationError Interrupted => Of(ProviderFailed, "Somebody stopped the job at {0}. Retry to render it again.");

    public GenerationError Failed(string? words) => Of(ProviderFailed, "{0} could not make the video.") is var error
        && ProviderText.Polish(words) is { } said
            ? error with { Message = $"{error.Message} It said: {said}" }
            : error;

    private GenerationError Of(string code, string sentence) =>
        new(code, string.Format(null, sentence, Errors.Who), Retryable: true, Errors.Provider);
}
