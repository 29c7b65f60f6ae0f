using VideoGen.Api.Http;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Contracts;

namespace VideoGen.Api.Generations;

/// <summary>Checks the model that a request names, and what the request asks of it.</summary>
internal static class ChosenModel
{
    /// <summary>
    /// Returns the model's id as configured, or null if the request names none or there is an error. Without a name the optional
    /// fields are for the models that take them; with one, a field that the model does not take is refused.
    /// </summary>
    public static async Task<string?> CheckAsync(IGrainFactory grains, GenerateVideoRequest request, FieldErrors errors)
    {
        if (await FindAsync(grains, request.Model, errors) is not { } chosen)
        {
            return null;
        }

        Refuse("seed", "a seed", request.Seed is not null && chosen.Traits is { Seed: false });
        Refuse("negativePrompt", "a negative prompt",
            request.NegativePrompt is not null && chosen.Traits is { NegativePrompt: false });
        Refuse("motion", "an amount of motion", request.Motion is not null && chosen.Traits is { Motion: false });
        return chosen.Id;

        void Refuse(string field, string what, bool isRefused)
        {
            if (isRefused)
            {
                errors.Add(field, $"The model {chosen.Id} does not take {what}. Leave {field} out, or choose another model.");
            }
        }
    }

    /// <summary>The model of this id; null if there is no id, or, with an error, if there is no such model.</summary>
    public static async Task<OfferedModel?> FindAsync(IGrainFactory grains, string? id, FieldErrors errors)
    {
        if (id is null)
        {
            return null;
        }

        var models = await grains.Grain<IUpstreamsGrain>(IUpstreamsGrain.Key).GetModelsAsync();
        var found = models.FirstOrDefault(model => model.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
        if (found is null)
        {
            errors.Add("model", $"model must be one of {string.Join(", ", models.Select(model => model.Id))}.");
        }

        return found;
    }
}
