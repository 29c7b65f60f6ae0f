using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Silo.Backends.Settings;

/// <summary>Selects the backend that renders videos.</summary>
internal sealed class BackendOptions
{
    public const string Section = "VideoGen:Inference";

    /// <summary>
    /// <c>auto</c> selects <c>endpoint</c> when its URL is set, else <c>huggingface</c> when there is a token, else
    /// <c>preview</c>.
    /// </summary>
    [Required]
    [AllowedValues("auto", "huggingface", "endpoint", "preview",
        ErrorMessage = Section + ":Backend must be auto, huggingface, endpoint or preview.")]
    public string Backend { get; set; } = "auto";

    /// <summary>A JSON file with profiles of models, which extends the shipped ones (docs/models.md).</summary>
    public string? Profiles { get; set; }
}

[OptionsValidator]
internal sealed partial class BackendOptionsValidator : IValidateOptions<BackendOptions>;
