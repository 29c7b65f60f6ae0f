using VideoGen.Silo.Backends.HuggingFace.Providers;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.HuggingFace.Mapping;

/// <summary>Chooses one of the providers that serve a model, or explains why there is none.</summary>
internal static class ProviderChoice
{
    public const string Auto = "auto";

    public static (ProviderMapping? Mapping, string? WhyNot) Of(
        IReadOnlyList<ProviderMapping> mappings, string model, string wanted, UpstreamKeys keys)
    {
        var usable = mappings.Where(mapping => VideoProviders.Find(mapping.Provider)?.Serves(mapping) == true).ToList();
        var chosen = wanted == Auto
            ? usable.Find(mapping => mapping.Status == "live") ?? usable.Find(mapping => mapping.Status == "error")
            : usable.Find(mapping => mapping.Provider == wanted);
        return chosen is null ? (null, WhyNot(mappings, usable, model, wanted, keys)) : (chosen, null);
    }

    private static string WhyNot(
        IReadOnlyList<ProviderMapping> mappings, List<ProviderMapping> usable, string model, string wanted,
        UpstreamKeys keys)
    {
        var others = usable.Where(mapping => mapping.Status is "live" or "error").Select(mapping => mapping.Provider).ToList();
        if (wanted != Auto && others.Count > 0)
        {
            return $"{wanted} does not make videos with {model}, but {string.Join(", ", others)} does: set " +
                $"{keys.Provider} to auto or to one of them.";
        }

        var listed = ProviderText.Polish(
            string.Join(", ", mappings.Select(mapping => $"{mapping.Provider} ({mapping.Task}, {mapping.Status})")));
        return $"No provider that this server knows makes videos from pictures with {model}" +
            (listed is null ? "" : $"; it is listed for {listed}") +
            $". Set {keys.Model} to another model, or run this one on a dedicated endpoint ({UpstreamKeys.Old.Url}).";
    }
}
