using Microsoft.Extensions.Options;
using VideoGen.Silo.Backends.Models;
using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Backends;

/// <summary>Fails the start when the operator's profiles of models cannot be used.</summary>
internal sealed class ProfilesCheck : IValidateOptions<BackendOptions>
{
    public ValidateOptionsResult Validate(string? name, BackendOptions options)
    {
        try
        {
            ModelProfiles.Load(options.Profiles);
            return ValidateOptionsResult.Success;
        }
        catch (InvalidDataException exception)
        {
            return ValidateOptionsResult.Fail($"{BackendOptions.Section}:Profiles: {exception.Message}");
        }
    }
}
