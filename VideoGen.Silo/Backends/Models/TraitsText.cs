using VideoGen.Grains.Backends;

namespace VideoGen.Silo.Backends.Models;

/// <summary>What a model takes, in words for the operator.</summary>
internal static class TraitsText
{
    public static string Of(ModelTraits traits)
    {
        string?[] takes =
        [
            "a picture", traits.Script ? "a script" : null, traits.Seed ? "a seed" : null,
            traits.NegativePrompt ? "a negative prompt" : null, traits.Motion ? "motion" : null,
            traits.Sound ? "a switch for sound" : null,
        ];
        var lengths = traits.Seconds.IsEmpty ? "" : $"; renders {string.Join(", ", traits.Seconds)} s";
        var profile = traits.HasProfile ? "" : "; has no profile";
        return $"Takes {string.Join(", ", takes.OfType<string>())}{lengths}{profile}";
    }
}
