using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Contracts;

namespace VideoGen.Api.OpenAi;

/// <summary>The names of models: ours, <see cref="Own"/> for the default one, and the aliases of it.</summary>
internal sealed class VideoModels(IGrainFactory grains, IOptions<OpenAiOptions> options)
{
    public const string Own = "videogen";

    /// <summary>All names, without duplicates.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync() =>
        [.. new[] { Own }.Concat(await OursAsync()).Concat(options.Value.Names).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The id of the model with this name; null for the default. A name that nobody has is a problem.</summary>
    public async Task<(string? Id, ProblemHttpResult? Problem)> FindAsync(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return (null, null);
        }

        var ours = await OursAsync();
        return ours.FirstOrDefault(id => IsSame(id)) is { } own ? (own, null)
            : IsSame(Own) || options.Value.Names.Any(IsSame) ? (null, null)
            : (null, VideoProblem.ModelNotFound(ours.Prepend(Own)));

        bool IsSame(string id) => id.Equals(name, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<IEnumerable<string>> OursAsync() =>
        (await grains.Grain<IUpstreamsGrain>(IUpstreamsGrain.Key).GetModelsAsync()).Select(model => model.Id);
}
