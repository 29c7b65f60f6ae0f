using Microsoft.Extensions.Options;
using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Backends;

/// <summary>Chooses the backend for new attempts; the start fails when the configured backend lacks a required setting.</summary>
internal sealed class BackendChoice(IOptions<HuggingFaceOptions> huggingFace, HubTokens tokens)
    : IValidateOptions<BackendOptions>
{
    public bool HasEndpoint => huggingFace.Value.EndpointUrl is not null;

    public string Pick(BackendOptions options) => options.Backend switch
    {
        "auto" when HasEndpoint => BackendNames.Endpoint,
        "auto" when tokens.Current is not null => BackendNames.HuggingFace,
        "auto" => BackendNames.Preview,
        var named => named,
    };

    public ValidateOptionsResult Validate(string? name, BackendOptions options) => options.Backend switch
    {
        BackendNames.HuggingFace when tokens.Current is null => ValidateOptionsResult.Fail(
            $"{BackendOptions.Section}:Backend is huggingface, but there is no token. Set HF_TOKEN to a Hugging Face token " +
            "with the permission \"Make calls to Inference Providers\"."),
        BackendNames.Endpoint when !HasEndpoint => ValidateOptionsResult.Fail(
            $"{BackendOptions.Section}:Backend is endpoint, but there is no address. Set " +
            $"{HuggingFaceOptions.Section}:EndpointUrl."),
        _ => ValidateOptionsResult.Success,
    };
}
