using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using VideoGen.Api.RateLimiting;
using VideoGen.Grains.Backends;

namespace VideoGen.Api.Studio;

/// <summary>
/// The page, with the values that it needs before its first paint: the maximum picture size, and whether videos are previews
/// (<c>unknown</c> if only the silos know). This avoids layout shifts later.
/// </summary>
internal sealed class StudioPage
{
    private const string Name = "index.html";

    private readonly IVideoBackends? _backends;
    private readonly StudioFile _previews;
    private readonly StudioFile _models;
    private readonly StudioFile _unknown;

    public StudioPage(StudioFiles files, IOptions<UploadOptions> uploads, IServiceProvider services)
    {
        _backends = services.GetService<IVideoBackends>();    // missing in the API process of a cluster
        var template = files.Find(Name)!.Text.Replace(
            "{maxUploadBytes}", uploads.Value.MaxUploadBytes.ToString(CultureInfo.InvariantCulture));
        _previews = Render("preview");
        _models = Render("model");
        _unknown = Render("unknown");

        StudioFile Render(string videos) => new(Name, Encoding.UTF8.GetBytes(template.Replace("{films}", videos)));
    }

    public StudioFile Current => _backends?.Current.Traits switch
    {
        null => _unknown,
        { IsPreview: true } => _previews,
        _ => _models,
    };
}
