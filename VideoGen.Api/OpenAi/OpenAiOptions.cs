using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VideoGen.Api.OpenAi;

/// <summary>Settings of the OpenAI dialect.</summary>
internal sealed class OpenAiOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "VideoGen:OpenAi";

    /// <summary>Further names of the default model, separated by commas, so that existing programs run unchanged.</summary>
    [StringLength(4000)]
    public string Aliases { get; set; } = "sora-2,sora-2-pro";

    internal string[] Names => Aliases.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Validates the options at startup.</summary>
[OptionsValidator]
internal sealed partial class OpenAiOptionsValidator : IValidateOptions<OpenAiOptions>;
