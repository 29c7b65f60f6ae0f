using Microsoft.Extensions.Options;

namespace VideoGen.Silo.Backends.Settings;

/// <summary>Fails the start when settings of upstreams and models are wrong, with a sentence for each mistake.</summary>
internal sealed class ModelOptionsCheck(
    IOptions<HuggingFaceOptions> huggingFace, IOptions<BackendOptions> backend, IConfiguration configuration)
    : IValidateOptions<ModelOptions>
{
    public ValidateOptionsResult Validate(string? name, ModelOptions options)
    {
        try
        {
            var problems = new ModelTable(options, huggingFace.Value, backend.Value, configuration).Problems;
            return problems.Count > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
        }
        catch (OptionsValidationException)
        {
            return ValidateOptionsResult.Success;    // the older settings are wrong, and their own validation says so
        }
    }
}
