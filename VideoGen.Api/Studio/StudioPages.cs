using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using VideoGen.Api.RateLimiting;
using VideoGen.Grains.Backends;

namespace VideoGen.Api.Studio;

/// <summary>
/// The pages, with the values that they need before their first paint: the maximum picture size, whether videos are previews, and
/// whether there are several models (<c>unknown</c> if only the silos know). This avoids layout shifts later.
/// </summary>
internal sealed class StudioPages
{
    public StudioPages(StudioFiles files, IOptions<UploadOptions> uploads, IServiceProvider services)
    {
        var backends = services.GetService<IVideoBackends>();    // missing in the API process of a cluster
        Video = Fill("index.html");
        Storyboards = Fill("storyboards.html");

        StudioFile Fill(string name) => new(name, Encoding.UTF8.GetBytes(files.Find(name)!.Text
            .Replace("{maxUploadBytes}", uploads.Value.MaxUploadBytes.ToString(CultureInfo.InvariantCulture))
            .Replace("{films}", backends is null ? "unknown"
                : backends.Of(backends.Default).Traits.IsPreview ? "preview" : "model")
            .Replace("{models}", backends is null ? "unknown" : backends.Models.Count > 1 ? "many" : "one")));
    }

    /// <summary>The page for single videos.</summary>
    public StudioFile Video { get; }

    /// <summary>The page of characters and storyboards.</summary>
    public StudioFile Storyboards { get; }
}
