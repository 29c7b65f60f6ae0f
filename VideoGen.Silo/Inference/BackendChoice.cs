using Microsoft.Extensions.Options;
using VideoGen.Silo.Inference.HuggingFace;

namespace VideoGen.Silo.Inference;

/// <summary>Picks the backend for new attempts, and stops the start when the one asked for lacks what it needs.</summary>
internal sealed class BackendChoice(IOptions<HuggingFaceOptions> huggingFace, HubTokens tokens)
    : IValidateOptions<InferenceOptions>
{
    public const string HuggingFace = "huggingface";
    public const string Endpoint = "endpoint";
    public const string Preview = "preview";

    public bool HasEndpoint => huggingFace.Value.EndpointUrl is not null;

    public string Pick(InferenceOptions options) => options.Backend switch
    {
        "auto" when HasEndpoint => Endpoint,
        "auto" when tokens.Current is not null => HuggingFace,
        "auto" => Preview,
        var named => named,
    };

    public ValidateOptionsResult Validate(string? name, InferenceOptions options) => options.Backend switch
    {
        HuggingFace when tokens.Current is null => ValidateOptionsResult.Fail(
            $"{InferenceOptions.Section}:Backend is huggingface, but there is no token: set HF_TOKEN to a Hugging Face token " +
            "with the permission \"Make calls to Inference Providers\"."),
        Endpoint when !HasEndpoint => ValidateOptionsResult.Fail(
            $"{InferenceOptions.Section}:Backend is endpoint, but there is no address: set " +
            $"{HuggingFaceOptions.Section}:EndpointUrl."),
        _ => ValidateOptionsResult.Success,
    };
}
